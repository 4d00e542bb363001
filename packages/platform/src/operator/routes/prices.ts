import type { FastifyInstance } from 'fastify'
import type { PriceService } from '../../prices/price-service.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { unwrap } from '../problem.js'
import { objectParams } from '../wire-schemas.js'

/** What sessions cost while they run. */
export const priceRoutes = (scope: FastifyInstance, prices: PriceService): void => {
  scope.get<{ Params: ObjectAddress }>(
    '/sessions/:country_code/:party_id/:id/cost',
    {
      schema: {
        operationId: 'getSessionCost',
        tags: ['Sessions'],
        summary: 'What the session costs as of its newest update, line by line, or why nobody can say',
        params: objectParams('id'),
      },
    },
    async ({ params }) => {
      const { cost, pricedAt } = unwrap(await prices.session(objectKeyOf('session', params)))
      return {
        country_code: params.country_code,
        party_id: params.party_id,
        id: params.id,
        ...cost,
        priced_at: pricedAt,
      }
    },
  )
}
