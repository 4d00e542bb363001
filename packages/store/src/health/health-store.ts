import type { Queryable } from '../database/index.js'
import type { DisagreeingCdrs, HealthStore, PartnerCount, PartnerProblem } from '../ports/health.js'
import { deleteProblems } from '../sql/health/delete-problems.js'
import { endProblem } from '../sql/health/end-problem.js'
import { selectDisagreeing } from '../sql/health/select-disagreeing.js'
import { selectEndedProblems } from '../sql/health/select-ended-problems.js'
import { selectEvseCounts } from '../sql/health/select-evse-counts.js'
import { selectFailedPulls } from '../sql/health/select-failed-pulls.js'
import { selectFindingCounts } from '../sql/health/select-finding-counts.js'
import { selectMissingCdrs } from '../sql/health/select-missing-cdrs.js'
import { selectOpenProblems } from '../sql/health/select-open-problems.js'
import { selectRefusalCounts } from '../sql/health/select-refusal-counts.js'
import { selectTurn } from '../sql/health/select-turn.js'
import { takeTurn } from '../sql/health/take-turn.js'
import { upsertProblem } from '../sql/health/upsert-problem.js'

/** Problems of partners in PostgreSQL. */
export const createHealthStore = (database: Queryable): HealthStore => {
  const counts = async (
    statement: Parameters<Queryable['query']>[0],
    params: readonly unknown[] = [],
  ): Promise<readonly PartnerCount[]> => (await database.query<PartnerCount>(statement, params)).rows
  return {
    takeTurn: async (holder, now, until) =>
      (await database.query(takeTurn, [holder, now, until])).rowCount > 0,
    isWatched: async (now) =>
      (await database.query<{ taken: boolean }>(selectTurn, [now])).rows[0]?.taken === true,
    open: async () => (await database.query<PartnerProblem>(selectOpenProblems)).rows,
    ended: async (since, limit) =>
      (await database.query<PartnerProblem>(selectEndedProblems, [since, limit])).rows,
    async put({ partnerId, rule, severity, reason, remedy, facts, since }, at) {
      const params = [partnerId, rule, severity, reason, remedy, JSON.stringify(facts), since, at]
      await database.query(upsertProblem, params)
    },
    async end(number, at) {
      await database.query(endProblem, [number, at])
    },
    prune: async (before) => (await database.query(deleteProblems, [before])).rowCount,
    disagreeing: async (since) => (await database.query<DisagreeingCdrs>(selectDisagreeing, [since])).rows,
    refusals: () => counts(selectRefusalCounts),
    findings: (since) => counts(selectFindingCounts, [since]),
    missingCdrs: (from, until) => counts(selectMissingCdrs, [from, until]),
    evses: () => counts(selectEvseCounts),
    failedPulls: () => counts(selectFailedPulls),
  }
}
