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

/** What is wrong with partners now, and what mended itself. */
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
      const { open, ended } = await health.problems(query.ended_hours ?? ENDED_HOURS)
      return { items: open.map(viewProblem), ended: ended.map(viewProblem) }
    },
  )
}
