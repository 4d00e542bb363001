import { ocpi230 } from '@interwatt/protocol'
import type { CommandType } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { explainProblem } from '../../conversation/why/explain-problem.js'
import type { CommandService } from '../../services.js'
import { newestFirst } from '../newest-first.js'
import { found, unwrap, unwrapWith } from '../problem.js'
import { viewCommand } from '../views.js'
import { viewExplanation } from '../why-views.js'
import { cursor, document, idParams, limit, line, listOf, object } from '../wire-schemas.js'

interface PostCommand {
  Params: { type: CommandType }
  Body: unknown
}
interface ById {
  Params: { id: string }
}
interface PostResult {
  Params: { id: string }
  Body: { result: string; message?: unknown }
}
interface ListCommands {
  Querystring: { state?: string; direction?: string; cursor?: string; limit?: number }
}

const COMMANDS: readonly CommandType[] = [
  'START_SESSION',
  'STOP_SESSION',
  'RESERVE_NOW',
  'CANCEL_RESERVATION',
  'UNLOCK_CONNECTOR',
]
const STATES = ['PENDING', 'ACCEPTED', 'DONE', 'REFUSED', 'TIMEOUT', 'FAILED']

const displayText = object({ language: { type: 'string', pattern: '^[a-z]{2}$' }, text: line(512) }, [
  'language',
  'text',
])

const resultBody = object(
  {
    result: { type: 'string', enum: [...ocpi230.CommandResultType.values] },
    message: { type: 'array', maxItems: 20, items: displayText },
  },
  ['result'],
)

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Commands'], summary, ...extra },
})

const sending = (scope: FastifyInstance, commands: CommandService): void => {
  scope.post<PostCommand>(
    '/commands/:type',
    schema('postCommand', 'Send a command to the party that owns the location or session', {
      params: object({ type: { type: 'string', enum: COMMANDS } }, ['type']),
      body: document,
    }),
    async ({ params, body }, reply) => {
      const sent = await commands.send(params.type, body)
      const command = unwrapWith(sent, (refused) => ({ why: viewExplanation(explainProblem(refused)) }))
      return reply.code(201).header('location', `/api/v1/commands/${command.id}`).send(viewCommand(command))
    },
  )
  scope.post<PostResult>(
    '/commands/:id/result',
    schema('postCommandResult', 'The result of a received command; CANCELED_RESERVATION may follow later', {
      params: idParams,
      body: resultBody,
    }),
    async ({ params, body }) => viewCommand(unwrap(await commands.finish(params.id, body))),
  )
}

const following = (scope: FastifyInstance, commands: CommandService): void => {
  scope.get<ById>(
    '/commands/:id',
    schema('getCommand', 'A command with its progress', { params: idParams }),
    async ({ params }) => viewCommand(found(await commands.get(params.id), 'The command')),
  )
  scope.get<ListCommands>(
    '/commands',
    schema('listCommands', 'Commands sent and received, newest first', {
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
      return newestFirst(query, (page) => commands.list({ ...filter, ...page }), viewCommand)
    },
  )
}

/** Commands sent to partners and received from them. */
export const commandRoutes = (scope: FastifyInstance, commands: CommandService): void => {
  sending(scope, commands)
  following(scope, commands)
}
