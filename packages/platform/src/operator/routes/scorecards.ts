import type { FastifyInstance } from 'fastify'
import type { Scorecard } from '../../scorecard/scorecard.js'
import type { ScorecardService } from '../../scorecard/scorecard-service.js'
import { unwrap } from '../problem.js'
import { idParams, object } from '../wire-schemas.js'

interface GetScorecard {
  Params: { id: string }
  Querystring: { days?: number }
}

const DAYS = 7

const viewScorecard = ({ answers, hours, prices, findings, measures, partnerId, ...range }: Scorecard) => ({
  partner_id: partnerId,
  ...range,
  measures,
  answers: answers.map(({ p50Ms, p95Ms, p99Ms, longestMs, timedOut, errorRate, ...row }) => ({
    ...row,
    p50_ms: p50Ms,
    p95_ms: p95Ms,
    p99_ms: p99Ms,
    longest_ms: longestMs,
    timed_out: timedOut,
    error_rate: errorRate,
  })),
  hours: hours.map(({ p50Ms, p95Ms, ...row }) => ({ ...row, p50_ms: p50Ms, p95_ms: p95Ms })),
  prices: prices.map(({ statedAgreed, ...row }) => ({ ...row, stated_agreed: statedAgreed })),
  findings: findings.map(({ lastAt, ...row }) => ({ ...row, last_at: lastAt })),
})

/** How partners do. */
export const scorecardRoutes = (scope: FastifyInstance, scorecards: ScorecardService): void => {
  scope.get<GetScorecard>(
    '/partners/:id/scorecard',
    {
      schema: {
        operationId: 'getScorecard',
        tags: ['Partners'],
        summary:
          'How a partner does: answer times, errors, statuses, CDRs, prices, each with verdict and source',
        params: idParams,
        querystring: object({ days: { type: 'integer', minimum: 1, maximum: 31, default: DAYS } }),
      },
    },
    async ({ params, query }) => viewScorecard(unwrap(await scorecards.of(params.id, query.days ?? DAYS))),
  )
}
