import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FrameStream } from './frame-stream.js'
import type { Metrics } from './metrics.js'
import { ProblemError, problem, tooMany } from './problem.js'

/** Most streams open at once on one node. */
const MAX_STREAMS = 1_000

const POSITION = /^\d{1,15}$/

/** Where a reader goes on: `Last-Event-ID`, else what its query says, else nowhere. */
export const resumePoint = (request: FastifyRequest, after: number | undefined): number | undefined => {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return after
  if (typeof header !== 'string' || !POSITION.test(header)) {
    throw new ProblemError(problem(400, 'Last-Event-ID is the id of an event of this stream.'))
  }
  return Number(header)
}

/** The streams a node serves; they end with it. */
export interface OpenStreams {
  /** Serves one reader from a position on, until it leaves or is dropped. Throws 503 when too many are open, 429 when the reader has too many. */
  serve(reply: FastifyReply, after: number, open: (response: ServerResponse) => FrameStream): Promise<void>
}

/** Whether readers may still listen. */
export interface StreamAdmission {
  /** Whether what let a request in, a key or a sign-in, still counts. */
  isAdmitted(request: FastifyRequest): Promise<boolean>
  /** How often it is looked, in milliseconds; 10,000 when undefined. */
  readonly recheckMs: number | undefined
  /** Whose stream it is, and how many of them they may have open at once; no bounds but those of the node when left out. */
  readerOf?(request: FastifyRequest): { readonly name: string; readonly most: number }
}

const RECHECK_MS = 10_000
/** When to try again who has too many streams, in milliseconds. */
const CROWDED_MS = 30_000

/** Counts the streams of each reader; taking one answers how it is given back. */
const createPlaces = (): ((reader: { readonly name: string; readonly most: number }) => () => void) => {
  const open = new Map<string, number>()
  return ({ name, most }) => {
    const count = open.get(name) ?? 0
    if (count >= most) throw tooMany(CROWDED_MS, 'Too many event streams are open for one reader.')
    open.set(name, count + 1)
    return () => {
      const left = (open.get(name) ?? 1) - 1
      if (left > 0) open.set(name, left)
      else open.delete(name)
    }
  }
}

/** Ends a stream when what opened it does not count any more. */
const endWithAdmission = (
  request: FastifyRequest,
  stream: FrameStream,
  admission: StreamAdmission,
): NodeJS.Timeout =>
  setInterval(() => {
    admission.isAdmitted(request).then(
      (admitted) => {
        if (!admitted) stream.close()
      },
      // NOTE: a database that does not answer says nothing about the reader.
      () => undefined,
    )
  }, admission.recheckMs ?? RECHECK_MS).unref()

/** Keeps count of open streams and ends them when the node stops, or when what opened them does not count any more. */
export const trackStreams = (
  scope: FastifyInstance,
  metrics: Pick<Metrics, 'eventStreams' | 'eventStreamsEnded'>,
  admission: StreamAdmission,
): OpenStreams => {
  const streams = new Set<FrameStream>()
  const takePlace = createPlaces()
  scope.addHook('preClose', async () => {
    for (const stream of streams) stream.close()
  })
  return {
    async serve(reply, after, open) {
      if (streams.size >= MAX_STREAMS) {
        throw new ProblemError(problem(503, 'Too many event streams are open.'), { 'retry-after': '30' })
      }
      const reader = admission.readerOf?.(reply.request)
      const leave = reader === undefined ? undefined : takePlace(reader)
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
      const stream = open(reply.raw)
      streams.add(stream)
      metrics.eventStreams.inc()
      const rechecked = endWithAdmission(reply.request, stream, admission)
      const reason = await stream.run(after)
      clearInterval(rechecked)
      streams.delete(stream)
      leave?.()
      metrics.eventStreams.dec()
      metrics.eventStreamsEnded.inc({ reason })
    },
  }
}
