import { replaceHolds } from '../bookings/replace-holds.js'
import type { Database, Queryable } from '../database/index.js'
import type { ObjectKey, Upsert, WriteOutcome, WriteRequest } from '../ports/objects.js'
import { selectObjects } from '../sql/objects/select-objects.js'
import { upsertObjects } from '../sql/objects/upsert-objects.js'
import { insertTariffStates } from '../sql/tariffs/insert-tariff-states.js'
import { BatchState, type StatusRow } from './batch-state.js'
import { keyArrays, type ObjectRow } from './object-row.js'
import { asUnstorable } from './unstorable.js'

/**
 * Every writer of objects and events holds this lock from before it reads until its commit is visible. So sequence
 * numbers become visible in their order, on all nodes, and a reader above a number never misses one below it.
 */
export const writeLock = 4_901_003

/** What became of one request of a committed batch. */
export type RequestOutcome = { readonly outcome: WriteOutcome<unknown> } | { readonly error: unknown }

/** What became of a batch. */
export interface Committed {
  readonly outcomes: readonly RequestOutcome[]
  /** Statuses that EVSEs took with it. */
  readonly statuses: readonly StatusRow[]
}

interface Loaded {
  readonly lastSeq: number
  readonly rows: readonly ObjectRow[]
}

/** Reads rows by key and all EVSE rows of locations, in one statement. */
export const loadObjects = async (
  source: Queryable,
  keys: readonly ObjectKey[],
  locations: readonly ObjectKey[],
): Promise<Loaded> => {
  const params = [...keyArrays(keys), ...keyArrays(locations).slice(1)]
  const { rows } = await source.query<ObjectRow & { last_seq: number; kind: string | null }>(
    selectObjects,
    params,
  )
  return { lastSeq: rows[0]?.last_seq ?? 0, rows: rows.filter(({ kind }) => kind !== null) }
}

const planOne = async (
  tx: Queryable,
  state: BatchState,
  request: WriteRequest<unknown>,
): Promise<RequestOutcome> => {
  let planned: { readonly upserts: readonly Upsert[]; readonly result: unknown }
  try {
    planned = request.plan(state.readSet(request))
  } catch (error) {
    return { error }
  }
  const unread = state.unread(planned.upserts)
  if (unread.length > 0) state.load(unread, [], (await loadObjects(tx, unread, [])).rows)
  try {
    return { outcome: { result: planned.result, changed: state.apply(planned.upserts) } }
  } catch (error) {
    return { error: asUnstorable(error) }
  }
}

/** Plans and stores requests in one transaction; rejects when nothing of it was stored, or nobody knows. */
export const commitBatch = (
  database: Database,
  requests: readonly WriteRequest<unknown>[],
  now: string,
): Promise<Committed> =>
  database.transaction(
    async (tx) => {
      const keys = requests.flatMap(({ reads }) => reads)
      const locations = requests.flatMap(({ evsesOf }) => evsesOf ?? [])
      const { lastSeq, rows } = await loadObjects(tx, keys, locations)
      const state = new BatchState(lastSeq, now)
      state.load(keys, locations, rows)
      const outcomes: RequestOutcome[] = []
      for (const request of requests) outcomes.push(await planOne(tx, state, request))
      const pending = state.rows()
      if (pending.length > 0) {
        const { replacedTariffs } = state
        if (replacedTariffs.length > 0) await tx.query(insertTariffStates, [JSON.stringify(replacedTariffs)])
        if (state.holds.length > 0) await replaceHolds(tx, state.holds)
        await tx.query(upsertObjects, [JSON.stringify(pending), state.lastSeq, state.moved])
      }
      return { outcomes, statuses: state.statuses }
    },
    { lock: writeLock },
  )
