import type { PartyId } from '@interwatt/protocol'
import type { ObjectKey, StoredObject } from '@interwatt/store'
import { keyText, parentLocationKey } from '@interwatt/store'
import type { PushModule, Reach } from './audience.rules.js'
import { type Copy, type PushPlan, planPush } from './plan-push.js'

/** One row to send, to each of the parties. */
export interface BatchItem {
  readonly row: StoredObject
  /** Of an EVSE: the location it stands at. */
  readonly location?: StoredObject
  readonly plan: Exclude<PushPlan, { kind: 'skip' }>
  readonly to: readonly PartyId[]
  /** EVSE rows of the batch that a PUT of their location carries along. */
  readonly covers: readonly StoredObject[]
}

/** Items that go one after the other: a location before its EVSEs. Units go concurrently. */
export type BatchUnit = readonly BatchItem[]

/** What planning may look at. */
export interface BatchView {
  readonly module: PushModule
  readonly cursor: number
  reach(owner: StoredObject): Reach
  copy(row: StoredObject): Copy
  /** The location row of an EVSE whose location is not in the batch itself. */
  location(key: ObjectKey): StoredObject | undefined
  /** True when this very state was delivered before, ahead of the cursor. */
  delivered(row: StoredObject): boolean
}

/** Plans a batch of rows in order of change. Rows in no unit are done with: they concern the partner no more. */
export const planBatch = (rows: readonly StoredObject[], view: BatchView): readonly BatchUnit[] =>
  view.module === 'locations'
    ? planLocations(rows, view)
    : rows.flatMap((row) => itemOf(row, undefined, view) ?? []).map((item) => [item])

const itemOf = (
  row: StoredObject,
  location: StoredObject | undefined,
  view: BatchView,
): BatchItem | undefined => {
  if (view.delivered(row)) return undefined
  const reach = view.reach(location ?? row)
  const plan = planPush(row, reach, view.copy(row))
  if (plan.kind === 'skip' || reach.kind === 'none') return undefined
  return { row, plan, to: reach.to, covers: [], ...(location && { location }) }
}

interface Group {
  location: StoredObject | undefined
  readonly evses: StoredObject[]
}

const planLocations = (rows: readonly StoredObject[], view: BatchView): readonly BatchUnit[] => {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const key = row.key.kind === 'evse' ? parentLocationKey(row.key) : row.key
    const text = keyText(key)
    const group = groups.get(text) ?? { location: undefined, evses: [] }
    groups.set(text, group)
    if (row.key.kind === 'evse') group.evses.push(row)
    else group.location = row
  }
  const lastSeq = rows[rows.length - 1]?.changedSeq ?? view.cursor
  return [...groups.values()]
    .map((group) => planGroup(group, lastSeq, view))
    .filter((unit) => unit.length > 0)
}

/** A PUT of the location carries its EVSEs; otherwise each EVSE goes on its own path after it (LOC-077). */
const planGroup = (group: Group, lastSeq: number, view: BatchView): BatchUnit => {
  const own = group.location && itemOf(group.location, undefined, view)
  if (own?.plan.kind === 'put') return [{ ...own, covers: group.evses }]
  if (own?.plan.kind === 'withdraw') return [own]
  const first = group.evses[0]
  if (first === undefined) return own ? [own] : []
  const location = group.location ?? view.location(parentLocationKey(first.key))
  if (location === undefined || comesLater(location, lastSeq, view)) return own ? [own] : []
  const evses = group.evses.flatMap((evse) => itemOf(evse, location, view) ?? [])
  return own ? [own, ...evses] : evses
}

/** A location the partner never got, further up in the order: its PUT will carry the EVSE. */
const comesLater = (location: StoredObject, lastSeq: number, view: BatchView): boolean =>
  location.createdSeq > view.cursor && location.changedSeq > lastSeq

/** The next batch size: about a second of work, so that what is sent is fresh and cursors move. */
export const nextBatchSize = (size: number, tookMs: number): number => {
  if (tookMs < 500) return Math.min(512, size * 2)
  return tookMs > 2_000 ? Math.max(8, Math.floor(size / 2)) : size
}
