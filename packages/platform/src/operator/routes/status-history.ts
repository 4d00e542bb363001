import type { FastifyInstance } from 'fastify'
import type { StatusService } from '../../statuses/status-service.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { unwrap } from '../problem.js'
import { object, objectParams } from '../wire-schemas.js'

interface GetStatuses {
  Params: ObjectAddress
  Querystring: { days?: number }
}

/** The statuses that EVSEs had. */
export const statusHistoryRoutes = (scope: FastifyInstance, statuses: StatusService): void => {
  scope.get<GetStatuses>(
    '/locations/:country_code/:party_id/:id/status-history',
    {
      schema: {
        operationId: 'getStatusHistory',
        tags: ['Locations'],
        summary: 'The statuses of each EVSE over the last days, and for how many seconds it had each',
        params: objectParams('id'),
        querystring: object({
          days: { type: 'integer', minimum: 1, maximum: 31, default: 1, description: 'How far back' },
        }),
      },
    },
    async ({ params, query }) => {
      const { from, to, keptDays, complete, evses } = unwrap(
        await statuses.ofLocation(objectKeyOf('location', params), query.days ?? 1),
      )
      return {
        from,
        to,
        kept_days: keptDays,
        complete,
        evses: evses.map(({ uid, evseId, spans, seconds }) => ({
          uid,
          evse_id: evseId,
          seconds,
          spans: spans.map(({ saidAt, ...span }) => ({ ...span, said_at: saidAt })),
        })),
      }
    },
  )
}
