import type { Core } from './core.js'

const DAY_MS = 86_400_000
/** How often history is dropped, and how often the state of partners is measured. */
const PRUNE_EVERY_MS = 3_600_000
const MEASURE_EVERY_MS = 15_000

/** Drops events, decisions and finished commands that are older than `HISTORY_DAYS`. */
export const pruneHistory = async ({ stores, settings, now }: Core): Promise<number> => {
  const before = new Date(now() - settings.historyDays * DAY_MS).toISOString()
  const dropped = await Promise.all([
    stores.events.prune(before),
    stores.authorizations.prune(before),
    stores.commands.prune(before),
  ])
  return dropped.reduce((sum, count) => sum + count, 0)
}

/** Sets the gauges that are about all partners: who does not answer, and what waits for whom. */
export const measurePartners = async ({ stores, directory, sync, metrics }: Core): Promise<void> => {
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

/** Runs both on their schedule; returns the way to stop. */
export const startHousekeeping = (core: Core): (() => void) => {
  const timers = [
    setInterval(() => pruneHistory(core).catch(core.logError), PRUNE_EVERY_MS),
    setInterval(() => measurePartners(core).catch(core.logError), MEASURE_EVERY_MS),
  ]
  return () => timers.forEach(clearInterval)
}
