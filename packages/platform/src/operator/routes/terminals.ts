import type { FastifyInstance } from 'fastify'
import type { TerminalService } from '../../services.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { partyFrom } from '../party-text.js'
import { unwrap } from '../problem.js'
import { document, line, object, objectParams } from '../wire-schemas.js'
import { sendWritten } from './object-answer.js'

interface Activate {
  Querystring: { partner?: string; party?: string }
  Body: unknown
}

const TAGS = ['Terminals']

const activateQuery = object({
  partner: line(100, 'Id of the provider; needed when several are connected'),
  party: {
    type: 'string',
    pattern: '^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$',
    description: 'CPO party of this node that asks, such as DE*IWC; the first one when left out',
  },
})

/** What a CPO asks of the terminals of its providers. PUT and PATCH of a received terminal are proposals and have the usual addresses. */
export const terminalRoutes = (scope: FastifyInstance, terminals: TerminalService): void => {
  scope.post<Activate>(
    '/terminals/activate',
    {
      schema: {
        operationId: 'activateTerminal',
        tags: TAGS,
        summary: 'Ask a payment terminal provider to activate the terminal with this reference',
        querystring: activateQuery,
        body: document,
        response: {
          202: object({ partner_id: { type: 'string' }, reference: { type: 'string' } }, [
            'partner_id',
            'reference',
          ]),
        },
      },
    },
    async ({ body, query }, reply) => {
      const { partnerId, reference } = unwrap(
        await terminals.activate(body, {
          ...(query.partner === undefined ? {} : { partnerId: query.partner }),
          ...(query.party === undefined ? {} : { party: partyFrom(query.party) }),
        }),
      )
      return reply.code(202).send({ partner_id: partnerId, reference })
    },
  )
  scope.post<{ Params: ObjectAddress }>(
    '/terminals/:country_code/:party_id/:terminal_id/deactivate',
    {
      schema: {
        operationId: 'deactivateTerminal',
        tags: TAGS,
        summary: 'Ask the provider of a received terminal to deactivate it',
        params: objectParams('terminal_id'),
      },
    },
    async ({ params }, reply) =>
      sendWritten(reply, unwrap(await terminals.deactivate(objectKeyOf('terminal', params)))),
  )
}
