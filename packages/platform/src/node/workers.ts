import { endOverdueBookings } from '../bookings/clock.js'
import { expireCommands } from '../commands/finish.js'
import { createDeliveryPost, createWebhookDelivery } from '../operator/index.js'
import type { Core } from './core.js'
import { bookingDepsOf, finishDepsOf } from './create-services.js'
import { startHousekeeping } from './housekeeping.js'

/** How often overdue commands are looked for. */
const COMMAND_TICK_MS = 500

/** The background work of a node: delivery to partners and webhooks, and the end of commands whose time is up. */
export interface Workers {
  start(): void
  stop(): Promise<void>
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
  const tick = (): void => {
    if (!idle) return
    idle = false
    expiring = Promise.all([
      expireCommands(finishDepsOf(core), inBackground).catch(logError),
      endOverdueBookings(bookingDepsOf(core)).catch(logError),
    ])
      .then(() => {})
      .finally(() => {
        idle = true
      })
  }
  return {
    start() {
      timer = setInterval(tick, COMMAND_TICK_MS)
      stopHousekeeping = startHousekeeping(core)
      sync.start()
      webhooks.start()
    },
    async stop() {
      clearInterval(timer)
      stopHousekeeping()
      await Promise.all([expiring, sync.stop(), webhooks.stop()])
      await Promise.all(background)
    },
  }
}
