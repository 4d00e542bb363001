import { endOverdueBookings } from '../bookings/clock.js'
import { checkDueCdrs } from '../cdr-checks/check-due.js'
import { expireProfiles } from '../charging-profiles/finish.js'
import { tellListeners } from '../charging-profiles/tell.js'
import { expireCommands } from '../commands/finish.js'
import { createDeliveryPost, createWebhookDelivery } from '../operator/index.js'
import type { Core } from './core.js'
import { bookingDepsOf, checkDepsOf, finishDepsOf, profileDepsOf } from './create-services.js'
import { startHousekeeping } from './housekeeping.js'

/** How often overdue commands and requests are looked for, and Senders that are to be told of a changed profile. */
const COMMAND_TICK_MS = 500
/** How often CDRs to check are looked for. */
const CHECK_TICK_MS = 500

/**
 * The background work of a node: delivery to partners and webhooks, the end of commands whose time is up, news of charging
 * profiles, and checks of CDRs.
 */
export interface Workers {
  start(): void
  stop(): Promise<void>
}

/** Looks for CDRs to check, one look at a time; the rest of the background work does not wait for it. */
const startChecking = (core: Core): (() => Promise<void>) => {
  const deps = checkDepsOf(core)
  let stopped = false
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= checkDueCdrs(deps, () => stopped)
      .catch(core.logError)
      .finally(() => {
        looking = undefined
      })
  }, CHECK_TICK_MS)
  return async () => {
    stopped = true
    clearInterval(timer)
    await looking
  }
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
  let stopChecking = async (): Promise<void> => {}
  const tick = (): void => {
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
      stopChecking = startChecking(core)
      sync.start()
      webhooks.start()
    },
    async stop() {
      clearInterval(timer)
      stopHousekeeping()
      await Promise.all([expiring, stopChecking(), sync.stop(), webhooks.stop()])
      await Promise.all(background)
    },
  }
}
