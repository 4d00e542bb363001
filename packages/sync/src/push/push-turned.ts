import { versionOf } from '@interwatt/protocol'
import { loweringFacts, type StoredObject } from '@interwatt/store'
import { pushBatch } from './push-module.js'
import { isOver, type PushRun } from './push-run.js'
import { hasTurned, nextTurnMs, type Watch } from './turning.rules.js'

/** How far ahead turns are looked for, so that a look is enough for that long. */
const AHEAD_MS = 60_000
/** The stored time follows at least this often, so that what is looked at after a restart stays little. */
const STORE_EVERY_MS = 60_000

/**
 * Tells a partner what the clock alone changed: tariffs that became valid since it was told last are PUT, those whose time is over are
 * deleted there (tariffs.md 6.1). Concerns versions that cannot say when a tariff is valid. The time up to which that was done is stored,
 * and moves only when everything was told: a cursor in time beside the one in changes (decision 0003). What changed above that cursor is
 * left to it.
 */
export const pushTurned = async (run: PushRun, cursor: number): Promise<void> => {
  if (versionOf(run.target.version)?.traits.needsFacts !== true) return
  const nowMs = run.deps.clock()
  if (!run.memory.isTurnDue(cursor, nowMs)) return
  // NOTE: a partner that was never pushed to gets everything as it is now; one of before this was known is told of all turns once.
  if (run.clockedMs === undefined && cursor === 0) {
    run.memory.noteTurn(cursor, nowMs)
    return moveClock(run, nowMs)
  }
  const watch: Watch = { sinceMs: run.clockedMs ?? 0, nowMs }
  const tariffs = await run.deps.sync.tariffsTurning(watch.sinceMs, nowMs + AHEAD_MS)
  const rows = tariffs.filter((row) => row.changedSeq <= cursor && hasTurned(row.document, watch))
  if (rows.length > 0 && (await tell(run, rows, cursor)) === 'not all') return
  const next = nextTurnMs(
    tariffs.map(({ document }) => document),
    nowMs,
  )
  run.memory.noteTurn(cursor, Math.min(next, nowMs + AHEAD_MS))
  if (rows.length > 0 || nowMs - watch.sinceMs >= STORE_EVERY_MS) await moveClock(run, nowMs)
}

const moveClock = async (run: PushRun, nowMs: number): Promise<void> => {
  await run.deps.sync.moveClock(run.partner.id, new Date(nowMs).toISOString())
  run.clockedMs = Math.max(run.clockedMs ?? 0, nowMs)
}

const tell = async (
  run: PushRun,
  rows: readonly StoredObject[],
  cursor: number,
): Promise<'all' | 'not all'> => {
  const { memory, bodies, target, deps } = run
  const facts = await loweringFacts(deps.objects, target.version, rows, deps.clock())
  const ended = (row: StoredObject): boolean =>
    bodies.whole(row, target.version, { facts }).kind === 'withheld'
  const concerned = rows.filter((row) => !(ended(row) && memory.isWithheld(row.key)))
  // What is to be taken back was delivered, and must not count as done for that.
  for (const row of concerned) if (ended(row)) memory.forgetSent(row.key)
  await pushBatch(run, 'tariffs', { batch: { rows: concerned, locations: undefined }, cursor })
  return isOver(run) ? 'not all' : 'all'
}
