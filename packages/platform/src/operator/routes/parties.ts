import { partyOf } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { PartyService } from '../../services.js'
import { found, unwrap } from '../problem.js'
import { viewParty, viewPartyFinding } from '../views.js'
import { DEFAULT_LIMIT, limit, line, listOf, object, objectParams, partyParams } from '../wire-schemas.js'

interface PutParty {
  Params: { country_code: string; party_id: string }
  Body: { roles: string[]; business_details: { name: string; [field: string]: unknown } }
}

const body = object(
  {
    roles: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: { type: 'string', enum: ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'PTP', 'SCSP'] },
      description: 'Roles of the party on this node',
    },
    business_details: {
      type: 'object',
      properties: { name: line(100), website: line(255) },
      required: ['name'],
      additionalProperties: true,
    },
  },
  ['roles', 'business_details'],
)

const view = object({ ...partyParams, roles: {}, business_details: {} })

/** Parties this node hosts. */
export const partyRoutes = (scope: FastifyInstance, parties: PartyService): void => {
  scope.get(
    '/parties',
    {
      schema: {
        operationId: 'listParties',
        tags: ['Parties'],
        summary: 'Parties this node hosts',
        response: { 200: listOf(view) },
      },
    },
    async () => ({ items: (await parties.list()).map(viewParty) }),
  )
  scope.put<PutParty>(
    '/parties/:country_code/:party_id',
    {
      schema: {
        operationId: 'putParty',
        tags: ['Parties'],
        summary: 'Host a party, or change what it is',
        params: objectParams(),
        body,
        response: { 200: view },
      },
    },
    async ({ params, body: input }) => {
      const hosted = await parties.put({
        party: partyOf(params.country_code, params.party_id),
        roles: input.roles,
        businessDetails: input.business_details,
      })
      return viewParty(unwrap(hosted))
    },
  )
  scope.get<{ Params: PutParty['Params']; Querystring: { limit?: number } }>(
    '/parties/:country_code/:party_id/findings',
    {
      schema: {
        operationId: 'listPartyFindings',
        tags: ['Parties'],
        summary:
          'What is wrong across the own objects of a party, such as tariffs that overlap on a connector',
        params: objectParams(),
        querystring: object({ limit }),
        response: { 200: listOf({}) },
      },
    },
    async ({ params, query }) => {
      const party = partyOf(params.country_code, params.party_id)
      const findings = found(await parties.findings(party, query.limit ?? DEFAULT_LIMIT), 'The party')
      return { items: findings.map(viewPartyFinding) }
    },
  )
}
