import { ocpi230 } from '@interwatt/protocol'
import type { ProfileRequest } from '@interwatt/store'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ChargingProfileService } from '../../services.js'
import { newestFirst } from '../newest-first.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { found, unwrap } from '../problem.js'
import { viewActiveProfile, viewProfileRequest } from '../views.js'
import { cursor, document, idParams, limit, listOf, object, objectParams } from '../wire-schemas.js'

interface OfSession {
  Params: ObjectAddress
  Body: unknown
}
interface AskActive {
  Params: ObjectAddress
  Querystring: { duration: number }
}
interface ById {
  Params: { id: string }
}
interface PostResult {
  Params: { id: string }
  Body: { result: string; profile?: unknown }
}
interface ListRequests {
  Querystring: { state?: string; direction?: string; cursor?: string; limit?: number }
}

const STATES = ['PENDING', 'ACCEPTED', 'DONE', 'REFUSED', 'TIMEOUT', 'FAILED']

/** Seconds asked for when nobody says more (CP-036). */
const DEFAULT_DURATION_S = 900
const LONGEST_DURATION_S = 86_400

const duration = {
  type: 'integer',
  minimum: 1,
  maximum: LONGEST_DURATION_S,
  default: DEFAULT_DURATION_S,
  description: 'Seconds from now',
}

const told = object(
  {
    changed: { type: 'boolean' },
    told: { type: 'integer', description: 'Senders that will be told' },
  },
  ['changed', 'told'],
)

const resultBody = object(
  {
    result: { type: 'string', enum: [...ocpi230.ChargingProfileResultType.values] },
    profile: { ...document, description: 'ActiveChargingProfile, with ACCEPTED of READ' },
  },
  ['result'],
)

const PROFILE = '/sessions/:country_code/:party_id/:id/charging-profile'
const ACTIVE = '/sessions/:country_code/:party_id/:id/active-charging-profile'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Charging profiles'], summary, ...extra },
})
const ofSession = { params: objectParams('id') }

const keyOf = (params: ObjectAddress) => objectKeyOf('session', params)

const sendRequest = (reply: FastifyReply, request: ProfileRequest) =>
  reply
    .code(201)
    .header('location', `/api/v1/charging-profiles/${request.id}`)
    .send(viewProfileRequest(request))

const steering = (scope: FastifyInstance, profiles: ChargingProfileService): void => {
  scope.put<OfSession>(
    PROFILE,
    schema('putChargingProfile', 'Send a charging profile to the CPO of a session', {
      ...ofSession,
      body: document,
      'x-body': 'charging_profile',
    }),
    async ({ params, body }, reply) => sendRequest(reply, unwrap(await profiles.set(keyOf(params), body))),
  )
  scope.delete<OfSession>(
    PROFILE,
    schema('deleteChargingProfile', 'Have the CPO forget the profile that was set', ofSession),
    async ({ params }, reply) => sendRequest(reply, unwrap(await profiles.clear(keyOf(params)))),
  )
  scope.post<AskActive>(
    ACTIVE,
    schema('askActiveChargingProfile', 'Ask the charge point what it will do', {
      ...ofSession,
      querystring: object({ duration }),
    }),
    async ({ params, query }, reply) =>
      sendRequest(reply, unwrap(await profiles.read(keyOf(params), query.duration))),
  )
}

const reporting = (scope: FastifyInstance, profiles: ChargingProfileService): void => {
  scope.get<OfSession>(
    ACTIVE,
    schema('getActiveChargingProfile', 'The newest active profile known, own or reported', ofSession),
    async ({ params }) =>
      viewActiveProfile(found(await profiles.active(keyOf(params)), 'An active profile of the session')),
  )
  scope.put<OfSession>(
    ACTIVE,
    schema('putActiveChargingProfile', 'Report what is active on an own session; its Senders are told', {
      ...ofSession,
      body: document,
      'x-body': 'active_charging_profile',
      response: { 200: told },
    }),
    async ({ params, body }) => unwrap(await profiles.report(keyOf(params), body)),
  )
  scope.delete<OfSession>(
    ACTIVE,
    schema('deleteActiveChargingProfile', 'Report that nothing limits an own session any more', {
      ...ofSession,
      response: { 200: told },
    }),
    async ({ params }) => unwrap(await profiles.release(keyOf(params))),
  )
}

const following = (scope: FastifyInstance, profiles: ChargingProfileService): void => {
  scope.post<PostResult>(
    '/charging-profiles/:id/result',
    schema('postChargingProfileResult', 'The result of a received request', {
      params: idParams,
      body: resultBody,
    }),
    async ({ params, body }) => viewProfileRequest(unwrap(await profiles.finish(params.id, body))),
  )
  scope.get<ById>(
    '/charging-profiles/:id',
    schema('getChargingProfile', 'A request with its progress', { params: idParams }),
    async ({ params }) => viewProfileRequest(found(await profiles.get(params.id), 'The request')),
  )
  scope.get<ListRequests>(
    '/charging-profiles',
    schema('listChargingProfiles', 'Requests sent and received, newest first', {
      querystring: object({
        state: { type: 'string', enum: STATES },
        direction: { type: 'string', enum: ['sent', 'received'] },
        cursor,
        limit,
      }),
      response: { 200: listOf({}) },
    }),
    async ({ query }) => {
      const { cursor: _cursor, limit: _limit, ...filter } = query
      return newestFirst(query, (page) => profiles.list({ ...filter, ...page }), viewProfileRequest)
    },
  )
}

/** Charging profiles set on sessions at partners, and those partners set on ours. */
export const chargingProfileRoutes = (scope: FastifyInstance, profiles: ChargingProfileService): void => {
  steering(scope, profiles)
  reporting(scope, profiles)
  following(scope, profiles)
}
