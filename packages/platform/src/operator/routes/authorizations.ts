import type { FastifyInstance } from 'fastify'
import type { AuthorizationRule, AuthorizationService } from '../../services.js'
import { tokenKeyOf } from '../object-keys.js'
import { found, unwrap } from '../problem.js'
import { viewAuthorization, viewDecision } from '../views.js'
import { DEFAULT_LIMIT, limit, line, listOf, object, objectParams, tokenType } from '../wire-schemas.js'

interface Decide {
  Body: {
    token_uid: string
    type?: string
    location?: { location_id: string; evse_uids?: string[] }
  }
}
interface TokenRule {
  Params: { country_code: string; party_id: string; uid: string }
  Querystring: { type?: string }
}

const ALLOWED = ['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED']

const decideBody = object(
  {
    token_uid: line(36, 'As read at the charge point'),
    type: tokenType,
    location: object(
      { location_id: line(36), evse_uids: { type: 'array', maxItems: 1000, items: line(36) } },
      ['location_id'],
    ),
  },
  ['token_uid'],
)

const ruleBody = object(
  {
    allowed: { type: 'string', enum: ALLOWED },
    locations: {
      type: 'array',
      maxItems: 10_000,
      items: line(36),
      description: 'Only at these locations; a question without location is then answered 2002',
    },
    evses: {
      type: 'array',
      maxItems: 10_000,
      items: object(
        {
          location_id: line(36),
          evse_uids: { type: 'array', minItems: 1, maxItems: 1000, items: line(36) },
        },
        ['location_id', 'evse_uids'],
      ),
      description:
        'At a location named here only at these EVSEs; a question without location is then answered 2002',
    },
    info: object({ language: { type: 'string', pattern: '^[a-z]{2}$' }, text: line(512) }, [
      'language',
      'text',
    ]),
  },
  ['allowed'],
)

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Authorizations'], summary, ...extra },
})

const rules = (scope: FastifyInstance, authorizations: AuthorizationService): void => {
  const address = '/tokens/:country_code/:party_id/:uid/authorization'
  const target = { params: objectParams('uid'), querystring: object({ type: tokenType }) }
  scope.get<TokenRule>(
    address,
    schema('getAuthorizationRule', 'The rule of one of our tokens; 404 while the plain rule holds', target),
    async ({ params, query }) =>
      found(await authorizations.rule(tokenKeyOf(params, query.type)), 'A rule of this token'),
  )
  scope.put<TokenRule & { Body: AuthorizationRule }>(
    address,
    schema('putAuthorizationRule', 'What real-time authorization answers for one of our tokens', {
      ...target,
      body: ruleBody,
    }),
    async ({ params, query, body }, reply) => {
      unwrap(await authorizations.setRule(tokenKeyOf(params, query.type), body))
      return reply.code(204).send()
    },
  )
  scope.delete<TokenRule>(
    address,
    schema('deleteAuthorizationRule', 'Back to the plain rule', target),
    async ({ params, query }, reply) => {
      unwrap(await authorizations.setRule(tokenKeyOf(params, query.type), null))
      return reply.code(204).send()
    },
  )
}

/** Decisions on tokens: asked for, remembered, overridden. */
export const authorizationRoutes = (scope: FastifyInstance, authorizations: AuthorizationService): void => {
  scope.post<Decide>(
    '/authorizations',
    schema('postAuthorization', 'The decision a charge point needs, within its deadline, and why', {
      body: decideBody,
    }),
    async ({ body }) => {
      const { token_uid: tokenUid, type = 'RFID', location } = body
      const input = { tokenUid, type, ...(location === undefined ? {} : { location }) }
      return viewDecision(unwrap(await authorizations.decide(input)))
    },
  )
  scope.get<{ Querystring: { limit?: number } }>(
    '/authorizations',
    schema('listAuthorizations', 'The last decisions, newest first', {
      querystring: object({ limit }),
      response: { 200: listOf({}) },
    }),
    async ({ query }) => ({
      items: (await authorizations.list(query.limit ?? DEFAULT_LIMIT)).map(viewAuthorization),
    }),
  )
  rules(scope, authorizations)
}
