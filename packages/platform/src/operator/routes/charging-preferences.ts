import type { FastifyInstance } from 'fastify'
import type { ObjectService } from '../../services.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { unwrap } from '../problem.js'
import { document, object, objectParams } from '../wire-schemas.js'

/** A driver's charging preferences for a session, passed to the CPO that runs it. */
export const chargingPreferenceRoutes = (scope: FastifyInstance, objects: ObjectService): void => {
  scope.put<{ Params: ObjectAddress; Body: unknown }>(
    '/sessions/:country_code/:party_id/:id/charging_preferences',
    {
      schema: {
        operationId: 'putChargingPreferences',
        tags: ['Sessions'],
        summary: 'Set the charging preferences of a running session',
        params: objectParams('id'),
        body: document,
        'x-body': 'charging_preferences',
        response: {
          200: object({ response: { type: 'string', description: 'ChargingPreferencesResponse' } }, [
            'response',
          ]),
        },
      },
    },
    async ({ params, body }) =>
      unwrap(await objects.setChargingPreferences(objectKeyOf('session', params), body)),
  )
}
