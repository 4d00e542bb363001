import { randomUUID } from 'node:crypto'
import { authorizationHeader, headerNames, type TokenEncoding } from '@interwatt/protocol'
import type { Agent, Dispatcher } from 'undici'
import { ForbiddenAddress } from './address-guard.js'
import { NotConnected } from './connections.js'
import type { Attempt } from './options.js'
import type { HttpAnswer } from './outcome.js'
import type { Target } from './target.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request to a partner, whatever number of attempts it takes. */
export interface Outgoing {
  readonly partnerId: string
  /** What is asked, for measuring: an operation, or what the address is for. */
  readonly operation: string
  readonly token: string
  readonly method: Method
  readonly body: string | undefined
  /** Routing headers, empty where they do not belong. */
  readonly routing: Readonly<Record<string, string>>
  readonly correlationId: string
  readonly signal: AbortSignal
}

/** Why an attempt got no answer. `sent` is false only when it is sure that nothing was sent. */
export interface Failure {
  readonly kind: 'failure'
  readonly message: string
  readonly sent: boolean
  readonly forbidden: boolean
  /** Failed before any byte was sent, and fast enough to try again at once (TRN-134). */
  readonly retryable: boolean
}

/** What all attempts of a client share. */
export interface Wire {
  readonly userAgent: string
  readonly maxResponseBytes: number
  report(facts: Attempt): void
}

/** Sends one HTTP request and reads its answer; every attempt has its own request id (TRN-120). */
export const attempt = async (
  wire: Wire,
  agent: Agent,
  outgoing: Outgoing,
  where: { readonly target: Target; readonly encoding: TokenEncoding },
): Promise<HttpAnswer | Failure> => {
  const { target, encoding } = where
  const requestId = randomUUID()
  const startedAt = performance.now()
  const report = (httpStatus: number | undefined, failure: string | undefined): void =>
    wire.report({
      partnerId: outgoing.partnerId,
      operation: outgoing.operation,
      method: outgoing.method,
      origin: target.url.origin,
      httpStatus,
      durationMs: performance.now() - startedAt,
      requestId,
      correlationId: outgoing.correlationId,
      failure,
    })
  try {
    const response = await agent.request({
      origin: target.url.origin,
      path: target.path,
      method: outgoing.method,
      headers: headersOf(wire, outgoing, requestId, encoding),
      body: outgoing.body ?? null,
      signal: outgoing.signal,
    })
    const text = await readText(response, wire.maxResponseBytes)
    report(response.statusCode, undefined)
    const { statusCode: httpStatus, headers } = response
    return { url: target.href, method: outgoing.method, httpStatus, headers, text }
  } catch (error) {
    const failure = failureOf(error, outgoing.signal)
    report(undefined, failure.message)
    return failure
  }
}

const headersOf = (
  wire: Wire,
  outgoing: Outgoing,
  requestId: string,
  encoding: TokenEncoding,
): Record<string, string> => {
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: authorizationHeader(outgoing.token, encoding),
    'user-agent': wire.userAgent,
    [headerNames.requestId]: requestId,
    [headerNames.correlationId]: outgoing.correlationId,
    ...outgoing.routing,
  }
  if (outgoing.body !== undefined) headers['content-type'] = 'application/json'
  return headers
}

class TooLarge extends Error {}

const readText = async ({ body, headers }: Dispatcher.ResponseData, maxBytes: number): Promise<string> => {
  // Destroying a body makes it emit an error, which nobody else listens to.
  body.on('error', () => undefined)
  const refuse = (): never => {
    body.destroy()
    throw new TooLarge(`the answer is larger than ${maxBytes} bytes`)
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) refuse()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    if (length > maxBytes) refuse()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

/** Failures of connecting that come quickly, so that a second try costs little. */
const FAST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EPIPE', 'ENETUNREACH', 'EHOSTUNREACH'])

/** Refusals of the HTTP library itself, before anything is sent. */
const NOT_SENT = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_MAX_ORIGINS_REACHED', 'UND_ERR_CLOSED'])

const failureOf = (error: unknown, signal: AbortSignal): Failure => {
  const forbidden = causeOf(error, ForbiddenAddress)
  if (forbidden !== undefined) return failed(forbidden.message, { sent: false, forbidden: true })
  const notConnected = causeOf(error, NotConnected)
  if (notConnected !== undefined) {
    return failed(notConnected.message, { sent: false, retryable: FAST.has(codeOf(notConnected.cause)) })
  }
  if (signal.aborted) return failed(messageOf(signal.reason), { sent: true })
  const code = codeOf(error)
  return failed(messageOf(error) || code, { sent: !NOT_SENT.has(code) })
}

const failed = (message: string, flags: Partial<Failure> & { sent: boolean }): Failure => ({
  kind: 'failure',
  message,
  forbidden: false,
  retryable: false,
  ...flags,
})

const causeOf = <E extends Error>(error: unknown, kind: new (...args: never[]) => E): E | undefined => {
  if (error instanceof kind) return error
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause, kind) : undefined
}

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'aborted')
