import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { envelopeText, formatDateTime, headerNames, type RefusalReason, refusals } from '@interwatt/protocol'
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify'
import { correlate } from './steps/correlate.js'

/** Longest time request line and headers may take, and a whole request with its body. */
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000
/** How often those limits are looked after. */
const TIMEOUT_CHECK_MS = 2000

/**
 * Constructor options for the Fastify instance that carries OCPI: limits of Node.js for slow and broken connections,
 * and envelopes for what never reaches a route. Logs neither headers nor query.
 */
export const ocpiFastifyOptions = () =>
  ({
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 4096 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerFrameworkError,
  }) as const satisfies FastifyHttpOptions<Server>

/** Logger settings: a request is its method and path; credentials are removed wherever they may appear. */
export const ocpiLoggerOptions = () => ({
  redact: {
    paths: ['authorization', 'headers.authorization', 'req.headers.authorization', '*.token', 'token'],
    censor: '[hidden]',
  },
  serializers: {
    req: (request: { method?: string; url?: string }) => ({
      method: request.method ?? '',
      path: request.url?.split('?', 1)[0] ?? '',
    }),
  },
})

const envelopeOf = (reason: RefusalReason, message: string): { http: number; text: string } => {
  const { http, code } = refusals[reason]
  const timestamp = formatDateTime(Date.now(), 0)
  return { http, text: envelopeText({ statusCode: code, statusMessage: message, timestamp }) }
}

/** NOTE: Fastify finds malformed escapes before any route; its text quotes the URL, so it is not passed on. */
const answerFrameworkError = (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  const { http, text } = envelopeOf('malformedRequest', 'the URL cannot be read')
  const ids = correlate(request.raw)
  reply.hijack()
  reply.raw.writeHead(http, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    [headerNames.requestId]: ids.requestId,
    [headerNames.correlationId]: ids.correlationId,
  })
  reply.raw.end(text)
}

const brokenRequests: Readonly<Record<string, { reason: RefusalReason; message: string }>> = {
  HPE_HEADER_OVERFLOW: { reason: 'headersTooLarge', message: 'the headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { reason: 'requestTimeout', message: 'the request took too long to arrive' },
}

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** Time a partner has to read why its connection ends. */
const LINGER_MS = 1000

/** What is not HTTP, or too slow or too large to be read: an envelope by hand, then the connection ends. */
const answerBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET' || isAnswering(socket)) {
    socket.destroy()
    return
  }
  const known = brokenRequests[error.code ?? '']
  const { http, text } = envelopeOf(known?.reason ?? 'malformedRequest', known?.message ?? 'this is not HTTP')
  socket.end(
    `HTTP/1.1 ${http} ${phrases[http] ?? 'Bad Request'}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  )
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}

/** Whether a response is on its way already, into which nothing may be written. */
const isAnswering = (socket: Socket): boolean => {
  const response: unknown = Reflect.get(socket, '_httpMessage')
  return typeof response === 'object' && response !== null && Reflect.get(response, '_headerSent') === true
}
