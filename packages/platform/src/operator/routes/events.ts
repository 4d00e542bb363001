import type { FastifyInstance, FastifyRequest } from 'fastify'
import { EVENT_TYPE_PATTERN } from '../event-message.js'
import { EventStream, STREAM_TIMES, type StreamSource, type StreamTimes } from '../event-stream.js'
import type { Metrics } from '../metrics.js'
import { ProblemError, problem } from '../problem.js'
import { object } from '../wire-schemas.js'

/** Most event streams open at once on one node. */
const MAX_STREAMS = 1_000

/** What the event stream works with. */
export interface EventRouteDeps extends StreamSource {
  readonly metrics: Pick<Metrics, 'eventStreams' | 'eventStreamsEnded'>
  readonly times?: StreamTimes
  /** Whether what let a request in still counts. */
  isAdmitted(request: FastifyRequest): Promise<boolean>
  readonly recheckMs?: number
}

interface GetEvents {
  Querystring: { types?: string; after?: number }
}

const SEQ = /^\d{1,15}$/
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

const resumePoint = (request: FastifyRequest<GetEvents>): number | undefined => {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return request.query.after
  if (typeof header !== 'string' || !SEQ.test(header)) {
    throw new ProblemError(problem(400, 'Last-Event-ID is the id of an event of this stream.'))
  }
  return Number(header)
}

/** How often it is looked whether a reader may still listen, in milliseconds. */
const RECHECK_MS = 10_000

/** Ends a stream when the key or the sign-in that opened it does not count any more. */
const endWithAdmission = (
  request: FastifyRequest,
  stream: EventStream,
  deps: EventRouteDeps,
): NodeJS.Timeout => {
  const timer = setInterval(() => {
    deps.isAdmitted(request).then(
      (admitted) => {
        if (!admitted) stream.close()
      },
      // NOTE: a database that does not answer says nothing about the reader.
      () => undefined,
    )
  }, deps.recheckMs ?? RECHECK_MS)
  return timer.unref()
}

/** The event stream. */
export const eventRoutes = (scope: FastifyInstance, deps: EventRouteDeps): void => {
  const open = new Set<EventStream>()
  scope.addHook('preClose', async () => {
    for (const stream of open) stream.close()
  })
  // NOTE: a HEAD would open a stream that nobody reads.
  scope.get<GetEvents>('/events', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const types = typesOf(request.query.types)
    const after = resumePoint(request) ?? (await deps.objects.currentSeq())
    if (open.size >= MAX_STREAMS) {
      throw new ProblemError(problem(503, 'Too many event streams are open.'), { 'retry-after': '30' })
    }
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      // NOTE: else the idle connection of an ended stream would hold up the end of the node.
      connection: 'close',
    })
    // NOTE: sent at once, so that the reader knows it is connected and proxies pass the headers on.
    reply.raw.write('retry: 2000\n\n')
    const stream = new EventStream(deps, reply.raw, deps.times ?? STREAM_TIMES)
    open.add(stream)
    deps.metrics.eventStreams.set(open.size)
    const rechecked = endWithAdmission(request, stream, deps)
    const reason = await stream.run(after, types)
    clearInterval(rechecked)
    open.delete(stream)
    deps.metrics.eventStreams.set(open.size)
    deps.metrics.eventStreamsEnded.inc({ reason })
  })
}
