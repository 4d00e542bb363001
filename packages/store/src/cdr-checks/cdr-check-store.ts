import { type Database, jsonOrNull, type Queryable } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import type {
  CdrCheckRecord,
  CdrCheckResult,
  CdrCheckStore,
  CdrReview,
  CheckChange,
  Document,
  NodeEvent,
  ObjectKey,
  ReviewState,
} from '../ports/index.js'
import { claimChecks } from '../sql/cdr-checks/claim-checks.js'
import { insertReview } from '../sql/cdr-checks/insert-review.js'
import { postponeCheck } from '../sql/cdr-checks/postpone-check.js'
import { queueAgain } from '../sql/cdr-checks/queue-again.js'
import { queueNew } from '../sql/cdr-checks/queue-new.js'
import { selectCheck } from '../sql/cdr-checks/select-check.js'
import { selectReviews } from '../sql/cdr-checks/select-reviews.js'
import { upsertCheck } from '../sql/cdr-checks/upsert-check.js'
import { insertEvents } from '../sql/events/insert-events.js'

interface ClaimRow {
  country_code: string
  party_id: string
  cdr_key: string
  partner_id: string | null
  arrived: boolean
  failures: number
}

interface CheckRow {
  checked_at: string | null
  outcome: CdrCheckResult['outcome'] | null
  difference: Document | null
  findings: readonly Document[]
  report: Document | null
  basis: Document | null
  state: ReviewState
  note: string | null
  reviewed_by: string | null
  reviewed_at: string | null
}

const keyParams = ({ countryCode, partyId, id }: ObjectKey): readonly string[] => [countryCode, partyId, id]

const resultOf = (row: CheckRow): CdrCheckResult | null =>
  row.outcome === null || row.checked_at === null
    ? null
    : {
        outcome: row.outcome,
        checkedAt: row.checked_at,
        difference: row.difference,
        findings: row.findings,
        report: row.report ?? {},
        basis: row.basis ?? {},
      }

const reviewOf = (row: CheckRow): CdrReview | null =>
  row.reviewed_by === null || row.reviewed_at === null
    ? null
    : { state: row.state, note: row.note, by: row.reviewed_by, at: row.reviewed_at }

const toRecord = (row: CheckRow): CdrCheckRecord => ({ result: resultOf(row), review: reviewOf(row) })

const recordParams = ({ result, review }: CdrCheckRecord): readonly unknown[] => [
  result?.checkedAt ?? null,
  result?.outcome ?? null,
  jsonOrNull(result?.difference),
  JSON.stringify(result?.findings ?? []),
  jsonOrNull(result?.report),
  jsonOrNull(result?.basis),
  review?.state ?? 'open',
  review?.note ?? null,
  review?.by ?? null,
  review?.at ?? null,
]

const read = async (on: Queryable, cdr: ObjectKey): Promise<CdrCheckRecord | undefined> => {
  const { rows } = await on.query<CheckRow>(selectCheck, keyParams(cdr))
  return rows[0] && toRecord(rows[0])
}

/** One change within a transaction that holds the write lock, so that nobody changes the row meanwhile. */
const apply = async (
  tx: Queryable,
  { cdr, partnerId, ends, plan }: CheckChange,
): Promise<{ readonly record: CdrCheckRecord | undefined; readonly events: readonly NodeEvent[] }> => {
  const before = await read(tx, cdr)
  const planned = plan(before)
  if (planned === undefined) return { record: before, events: [] }
  const { record, review, events } = planned
  const key = keyParams(cdr)
  await tx.query(upsertCheck, [...key, partnerId, ...recordParams(record), ends !== undefined, ends ?? null])
  if (review !== undefined)
    await tx.query(insertReview, [...key, review.state, review.note, review.by, review.at])
  return { record, events }
}

/** Checks of CDRs in PostgreSQL. A check, the decision that follows from it and the events that tell of them are stored together. */
export const createCdrCheckStore = (database: Database): CdrCheckStore => ({
  async claim(now, leaseUntil, limit) {
    await database.query(queueNew, [now, limit])
    const { rows } = await database.query<ClaimRow>(claimChecks, [now, leaseUntil, limit])
    return rows.map((row) => ({
      cdr: { kind: 'cdr', countryCode: row.country_code, partyId: row.party_id, id: row.cdr_key },
      partnerId: row.partner_id,
      arrived: row.arrived,
      failures: row.failures,
      lease: leaseUntil,
    }))
  },
  async postpone({ cdr, lease }, dueAt) {
    await database.query(postponeCheck, [...keyParams(cdr), lease, dueAt])
  },
  async again(cdrs, now) {
    if (cdrs.length === 0) return
    await database.query(queueAgain, [
      cdrs.map(({ countryCode }) => countryCode),
      cdrs.map(({ partyId }) => partyId),
      cdrs.map(({ id }) => id),
      now,
    ])
  },
  change: (changes, at) =>
    database.transaction(
      async (tx) => {
        const applied = []
        for (const change of changes) applied.push(await apply(tx, change))
        const events = applied.flatMap((one) => one.events)
        if (events.length > 0) await tx.query(insertEvents, [JSON.stringify(events), events.length, at])
        return applied.map(({ record }) => record)
      },
      { lock: writeLock },
    ),
  get: (cdr) => read(database, cdr),
  async reviews(cdr, limit) {
    return (await database.query<CdrReview>(selectReviews, [...keyParams(cdr), limit])).rows
  },
})
