import type { ObjectKind } from '@interwatt/protocol'
import { type Database, StoreUnavailable, tellsUnavailable } from '../database/index.js'
import { keyText } from '../keys/index.js'
import type { ObjectKey, ObjectStore, StoredObject, WriteOutcome, WriteRequest } from '../ports/objects.js'
import { selectChanges } from '../sql/objects/select-changes.js'
import { selectCurrentSeq } from '../sql/objects/select-current-seq.js'
import { changeChannel } from '../sql/objects/upsert-objects.js'
import { StatusWriter } from '../statuses/status-writer.js'
import { assembleLocation } from './assemble-location.js'
import { commitBatch, loadObjects, type RequestOutcome } from './commit-batch.js'
import { Gatherer, type GatherLimits } from './gatherer.js'
import { type ObjectRow, rowKey, rowObject } from './object-row.js'
import { readPage } from './read-page.js'
import { asUnstorable } from './unstorable.js'
import { WakeUps } from './wake-ups.js'

/** Settings of the object store. */
export interface ObjectStoreOptions {
  /** Clock for tombstones. */
  readonly now?: () => Date
  readonly limits?: Partial<GatherLimits>
}

/** All kinds of objects. */
export const objectKinds: readonly ObjectKind[] = [
  'location',
  'evse',
  'tariff',
  'token',
  'session',
  'cdr',
  'client_info',
  'terminal',
  'financial_advice_confirmation',
  'invoice_reconciliation_record',
  'booking_location',
  'booking',
]

const defaultLimits: GatherLimits = { items: 256, cost: 2_000, waiting: 10_000, gatherMs: 2 }
// Rows a location's EVSEs are reckoned as when a batch is filled.
const evsesCost = 20

interface Call {
  readonly request: WriteRequest<unknown>
  readonly settle: (outcome: RequestOutcome) => void
}

const costOf = ({ reads, evsesOf }: WriteRequest<unknown>): number =>
  1 + reads.length + evsesCost * (evsesOf?.length ?? 0)

/** Storage of OCPI objects in PostgreSQL; writes of the same moment share one commit. */
export const createObjectStore = (database: Database, options: ObjectStoreOptions = {}): ObjectStore => {
  const { now = () => new Date() } = options
  const wakeUps = new WakeUps()
  const gatherer = new Gatherer<Call>((calls) => commit(calls), { ...defaultLimits, ...options.limits })
  const statuses = new StatusWriter(database)
  let listening = false

  const commit = async (calls: readonly Call[]): Promise<void> => {
    try {
      const { outcomes, statuses: taken } = await commitBatch(
        database,
        calls.map(({ request }) => request),
        now().toISOString(),
      )
      const changed = outcomes.some((settled) => 'outcome' in settled && settled.outcome.changed.length > 0)
      if (changed) wakeUps.wake()
      statuses.add(taken, now().toISOString())
      for (const [index, settled] of outcomes.entries()) calls[index]?.settle(settled)
    } catch (error) {
      await isolate(calls, error)
    }
  }

  /** When one request makes the statement fail, halves find it and let the others through. */
  const isolate = async (calls: readonly Call[], error: unknown): Promise<void> => {
    if (calls.length === 1 || tellsUnavailable(error)) {
      for (const { settle } of calls) settle({ error: asUnstorable(error) })
      return
    }
    const middle = Math.ceil(calls.length / 2)
    await commit(calls.slice(0, middle))
    await commit(calls.slice(middle))
  }

  const write = <T>(request: WriteRequest<T>): Promise<WriteOutcome<T>> =>
    new Promise((resolve, reject) => {
      let result: { readonly value: T } | undefined
      const plan: WriteRequest<unknown>['plan'] = (read) => {
        const planned = request.plan(read)
        result = { value: planned.result }
        return planned
      }
      const settle = (settled: RequestOutcome): void => {
        if ('error' in settled) reject(settled.error)
        else if (result !== undefined) resolve({ changed: settled.outcome.changed, result: result.value })
      }
      const call = { request: { ...request, plan }, settle }
      if (!gatherer.add(call, costOf(request))) reject(new StoreUnavailable('Too many writes are waiting'))
    })

  const getMany = async (keys: readonly ObjectKey[]): Promise<readonly (StoredObject | undefined)[]> => {
    const { rows } = await loadObjects(database, keys, [])
    const found = new Map(rows.map((row: ObjectRow) => [keyText(rowKey(row)), rowObject(row)]))
    return keys.map((key) => found.get(keyText(key)))
  }

  return {
    write,
    getMany,
    get: async (key) => (await getMany([key]))[0],
    async getLocation(key) {
      const { rows } = await loadObjects(database, [key], [key])
      const objects = rows.map(rowObject)
      const location = objects.find((object) => object.key.kind === 'location')
      return (
        location &&
        assembleLocation(
          location,
          objects.filter((object) => object.key.kind === 'evse'),
        )
      )
    },
    page: (query) => readPage(database, query),
    async changes({ after, kinds, limit, receivedFrom }) {
      const params = [after, kinds, limit, receivedFrom !== undefined, receivedFrom ?? null]
      const { rows } = await database.query<ObjectRow>(selectChanges, params)
      return rows.map(rowObject)
    },
    async currentSeq() {
      const { rows } = await database.query<{ seq: number }>(selectCurrentSeq, [objectKinds])
      return rows[0]?.seq ?? 0
    },
    waitForChange(timeoutMs, signal) {
      if (!listening) {
        listening = true
        database.listen(changeChannel, () => wakeUps.wake())
      }
      return wakeUps.wait(timeoutMs, signal)
    },
  }
}
