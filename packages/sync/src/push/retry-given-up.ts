import type { Refusal } from '@interwatt/store'
import { kindsOf, type PushModule } from './audience.rules.js'
import { loadLocations, pushBatch } from './push-module.js'
import type { PushRun } from './push-run.js'

/**
 * Tries objects of a module again that were set aside because the partner failed on them: a moment in which it failed
 * must not cost an object (promise 2). What fails again stays aside and holds nothing up; while the partner is not known to have
 * recovered (`probing`) that says nothing about the object and does not make it wait longer.
 */
export const retryGivenUp = async (
  run: PushRun,
  lane: { readonly module: PushModule; readonly cursor: number; readonly probing: boolean },
  due: readonly Refusal[],
): Promise<void> => {
  const own = due.filter(({ key }) => kindsOf[lane.module].includes(key.kind))
  if (own.length === 0) return
  const found = await run.deps.objects.getMany(own.map(({ key }) => key))
  const rows = found.filter((row) => row !== undefined).sort((a, b) => a.changedSeq - b.changedSeq)
  const locations = lane.module === 'locations' ? await loadLocations(run, rows) : undefined
  // A run of its own: that one of these fails again says nothing new about the partner.
  const aside: PushRun = { ...run }
  await pushBatch(aside, lane.module, { batch: { rows, locations }, cursor: lane.cursor })
  const at = new Date(run.deps.clock()).toISOString()
  for (const refusal of own) {
    if (!run.memory.isRefused(refusal.key)) continue
    if (!lane.probing) run.memory.countTry(refusal.key)
    await run.deps.sync.recordRefusal(lane.probing ? refusal : { ...refusal, at })
  }
}
