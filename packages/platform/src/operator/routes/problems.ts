import type { FastifyInstance } from 'fastify'
import type { HealthService, ToldProblem } from '../../health/health-service.js'
import { object } from '../wire-schemas.js'

interface ListProblems {
  Querystring: { ended_hours?: number }
}

/** Hours in which ended problems are told unless the caller says otherwise. */
const ENDED_HOURS = 24

const viewProblem = (problem: ToldProblem) => ({
  number: problem.number,
  partner_id: problem.partnerId,
  partner_name: problem.partnerName,
  rule: problem.rule,
  word: problem.word,
  severity: problem.severity,
  reason: problem.reason,
  remedy: problem.remedy,
  facts: problem.facts,
  since: problem.since,
  ended_at: problem.endedAt,
  note: problem.note,
  trace: problem.trace,
})

/** What is wrong with partners now, what mended itself, and what passes between them and this node. */
export const problemRoutes = (scope: FastifyInstance, health: HealthService): void => {
  scope.get<ListProblems>(
    '/problems',
    {
      schema: {
        operationId: 'listProblems',
        tags: ['Partners'],
        summary: 'What is wrong with partners now and why, and what ended lately',
        querystring: object({
          ended_hours: {
            type: 'integer',
            minimum: 0,
            maximum: 24 * 31,
            default: ENDED_HOURS,
            description: 'How far back problems are told that ended',
          },
        }),
      },
    },
    async ({ query }) => {
      const { isWatched, open, ended } = await health.problems(query.ended_hours ?? ENDED_HOURS)
      return { watched: isWatched, items: open.map(viewProblem), ended: ended.map(viewProblem) }
    },
  )
  scope.get(
    '/traffic/partners',
    {
      schema: {
        operationId: 'getPartnerTraffic',
        tags: ['Node'],
        summary: 'OCPI exchanges with each partner in the last five minutes, on all nodes, by direction',
      },
    },
    async () => {
      const { minutes, items } = await health.traffic()
      return {
        minutes,
        items: items.map(({ partnerId, p95Ms, ...counts }) => ({
          partner_id: partnerId,
          ...counts,
          p95_ms: p95Ms,
        })),
      }
    },
  )
}
