import { versionOf } from '@interwatt/protocol'
import { loweringFacts, type StoredObject } from '@interwatt/store'
import type { PushModule } from './audience.rules.js'
import { loadLocations, pushBatch } from './push-module.js'
import { clockOf, isOver, type PushRun } from './push-run.js'
import { hasTurned, nextTurnMs, type Watch } from './turning.rules.js'

/** How far ahead turns are looked for, so that a look is enough for that long. */
const AHEAD_MS = 60_000
/** The stored time follows at least this often, so that what is looked at after a restart stays little. */
const STORE_EVERY_MS = 60_000

type Tell = (run: PushRun, turned: readonly StoredObject[], cursor: number) => Promise<void>

/** Modules in which the clock changes something, and how that is told. */
const tells: ReadonlyMap<PushModule, Tell> = new Map<PushModule, Tell>([
  ['tariffs', (run, turned, cursor) => tellTariffs(run, turned, cursor)],
  ['locations', (run, turned, cursor) => tellEvses(run, turned, cursor)],
])

/**
 * Tells a partner what the clock alone changed: tariffs that became valid since it was told last are PUT, those whose time is over are
 * deleted there (tariffs.md 6.1), and connectors that another of their tariffs takes over are sent again (locations.md 4.3). Concerns
 * versions that cannot say when a tariff is valid. The time up to which that was done is stored for each module, and moves only when
 * everything was told: a cursor in time beside the one in changes (decision 0003). What changed above that cursor is left to it.
 */
export const pushTurned = async (run: PushRun, module: PushModule, cursor: number): Promise<void> => {
  const tell = tells.get(module)
  if (tell === undefined || versionOf(run.target.version)?.traits.needsFacts !== true) return
  const nowMs = run.deps.clock()
  if (!run.memory.isTurnDue(module, cursor, nowMs)) return
  const toldMs = run.clocksMs.get(module)
  // NOTE: a partner that was never pushed to gets everything as it is now; one of before this was known is told of all turns once.
  if (toldMs === undefined && cursor === 0) {
    run.memory.noteTurn(module, cursor, nowMs)
    return moveClock(run, module, nowMs)
  }
  const watch: Watch = { sinceMs: toldMs ?? 0, nowMs }
  const tariffs = await run.deps.sync.tariffsTurning(watch.sinceMs, nowMs + AHEAD_MS)
  const turned = tariffs.filter((row) => hasTurned(row.document, watch))
  if (turned.length > 0) await tell(run, turned, cursor)
  if (isOver(run)) return
  const next = nextTurnMs(
    tariffs.map(({ document }) => document),
    nowMs,
  )
  run.memory.noteTurn(module, cursor, Math.min(next, nowMs + AHEAD_MS))
  if (turned.length > 0 || nowMs - watch.sinceMs >= STORE_EVERY_MS) await moveClock(run, module, nowMs)
}

const moveClock = async (run: PushRun, module: PushModule, nowMs: number): Promise<void> => {
  await run.deps.sync.moveClock(run.partner.id, module, new Date(nowMs).toISOString())
  run.clocksMs.set(module, Math.max(run.clocksMs.get(module) ?? 0, nowMs))
}

const tellTariffs: Tell = async (run, turned, cursor) => {
  const { memory, bodies, target, deps } = run
  const rows = turned.filter(({ changedSeq }) => changedSeq <= cursor)
  const facts = await loweringFacts(deps.objects, target.version, rows, clockOf(run, 'tariffs'))
  const isOut = (row: StoredObject): boolean =>
    bodies.whole(row, target.version, { facts }).kind === 'withheld'
  const concerned = rows.filter((row) => !(isOut(row) && memory.isWithheld(row.key)))
  // What is to be taken back was delivered, and must not count as done for that.
  for (const row of concerned) if (isOut(row)) memory.forgetSent(row.key)
  await pushBatch(run, 'tariffs', { batch: { rows: concerned, locations: undefined }, cursor })
}

const tellEvses: Tell = async (run, turned, cursor) => {
  const evses = await run.deps.sync.evsesChoosing(turned.map(({ key }) => key))
  const rows = evses.filter(({ changedSeq }) => changedSeq <= cursor)
  if (rows.length === 0) return
  for (const { key } of rows) run.memory.forgetSent(key)
  const locations = await loadLocations(run, rows)
  await pushBatch(run, 'locations', { batch: { rows, locations }, cursor, whole: true })
}
