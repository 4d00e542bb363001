import { repeatOrders } from '../bookings/send-order.js'
import type { Core } from './core.js'
import { bookingDepsOf } from './create-services.js'
import { forgetReceived } from './forget-received.js'

const DAY_MS = 86_400_000
/** How often history is dropped, and how often the state of partners is measured. */
const PRUNE_EVERY_MS = 3_600_000
const MEASURE_EVERY_MS = 15_000
/** Far longer than any exchange of credentials takes: what is still open then has lost its node. */
const HANDSHAKE_LOST_MS = 5 * 60_000
const RECOVER_EVERY_MS = 60_000

/** Drops events, decisions and finished commands older than `HISTORY_DAYS`, and states of tariffs older than `TARIFF_HISTORY_DAYS`. */
const pruneHistory = async ({ stores, settings, now }: Core): Promise<number> => {
  const daysAgo = (days: number): string => new Date(now() - days * DAY_MS).toISOString()
  const before = daysAgo(settings.historyDays)
  const dropped = await Promise.all([
    stores.events.prune(before),
    stores.authorizations.prune(before),
    stores.commands.prune(before),
    stores.bookings.pruneOrders(before),
    stores.bookings.pruneHolds(before),
    stores.tariffHistory.prune(daysAgo(settings.tariffHistoryDays)),
    stores.profileRequests.prune(before),
    stores.activeProfiles.prune(before),
  ])
  return dropped.reduce((sum, count) => sum + count, 0)
}

/** Drops sign-ins, codes and challenges of drivers that count no more. */
const pruneSignIns = async ({ stores, now }: Core): Promise<void> => {
  const before = new Date(now()).toISOString()
  await stores.drivers.pruneSessions(before)
  await stores.driverAccess.prune(before)
}

/** Sets the gauges that are about all partners: who does not answer, and what waits for whom. */
const measurePartners = async ({ stores, directory, sync, metrics }: Core): Promise<void> => {
  const registered = directory.partners().filter((partner) => partner.status === 'REGISTERED')
  let down = 0
  metrics.syncBacklog.reset()
  for (const { id, name } of registered) {
    const state = await stores.sync.get(id)
    if (state !== undefined && state.outages > 0) down += 1
    const { backlog } = await sync.status(id)
    for (const [module, count] of Object.entries(backlog))
      metrics.syncBacklog.set({ partner: name, module }, count)
  }
  metrics.partnersDown.set(down)
}

/** Gives partners back that stopped between two states when a node died in an exchange of credentials. */
const endInterrupted = async ({ stores, log }: Core): Promise<void> => {
  const ended = await stores.partners.endInterrupted(HANDSHAKE_LOST_MS)
  if (ended > 0) log.warn({ partners: ended }, 'exchanges of credentials were interrupted')
}

/** Goes on withdrawing what partners that left had sent, should a node have died at it. */
const finishWithdrawing = async ({ stores, withdraw, directory }: Core): Promise<void> => {
  for (const partner of directory.partners()) {
    if (partner.status === 'UNREGISTERED') await forgetReceived({ ...stores, withdraw }, partner)
  }
}

/** Begins the work at an interval, but not while it is still busy: on a slow database runs must not pile up. */
const every = (intervalMs: number, core: Core, work: (core: Core) => Promise<unknown>): NodeJS.Timeout => {
  let busy = false
  return setInterval(async () => {
    if (busy) return
    busy = true
    await work(core).catch(core.logError)
    busy = false
  }, intervalMs)
}

/** Runs all on their schedule; returns the way to stop. */
export const startHousekeeping = (core: Core): (() => void) => {
  const timers = [
    every(PRUNE_EVERY_MS, core, pruneHistory),
    every(PRUNE_EVERY_MS, core, pruneSignIns),
    every(RECOVER_EVERY_MS, core, endInterrupted),
    every(RECOVER_EVERY_MS, core, finishWithdrawing),
    every(MEASURE_EVERY_MS, core, measurePartners),
    every(MEASURE_EVERY_MS, core, (each) => repeatOrders(bookingDepsOf(each))),
  ]
  return () => timers.forEach(clearInterval)
}
