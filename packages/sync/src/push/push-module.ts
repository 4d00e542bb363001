import type { ObjectKey, StoredObject } from '@interwatt/store'
import { keyText, loweringFacts, parentLocationKey } from '@interwatt/store'
import { kindsOf, type PushModule, reachOf } from './audience.rules.js'
import type { AssembledLocation } from './bodies.js'
import { CdrBook } from './cdr-book.js'
import type { ChangeBatch } from './change-reader.js'
import { CursorMover } from './cursor-mover.js'
import { deliverUnit } from './deliver-unit.js'
import { versionTakesPatch } from './object-requests.js'
import { type BatchUnit, type BatchView, nextBatchSize, planBatch } from './plan-batch.js'
import { clockOf, isOver, type PushRun, RunErrors } from './push-run.js'

const firstBatchSize = 64

/** Rows to push with what planning needs of them; read while the batch before is being sent. */
interface Loaded extends ChangeBatch {
  readonly locations: ReadonlyMap<string, StoredObject> | undefined
  readonly size: number
  readonly readMs: number
}

/** A batch that was read longer ago is read again: what is sent is the newest state. */
const freshMs = 2_000

const loadBatch = async (
  run: PushRun,
  module: PushModule,
  from: { readonly cursor: number; readonly size: number },
): Promise<Loaded> => {
  const readMs = run.deps.clock()
  const batch = await run.reader.read(kindsOf[module], from.cursor, from.size)
  const locations = module === 'locations' ? await loadLocations(run, batch.rows) : undefined
  return { ...batch, locations, size: from.size, readMs }
}

/**
 * Pushes what a partner has not got of one module, from its cursor on, until nothing is left or the run is over;
 * answers where the cursor stands then, undefined when somebody else moved it.
 */
export const pushModule = async (
  run: PushRun,
  module: PushModule,
  from: number,
): Promise<number | undefined> => {
  const { memory, deps } = run
  let cursor = from
  let size = firstBatchSize
  let ahead: Promise<Loaded> | undefined
  const mover = new CursorMover(run, module, from)
  memory.enter(module, cursor)
  while (!isOver(run) && !mover.isLost && (await run.stillOpen())) {
    const beganMs = deps.clock()
    const early = await ahead
    const fresh = early !== undefined && beganMs - early.readMs < freshMs
    const batch = fresh ? early : await loadBatch(run, module, { cursor, size })
    const last = batch.rows[batch.rows.length - 1]?.changedSeq ?? cursor
    const more = batch.rows.length >= batch.size
    ahead = more ? loadBatch(run, module, { cursor: last, size }) : undefined
    // It is awaited later, or never when the run ends first.
    ahead?.catch(() => {})
    const reached = await pushBatch(run, module, { batch, cursor })
    mover.move(reached)
    cursor = reached
    memory.enter(module, cursor)
    if (reached < last) break
    if (batch.settled) memory.settle(module, cursor)
    if (batch.settled || batch.rows.length === 0) break
    size = nextBatchSize(size, deps.clock() - beganMs)
  }
  return (await mover.finish()) ? cursor : undefined
}

/** Sends a batch and returns how far the cursor may go: up to the first row that is still open. */
export const pushBatch = async (
  run: PushRun,
  module: PushModule,
  {
    batch,
    cursor,
    whole = false,
  }: {
    readonly batch: Pick<Loaded, 'rows' | 'locations'>
    readonly cursor: number
    /** Nothing is patched: what is to be said is no change of these rows. */
    readonly whole?: boolean
  },
): Promise<number> => {
  const { rows, locations } = batch
  const units = planBatch(rows, viewOf(run, module, { cursor, locations, whole }))
  const open = new Set(units.flatMap((unit) => unit.flatMap((item) => [item.row, ...item.covers])))
  const assembled = await assemble(run, units)
  const posts = module === 'cdrs' ? units.flatMap((unit) => unit.map((item) => item.row.key)) : []
  const cdrs = posts.length > 0 ? await CdrBook.open(run.deps.sync, run.partner.id, posts) : undefined
  const sent = [...open, ...[...assembled.values()].flatMap(({ evses }) => evses)]
  const facts = await loweringFacts(run.deps.objects, run.target.version, sent, clockOf(run, module))
  const context = { run, assembled, open, cdrs, facts, cursor }
  const errors = new RunErrors(run)
  try {
    await run.limiter.each(units, (unit) => deliverUnit(context, unit), errors.note)
    errors.throwFirst()
  } finally {
    await cdrs?.close()
  }
  let reached = cursor
  for (const row of rows) {
    if (open.has(row)) break
    reached = row.changedSeq
  }
  return reached
}

const viewOf = (
  run: PushRun,
  module: PushModule,
  at: {
    readonly cursor: number
    readonly locations: ReadonlyMap<string, StoredObject> | undefined
    readonly whole: boolean
  },
): BatchView => ({
  module,
  cursor: at.cursor,
  reach: (row) => reachOf(run.audience, module, row.key, row.document, row.addressee),
  copy: (row) => ({
    cursor: at.cursor,
    holdsPrevious: !at.whole && run.memory.holdsPrevious(module, row),
    takesPatch:
      run.target.manners?.putForPatch !== true &&
      run.memory.takesPatch(row.key.kind) &&
      versionTakesPatch(run.target.version, row.key.kind),
  }),
  location: (key) => at.locations?.get(keyText(key)),
  delivered: (row) => run.memory.hasDelivered(row),
})

/** Location rows of the EVSEs among the rows. */
export const loadLocations = (
  run: PushRun,
  rows: readonly StoredObject[],
): Promise<ReadonlyMap<string, StoredObject>> => {
  const keys = new Map<string, ObjectKey>()
  for (const row of rows) {
    if (row.key.kind !== 'evse') continue
    const key = parentLocationKey(row.key)
    keys.set(keyText(key), key)
  }
  return run.reader.locationsOf(keys)
}

/** EVSE rows of the locations that go whole, in one query. */
const assemble = async (
  run: PushRun,
  units: readonly BatchUnit[],
): Promise<ReadonlyMap<StoredObject, AssembledLocation>> => {
  const whole = units.flatMap((unit) =>
    unit.filter((item) => item.row.key.kind === 'location').map((item) => item.row),
  )
  if (whole.length === 0) return new Map()
  const groups = new Map(
    whole.map((row) => [keyText(row.key), { location: row, evses: [] as StoredObject[] }]),
  )
  const evses = await run.deps.sync.evsesOf(whole.map((row) => row.key))
  for (const evse of evses) groups.get(keyText(parentLocationKey(evse.key)))?.evses.push(evse)
  return new Map([...groups.values()].map((group) => [group.location, group]))
}
