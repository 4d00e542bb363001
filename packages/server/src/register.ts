import type { IncomingMessage, ServerResponse } from 'node:http'
import { OcpiRefusal } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import { type Answer, answerFailure, answerReply } from './answer.js'
import { discardRest } from './body.js'
import type { Arrived, Known, Plan } from './context.js'
import { messageOf } from './message.js'
import { defaultServerOptions, type ServerOptions } from './options.js'
import { pipeline } from './pipeline.js'
import type { Exchange, ServerPorts } from './ports.js'
import { compileRoutes } from './route-table.js'
import { correlate } from './steps/correlate.js'
import { OCPI_ROOT } from './urls.js'
import { versionAnswers } from './version-answers.js'

/**
 * Adds every OCPI route to a Fastify instance, under `/ocpi`. Make the instance with `ocpiFastifyOptions`, so that
 * also what never reaches a route is answered with an envelope. Throws when an operation has no handler.
 */
export const registerOcpi = (
  app: FastifyInstance,
  ports: ServerPorts,
  options: Partial<ServerOptions> = {},
): void => {
  const plan: Plan = {
    ports,
    options: { ...defaultServerOptions, ...options },
    routes: compileRoutes(ports.handlers, versionAnswers(ports)),
  }
  let inFlight = 0
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    inFlight += 1
    response.once('close', () => {
      inFlight -= 1
    })
    const overloaded = inFlight > plan.options.maxInFlight
    serve(request, response, { plan, overloaded }).catch(() => response.destroy())
  }
  app.register(addRoutes, { prefix: OCPI_ROOT, respond })
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void

/** The pipeline takes over in the first hook: bodies are read once the caller is known and the route found. */
const addRoutes = async (scope: FastifyInstance, { respond }: { respond: Respond }): Promise<void> => {
  // The pipeline logs through its ports; a logger for each request would be made for nothing.
  scope.setChildLoggerFactory((logger) => logger)
  scope.addHook('onRequest', (request, reply) => {
    reply.hijack()
    respond(request.raw, reply.raw)
  })
  const unreached = (): never => {
    throw new Error('the pipeline answers before')
  }
  scope.all('/', unreached)
  scope.all('/*', unreached)
  scope.setNotFoundHandler(unreached)
}

interface Serving {
  readonly plan: Plan
  readonly overloaded: boolean
}

/** Answers one request. Rejects only when a port that must not throw does. */
const serve = async (request: IncomingMessage, response: ServerResponse, { plan, overloaded }: Serving) => {
  const startedAt = performance.now()
  const arrived = arrive(request)
  // What the steps found stays here when one of them refuses.
  const known: Known = Object.assign(arrived, { requestId: '', correlationId: '' })
  const answer = overloaded ? refuseOverload(known, plan) : await work(known, plan)
  send(response, answer, known, plan)
  if (!request.complete) discardRest(request)
  const exchange = exchangeOf(known, answer, { plan, durationMs: performance.now() - startedAt })
  plan.ports.onExchange(exchange)
  plan.ports.onMessage?.(messageOf(known, answer, { exchange, plan }))
}

const arrive = (request: IncomingMessage): Arrived => {
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  return {
    method: request.method ?? 'GET',
    rawPath: path.slice(OCPI_ROOT.length),
    queryText: mark === -1 ? '' : url.slice(mark + 1),
    headers: request.headers,
    stream: request,
    noted: { requestText: undefined, findings: [] },
  }
}

const work = async (known: Known, plan: Plan): Promise<Answer> => {
  try {
    const { reply } = await pipeline.run(known, plan)
    return answerReply(known, reply, plan)
  } catch (error) {
    if (!(error instanceof OcpiRefusal)) report(known, plan, error)
    return answerFailure(known, error)
  }
}

const refuseOverload = (known: Known, plan: Plan): Answer => {
  const headers = { 'retry-after': String(plan.options.retryAfterSeconds) }
  const refusal = new OcpiRefusal('overloaded', 'too many requests at once, try again later', { headers })
  return answerFailure(Object.assign(known, correlate(known)), refusal)
}

const send = (response: ServerResponse, answer: Answer, known: Known, plan: Plan): void => {
  if (response.destroyed) return
  try {
    response.writeHead(answer.httpStatus, answer.headers)
    response.end(answer.body)
  } catch (error) {
    // A header of a handler that cannot be written.
    report(known, plan, error)
    const { httpStatus, headers, body } = answerFailure(known, error)
    response.writeHead(httpStatus, headers).end(body)
  }
}

const report = (known: Known, plan: Plan, error: unknown): void => {
  const { requestId, correlationId, target } = known
  plan.ports.onError(error, { requestId, correlationId, operation: target?.operation ?? 'unknown' })
}

/** Path parameters that let their holder in, and so stay out of logs. */
const SECRET_PARAMS = ['response_id'] as const

const exchangeOf = (
  known: Known,
  answer: Answer,
  { plan, durationMs }: { readonly plan: Plan; readonly durationMs: number },
): Exchange => ({
  partnerId: known.caller?.partnerId,
  operation: known.target?.operation ?? 'unknown',
  method: known.method,
  path: OCPI_ROOT + publicPath(known, plan),
  httpStatus: answer.httpStatus,
  statusCode: answer.statusCode,
  durationMs,
  requestId: known.requestId,
  correlationId: known.correlationId,
})

/** The path as it may be shown: a secret at its end is hidden, also from a request that was refused before it got there. */
const publicPath = ({ rawPath, params }: Known, { routes }: Plan): string => {
  const found = params ?? routes.find('POST', rawPath)?.params ?? {}
  const hides = SECRET_PARAMS.some((name) => Object.hasOwn(found, name))
  return hides ? rawPath.replace(/[^/]+\/*$/, '[hidden]') : rawPath
}
