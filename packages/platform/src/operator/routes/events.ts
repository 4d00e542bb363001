import type { FastifyInstance } from 'fastify'
import { EVENT_TYPE_PATTERN } from '../event-message.js'
import { openEventStream, type StreamSource } from '../event-stream.js'
import { STREAM_TIMES, type StreamTimes } from '../frame-stream.js'
import { type OpenStreams, resumePoint } from '../open-streams.js'
import { ProblemError, problem } from '../problem.js'
import { object } from '../wire-schemas.js'

/** What the event stream works with. */
export interface EventRouteDeps extends StreamSource {
  readonly streams: OpenStreams
  readonly times?: StreamTimes
}

interface GetEvents {
  Querystring: { types?: string; after?: number }
}

const TYPE = new RegExp(EVENT_TYPE_PATTERN)

const schema = {
  operationId: 'streamEvents',
  tags: ['Events'],
  summary: 'Server-sent events of everything that happens; goes on after Last-Event-ID',
  produces: ['text/event-stream'],
  querystring: object({
    types: {
      type: 'string',
      maxLength: 2000,
      description: 'Comma-separated, such as location.*,command.received; all when left out',
    },
    after: {
      type: 'integer',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Start after this seq; from now on when left out. Last-Event-ID wins.',
    },
  }),
}

const typesOf = (text: string | undefined): readonly string[] => {
  const types = (text ?? '*').split(',').map((type) => type.trim())
  if (!types.every((type) => TYPE.test(type))) {
    throw new ProblemError(
      problem(400, 'types is a comma-separated list such as location.*,command.received.'),
    )
  }
  return types.includes('*') ? [] : types
}

/** The event stream. */
export const eventRoutes = (scope: FastifyInstance, deps: EventRouteDeps): void => {
  // NOTE: a HEAD would open a stream that nobody reads.
  scope.get<GetEvents>('/events', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const types = typesOf(request.query.types)
    const after = resumePoint(request, request.query.after) ?? (await deps.objects.currentSeq())
    const times = deps.times ?? STREAM_TIMES
    await deps.streams.serve(reply, after, (response) => openEventStream(deps, response, { types, times }))
  })
}
