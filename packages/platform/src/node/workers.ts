import { endOverdueBookings } from '../bookings/clock.js'
import { pursueUndecided } from '../bookings/undecided.js'
import { checkDueCdrs } from '../cdr-checks/check-due.js'
import { expireProfiles } from '../charging-profiles/finish.js'
import { tellListeners } from '../charging-profiles/tell.js'
import { expireCommands } from '../commands/finish.js'
import { followCharges } from '../drivers/charges/follow-charges.js'
import { createDeliveryPost, createWebhookDelivery } from '../operator/index.js'
import { priceUpdatedSessions } from '../prices/price-sessions.js'
import type { Core } from './core.js'
import { bookingDepsOf, checkDepsOf, finishDepsOf, priceDepsOf, profileDepsOf } from './create-services.js'
import { startHousekeeping } from './housekeeping.js'
import { startWatching } from './watch.js'

/** How often overdue commands and requests are looked for, and Senders that are to be told of a changed profile. */
const COMMAND_TICK_MS = 500
/** How often CDRs to check and sessions to price are looked for. */
const LOOK_TICK_MS = 500

/**
 * The background work of a node: delivery to partners and webhooks, the end of commands whose time is up, news of charging
 * profiles, checks of CDRs, prices of sessions and charges of drivers.
 */
export interface Workers {
  start(): void
  stop(): Promise<void>
}

/** Looks for work that follows from what was stored, one look at a time; the rest of the background work does not wait for it. */
const startLooking = (core: Core, look: (stopped: () => boolean) => Promise<void>): (() => Promise<void>) => {
  let stopped = false
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look(() => stopped)
      .catch(core.logError)
      .finally(() => {
        looking = undefined
      })
  }, LOOK_TICK_MS)
  return async () => {
    stopped = true
    clearInterval(timer)
    await looking
  }
}

/** Checks CDRs that have come, and prices sessions that were updated. */
const startPricing = (core: Core): (() => Promise<void>) => {
  const [checks, prices] = [checkDepsOf(core), priceDepsOf(core)]
  const stops = [
    startLooking(core, (stopped) => checkDueCdrs(checks, stopped)),
    startLooking(core, (stopped) => priceUpdatedSessions(prices, stopped)),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Follows what drivers charge, where drivers are served. */
const startFollowing = (core: Core): (() => Promise<void>) => {
  const { stores, settings, now, logError } = core
  if (!settings.driverApp) return async () => undefined
  const deps = { charges: stores.driverCharges, objects: stores.objects, now, logError }
  return startLooking(core, (stopped) => followCharges(deps, stopped))
}

/** Workers over a core; nothing runs before `start`. */
export const createWorkers = (core: Core): Workers => {
  const { stores, secrets, settings, metrics, sync, logError } = core
  const webhooks = createWebhookDelivery({
    webhooks: stores.webhooks,
    events: stores.events,
    objects: stores.objects,
    secrets,
    post: createDeliveryPost({ allowPrivate: settings.allowPrivatePartners }),
    metrics,
    onError: logError,
  })
  let expiring = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let idle = true
  const background = new Set<Promise<unknown>>()
  const inBackground = (work: Promise<unknown>): void => {
    const task = work.catch(logError).finally(() => background.delete(task))
    background.add(task)
  }
  let stopHousekeeping = (): void => {}
  let pursuing = Promise.resolve()
  let pursues = false
  /** Asks partners for what they left undecided; that may take long and holds nothing else up. */
  const pursueBookings = (): void => {
    if (pursues) return
    pursues = true
    pursuing = pursueUndecided(bookingDepsOf(core))
      .catch(logError)
      .finally(() => {
        pursues = false
      })
  }
  let stopPricing = async (): Promise<void> => {}
  let stopFollowing = async (): Promise<void> => {}
  let stopWatching = async (): Promise<void> => {}
  const tick = (): void => {
    pursueBookings()
    if (!idle) return
    idle = false
    const profiles = profileDepsOf(core)
    expiring = Promise.all(
      [
        expireCommands(finishDepsOf(core), inBackground),
        expireProfiles(profiles, inBackground),
        tellListeners(profiles, inBackground),
        endOverdueBookings(bookingDepsOf(core)),
      ].map((work) => work.catch(logError)),
    )
      .then(() => undefined)
      .finally(() => {
        idle = true
      })
  }
  return {
    start() {
      timer = setInterval(tick, COMMAND_TICK_MS)
      stopHousekeeping = startHousekeeping(core)
      stopPricing = startPricing(core)
      stopFollowing = startFollowing(core)
      stopWatching = startWatching(core)
      sync.start()
      webhooks.start()
    },
    async stop() {
      clearInterval(timer)
      stopHousekeeping()
      await Promise.all([
        expiring,
        pursuing,
        stopPricing(),
        stopFollowing(),
        stopWatching(),
        sync.stop(),
        webhooks.stop(),
      ])
      await Promise.all(background)
    },
  }
}
