import { foldCase } from '@interwatt/protocol'
import type { MessageFilter, MessageOutcome } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { ConversationService } from '../../conversation/conversation-service.js'
import { curlOf } from '../../conversation/curl.rules.js'
import { instantOf } from '../instants.js'
import { MessageWatch, openMessageStream } from '../message-stream.js'
import { viewFacts, viewMessage, viewRecording, viewReplayed, viewStory } from '../message-views.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { type OpenStreams, resumePoint } from '../open-streams.js'
import { partyFrom } from '../party-text.js'
import { found, ProblemError, problem, unwrap } from '../problem.js'
import { DEFAULT_LIMIT, dateTime, limit, line, listOf, object, objectParams } from '../wire-schemas.js'

interface FilterQuery {
  partner?: string
  direction?: 'in' | 'out'
  module?: string
  kind?: string
  party?: string
  object_id?: string
  correlation_id?: string
  request_id?: string
  outcome?: MessageOutcome
  status?: number
  from?: string
  to?: string
  text?: string
}
interface ListMessages {
  Querystring: FilterQuery & { cursor?: string; limit?: number }
}
interface LiveMessages {
  Querystring: Omit<FilterQuery, 'from' | 'to'> & { after?: number }
}
interface ById {
  Params: { id: string }
}

/** What routes about messages work with. */
export interface MessageRouteDeps {
  readonly conversation: ConversationService
  readonly streams: OpenStreams
  readonly publicUrl: string
}

const TAGS = ['Conversation']
const MODULE_MAX = 40

const filters = {
  partner: line(100, 'Id of a partner, or none for callers without a valid token'),
  direction: { type: 'string', enum: ['in', 'out'], description: 'in: requests of partners' },
  module: line(MODULE_MAX, 'Module, such as sessions; versions for the lists of versions'),
  kind: line(MODULE_MAX, 'Kind of the object it is about, such as location, evse, session, cdr, token'),
  party: {
    type: 'string',
    pattern: '^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$',
    description: 'Owner of that object, such as DE*IWC',
  },
  object_id: line(255, 'Id of that object, in either case; LOCATION/EVSE for an EVSE'),
  correlation_id: line(255),
  request_id: line(255),
  outcome: { type: 'string', enum: ['ok', 'refused', 'failed', 'timeout'] },
  status: {
    type: 'integer',
    minimum: 100,
    maximum: 9999,
    description: 'HTTP status (three digits) or OCPI status code (four digits)',
  },
  text: line(200, 'Text in path or query'),
} as const

const times = {
  from: { ...dateTime, description: 'Begun at or after' },
  to: { ...dateTime, description: 'Begun before' },
} as const

const messageId = { type: 'string', pattern: '^[0-9]{1,15}$', description: 'Id of a message' } as const
const idParams = object({ id: messageId }, ['id'])

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: TAGS, summary, ...extra },
})

const placeFilter = ({ kind, party, object_id }: FilterQuery): MessageFilter => {
  const owner = party === undefined ? undefined : partyFrom(party)
  return {
    ...(kind === undefined ? {} : { objectKind: kind }),
    ...(owner === undefined ? {} : { countryCode: owner.countryCode, partyId: owner.partyId }),
    ...(object_id === undefined ? {} : { objectId: foldCase(object_id) }),
  }
}

const statusFilter = (status: number | undefined): MessageFilter => {
  if (status === undefined) return {}
  return status < 1000 ? { httpStatus: status } : { statusCode: status }
}

const filterOf = (query: FilterQuery): MessageFilter => {
  const { partner, direction, module, correlation_id, request_id, outcome, from, to, text } = query
  return {
    ...(partner === undefined ? {} : { partnerId: partner === 'none' ? null : partner }),
    ...(direction === undefined ? {} : { direction }),
    ...(module === undefined ? {} : { module }),
    ...placeFilter(query),
    ...(correlation_id === undefined ? {} : { correlationId: correlation_id }),
    ...(request_id === undefined ? {} : { requestId: request_id }),
    ...(outcome === undefined ? {} : { outcome }),
    ...statusFilter(query.status),
    ...(from === undefined ? {} : { from: instantOf('from', from) }),
    ...(to === undefined ? {} : { to: instantOf('to', to) }),
    ...(text === undefined ? {} : { text }),
  }
}

const reading = (scope: FastifyInstance, { conversation, publicUrl }: MessageRouteDeps): void => {
  scope.get<ListMessages>(
    '/messages',
    schema('listMessages', 'OCPI requests with their answers, in and out, newest first', {
      querystring: object({
        ...filters,
        ...times,
        cursor: { ...messageId, description: 'Value of `next` of the page before' },
        limit,
      }),
    }),
    async ({ query }) => {
      const { cursor, limit: most = DEFAULT_LIMIT } = query
      const page = { limit: most, ...(cursor === undefined ? {} : { below: Number(cursor) }) }
      const { messages, gaps } = await conversation.list(filterOf(query), page)
      const last = messages.at(-1)
      return {
        items: messages.map(viewFacts),
        next: messages.length < most || last === undefined ? null : String(last.id),
        recording: viewRecording(conversation.recording(), gaps),
      }
    },
  )
  scope.get<ById>(
    '/messages/:id',
    schema('getMessage', 'One message with headers, bodies and findings; secrets are removed', {
      params: idParams,
    }),
    async ({ params }) => viewMessage(found(await conversation.get(Number(params.id)), 'The message')),
  )
  scope.get<ById>(
    '/messages/:id/curl',
    schema('getMessageCurl', 'The request as a curl command, with a placeholder for the token', {
      params: idParams,
      produces: ['text/plain'],
    }),
    async ({ params }, reply) => {
      const message = found(await conversation.get(Number(params.id)), 'The message')
      return reply.type('text/plain; charset=utf-8').send(curlOf(message, publicUrl))
    },
  )
}

const following = (scope: FastifyInstance, { conversation, streams }: MessageRouteDeps): void => {
  const watch = new MessageWatch(conversation)
  scope.addHook('onClose', async () => watch.close())
  // NOTE: a HEAD would open a stream that nobody reads.
  scope.get<LiveMessages>(
    '/messages/live',
    {
      ...schema(
        'streamMessages',
        'Server-sent events of messages as they are recorded; goes on after Last-Event-ID',
        {
          produces: ['text/event-stream'],
          querystring: object({
            ...filters,
            after: {
              type: 'integer',
              minimum: 0,
              maximum: Number.MAX_SAFE_INTEGER,
              description: 'Start after this id; from now on when left out. Last-Event-ID wins.',
            },
          }),
        },
      ),
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      const filter = filterOf(request.query)
      const after = resumePoint(request, request.query.after) ?? (await conversation.newest())
      await streams.serve(reply, after, (response) =>
        openMessageStream(conversation, response, { filter, watch }),
      )
    },
  )
}

const together = (scope: FastifyInstance, { conversation }: MessageRouteDeps): void => {
  scope.get<ById>(
    '/correlations/:id',
    schema('getCorrelation', 'All messages of a correlation, in the order they began', {
      params: object({ id: line(255, 'Correlation id') }, ['id']),
      response: { 200: listOf({}) },
    }),
    async ({ params }) => {
      const messages = await conversation.correlation(params.id)
      if (messages.length === 0)
        throw new ProblemError(problem(404, 'A message with this correlation id is not known here.'))
      return { items: messages.map(viewFacts) }
    },
  )
  scope.get<{ Params: ObjectAddress }>(
    '/sessions/:country_code/:party_id/:id/story',
    schema('getSessionStory', 'What happened around a session, step by step, in plain sentences', {
      params: objectParams('id'),
    }),
    async ({ params }) =>
      viewStory(found(await conversation.story(objectKeyOf('session', params)), 'The session')),
  )
}

/** The conversation with partners: recorded messages, what belongs together, and requests sent again. */
export const messageRoutes = (scope: FastifyInstance, deps: MessageRouteDeps): void => {
  reading(scope, deps)
  following(scope, deps)
  together(scope, deps)
  scope.post<ById>(
    '/messages/:id/replay',
    schema('replayMessage', 'Send a recorded request again, to a partner that is marked as a test partner', {
      params: idParams,
    }),
    async ({ params }) => viewReplayed(unwrap(await deps.conversation.replay(Number(params.id)))),
  )
}
