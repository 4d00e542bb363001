import type { Queryable } from '../database/index.js'
import type { AnsweredMinutes, ExchangeCounts, ExchangeDelta, ExchangeStore } from '../ports/exchanges.js'
import { deleteExchanges } from '../sql/exchanges/delete-exchanges.js'
import { selectHours } from '../sql/exchanges/select-hours.js'
import { selectMinutes } from '../sql/exchanges/select-minutes.js'
import { selectMoments } from '../sql/exchanges/select-moments.js'
import { selectRecent } from '../sql/exchanges/select-recent.js'
import { selectTotals } from '../sql/exchanges/select-totals.js'
import { selectUsual } from '../sql/exchanges/select-usual.js'
import { upsertExchanges } from '../sql/exchanges/upsert-exchanges.js'

const rowOf = (delta: ExchangeDelta) => ({
  partner_id: delta.partnerId,
  span: delta.span,
  at: delta.at,
  direction: delta.direction,
  module: delta.module,
  ok: delta.ok,
  refused: delta.refused,
  failed: delta.failed,
  timed_out: delta.timedOut,
  buckets: delta.buckets,
  longest_ms: delta.longestMs,
  // NOTE: sixty bits are more than a JSON number of JavaScript holds.
  asked_minutes: delta.askedMinutes.toString(),
  answered_minutes: delta.answeredMinutes.toString(),
  answered_at: delta.answeredAt,
  failed_at: delta.failedAt,
  failure: delta.failure,
  http_status: delta.httpStatus,
  skew_ms: delta.skewMs,
})

/** How partners answered, in PostgreSQL. */
export const createExchangeStore = (database: Queryable): ExchangeStore => {
  const counts = async (
    statement: Parameters<Queryable['query']>[0],
    params: readonly unknown[],
  ): Promise<readonly ExchangeCounts[]> => (await database.query<ExchangeCounts>(statement, params)).rows
  return {
    async add(deltas) {
      if (deltas.length > 0) await database.query(upsertExchanges, [JSON.stringify(deltas.map(rowOf))])
    },
    moments: (since) => counts(selectMoments, [since]),
    recent: (since) => counts(selectRecent, [since]),
    totals: (partnerId, since) => counts(selectTotals, [partnerId, since]),
    hours: (partnerId, since) => counts(selectHours, [partnerId, since]),
    usual: async (since) =>
      (await database.query<Pick<ExchangeCounts, 'partnerId' | 'buckets'>>(selectUsual, [since])).rows,
    async minutes(partnerId, since) {
      const { rows } = await database.query<AnsweredMinutes>(selectMinutes, [partnerId, since])
      return rows[0] ?? { asked: 0, answered: 0 }
    },
    prune: async ({ moments, hours }) => (await database.query(deleteExchanges, [moments, hours])).rowCount,
  }
}
