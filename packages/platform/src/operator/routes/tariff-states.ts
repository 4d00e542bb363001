import { canonicalVersion, type VersionId } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { ObjectService } from '../../services.js'
import { instantOf } from '../instants.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { found } from '../problem.js'
import { viewTariffState } from '../views.js'
import { DEFAULT_LIMIT, dateTime, limit, object, objectParams, version } from '../wire-schemas.js'

interface States {
  Params: ObjectAddress
  Querystring: { version?: VersionId; at?: string; before?: number; limit?: number }
}

const querystring = object({
  version,
  at: { ...dateTime, description: 'Only the state that was in force at this time' },
  before: {
    type: 'integer',
    minimum: 1,
    description: '`next` of the page before: states with a lower changed_seq',
  },
  limit,
})

/** Earlier states of tariffs, own and received: what a session of the past is priced and audited by (TAR-004). */
export const tariffStateRoutes = (scope: FastifyInstance, objects: ObjectService): void => {
  scope.get<States>(
    '/tariffs/:country_code/:party_id/:id/states',
    {
      schema: {
        operationId: 'listTariffStates',
        tags: ['Tariffs'],
        summary:
          'Every state a tariff had, newest first, also after it was deleted; with `at` the one of that time',
        params: objectParams('id'),
        querystring,
      },
    },
    async ({ params, query }) => {
      const key = objectKeyOf('tariff', params)
      const target = query.version ?? canonicalVersion.id
      const most = query.limit ?? DEFAULT_LIMIT
      if (query.at !== undefined) {
        const state = await objects.tariffAt(key, instantOf('at', query.at), target)
        return { items: [viewTariffState(found(state, 'A state of the tariff at that time'))], next: null }
      }
      const page = { limit: most, ...(query.before === undefined ? {} : { before: query.before }) }
      const states = await objects.tariffStates(key, page, target)
      if (query.before === undefined) found(states[0], 'The tariff')
      return {
        items: states.map(viewTariffState),
        next: states.length < most ? null : (states.at(-1)?.changedSeq ?? null),
      }
    },
  )
}
