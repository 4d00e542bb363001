import type { Database, Queryable, Statement } from '../database/index.js'
import { keyText } from '../keys/index.js'
import { writeLock } from '../objects/commit-batch.js'
import type {
  CdrCheckRecord,
  CdrCheckResult,
  CdrCheckStore,
  CdrCheckSummary,
  CdrReview,
  CheckChange,
  Document,
  ObjectKey,
  ReviewState,
} from '../ports/index.js'
import { claimChecks } from '../sql/cdr-checks/claim-checks.js'
import { insertReviews } from '../sql/cdr-checks/insert-reviews.js'
import { postponeCheck } from '../sql/cdr-checks/postpone-check.js'
import { queueAgain } from '../sql/cdr-checks/queue-again.js'
import { queueNew } from '../sql/cdr-checks/queue-new.js'
import { selectChecks } from '../sql/cdr-checks/select-checks.js'
import { selectReviews } from '../sql/cdr-checks/select-reviews.js'
import { selectSummaries } from '../sql/cdr-checks/select-summaries.js'
import { settleChecks } from '../sql/cdr-checks/settle-checks.js'
import { upsertChecks } from '../sql/cdr-checks/upsert-checks.js'
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
  country_code: string
  party_id: string
  cdr_key: string
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

const keyColumns = ({ countryCode, partyId, id }: ObjectKey) => ({
  country_code: countryCode,
  party_id: partyId,
  cdr_key: id,
})

const keyArrays = (cdrs: readonly ObjectKey[]): readonly (readonly string[])[] => [
  cdrs.map(({ countryCode }) => countryCode),
  cdrs.map(({ partyId }) => partyId),
  cdrs.map(({ id }) => id),
]

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

const rowOf = (cdr: ObjectKey, partnerId: string | null, { result, review }: CdrCheckRecord) => ({
  ...keyColumns(cdr),
  partner_id: partnerId,
  checked_at: result?.checkedAt ?? null,
  outcome: result?.outcome ?? null,
  difference: result?.difference ?? null,
  findings: result?.findings ?? [],
  report: result?.report ?? null,
  basis: result?.basis ?? null,
  state: review?.state ?? 'open',
  note: review?.note ?? null,
  reviewed_by: review?.by ?? null,
  reviewed_at: review?.at ?? null,
})

/** What is stored of these CDRs, by key. */
const readMany = async (
  on: Queryable,
  cdrs: readonly ObjectKey[],
): Promise<ReadonlyMap<string, CdrCheckRecord>> => {
  const { rows } = await on.query<CheckRow>(selectChecks, keyArrays(cdrs))
  return new Map(
    rows.map((row) => [
      keyText({ kind: 'cdr', countryCode: row.country_code, partyId: row.party_id, id: row.cdr_key }),
      { result: resultOf(row), review: reviewOf(row) },
    ]),
  )
}

type SummaryRow = CdrCheckSummary & Pick<CheckRow, 'country_code' | 'party_id' | 'cdr_key'>

/** What lists say of these CDRs, in their order. */
const readSummaries = async (
  on: Queryable,
  cdrs: readonly ObjectKey[],
): Promise<readonly (CdrCheckSummary | undefined)[]> => {
  if (cdrs.length === 0) return []
  const { rows } = await on.query<SummaryRow>(selectSummaries, keyArrays(cdrs))
  const found = new Map(
    rows.map(({ country_code, party_id, cdr_key, ...summary }) => [
      keyText({ kind: 'cdr', countryCode: country_code, partyId: party_id, id: cdr_key }),
      summary,
    ]),
  )
  return cdrs.map((cdr) => found.get(keyText(cdr)))
}

/** A statement with a list of rows, sent when there are any. */
const send = async (tx: Queryable, statement: Statement, rows: readonly object[]): Promise<void> => {
  if (rows.length > 0) await tx.query(statement, [JSON.stringify(rows)])
}

/** All changes within a transaction that holds the write lock: few statements, since others wait for it. */
const apply = async (
  tx: Queryable,
  changes: readonly CheckChange[],
  at: string,
): Promise<readonly (CdrCheckRecord | undefined)[]> => {
  const stored = await readMany(
    tx,
    changes.map(({ cdr }) => cdr),
  )
  const planned = changes.map((change) => {
    const before = stored.get(keyText(change.cdr))
    return { change, before, plan: change.plan(before) }
  })
  const made = planned.flatMap(({ change, plan }) => (plan === undefined ? [] : [{ change, plan }]))
  await send(
    tx,
    upsertChecks,
    made.map(({ change, plan }) => rowOf(change.cdr, change.partnerId, plan.record)),
  )
  const ending = made.flatMap(({ change: { cdr, ends } }) =>
    ends === undefined ? [] : [{ ...keyColumns(cdr), lease: ends }],
  )
  await send(tx, settleChecks, ending)
  const reviews = made.flatMap(({ change, plan }) =>
    plan.review === undefined ? [] : [{ ...keyColumns(change.cdr), ...plan.review }],
  )
  await send(tx, insertReviews, reviews)
  const events = made.flatMap(({ plan }) => plan.events)
  if (events.length > 0) await tx.query(insertEvents, [JSON.stringify(events), events.length, at])
  return planned.map(({ plan, before }) => plan?.record ?? before)
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
    if (cdrs.length > 0) await database.query(queueAgain, [...keyArrays(cdrs), now])
  },
  change: (changes, at) => database.transaction((tx) => apply(tx, changes, at), { lock: writeLock }),
  summaries: (cdrs) => readSummaries(database, cdrs),
  get: async (cdr) => (await readMany(database, [cdr])).get(keyText(cdr)),
  async reviews(cdr, limit) {
    return (await database.query<CdrReview>(selectReviews, [...keyParams(cdr), limit])).rows
  },
})
