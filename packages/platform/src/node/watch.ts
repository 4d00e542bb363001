import type { Partner } from '@interwatt/store'
import { createWatch } from '../health/watch-partners.js'
import type { Core } from './core.js'
import { backlogOf } from './create-services.js'

/** A partner that is only asked whether it is there has this long to answer, in milliseconds. */
const PROBE_TIMEOUT_MS = 10_000

/** Asks partners for their versions, each once at a time; one that answers again is sent what waits for it. */
const createProbe = ({ client, openPartner, stores, sync }: Core) => {
  const asked = new Set<string>()
  return async (partner: Partner): Promise<void> => {
    const open = openPartner(partner)
    if (open === undefined || partner.versionsUrl === null || asked.has(partner.id)) return
    asked.add(partner.id)
    try {
      const outcome = await client.get(open, partner.versionsUrl, { timeoutMs: PROBE_TIMEOUT_MS })
      if (outcome.kind !== 'ok') return
      const state = await stores.sync.get(partner.id)
      if ((state?.outages ?? 0) > 0) sync.kick(partner.id)
    } finally {
      asked.delete(partner.id)
    }
  }
}

/** Looks after partners at an interval, one look at a time; returns the way to stop. */
export const startWatching = (core: Core): (() => Promise<void>) => {
  const { stores, directory, healthLimits: limits, publish, now } = core
  const watch = createWatch({
    health: stores.health,
    exchanges: stores.exchanges,
    sync: stores.sync,
    directory,
    limits,
    now,
    event: publish.event,
    probe: createProbe(core),
    backlogOf: backlogOf(core),
  })
  let looking: Promise<unknown> | undefined
  const look = async (): Promise<void> => {
    await core.tally.flush()
    await core.findings.flush()
    await watch()
  }
  const timer = setInterval(() => {
    looking ??= look()
      .catch(core.logError)
      .finally(() => {
        looking = undefined
      })
  }, limits.everyMs)
  return async () => {
    clearInterval(timer)
    await looking
  }
}
