import { randomUUID } from 'node:crypto'
import { headerNames, type TokenEncoding, type VersionId } from '@interwatt/protocol'
import type { Agent } from 'undici'
import { ForbiddenAddress } from './address-guard.js'
import type { Authorizations } from './authorizations.js'
import { NotConnected } from './connections.js'
import { type Deadline, TimeLimit } from './deadline.js'
import { Exchange, type Exchanged } from './exchange.js'
import { type ClientMessage, messageOf } from './message.js'
import type { Attempt } from './options.js'
import type { HttpAnswer } from './outcome.js'
import type { OutageReason } from './ports.js'
import type { Target } from './target.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request to a partner, whatever number of attempts it takes. */
export interface Outgoing {
  readonly partnerId: string
  /** What is asked, for measuring: an operation, or what the address is for. */
  readonly operation: string
  readonly token: string
  readonly version: VersionId | undefined
  /** Path parameters of the operation; empty for addresses that were given. */
  readonly params: Readonly<Record<string, string>>
  readonly method: Method
  readonly body: string | undefined
  /** Routing headers, name and value by turns; empty where they do not belong. */
  readonly routing: readonly string[]
  readonly correlationId: string
  readonly deadline: Deadline
  /** Attempts made so far. */
  attempts: number
}

/** Why an attempt got no answer. `sent` is false only when it is sure that nothing was sent. */
export interface Failure {
  readonly kind: 'failure'
  readonly message: string
  readonly sent: boolean
  readonly forbidden: boolean
  /** Failed before any byte was sent, and fast enough to try again at once (TRN-134). */
  readonly retryable: boolean
  /** A time limit ended it. */
  readonly timedOut: boolean
  /** Why, where that is known. */
  readonly reason?: OutageReason
}

/** What all attempts of a client share. */
export interface Wire {
  readonly userAgent: string
  readonly maxResponseBytes: number
  readonly authorizations: Authorizations
  /** Absent when nobody listens. */
  readonly report: ((facts: Attempt) => void) | undefined
  /** Told everything that was said, secrets included; absent when nobody listens. */
  readonly record: ((message: ClientMessage) => void) | undefined
}

/** Sends one HTTP request and reads its answer; every attempt has its own request id (TRN-120). */
export const attempt = (
  wire: Wire,
  agent: Agent,
  outgoing: Outgoing,
  where: { readonly target: Target; readonly encoding: TokenEncoding },
): Promise<HttpAnswer | Failure> => {
  const { method, deadline, body = null } = outgoing
  const { target, encoding } = where
  const { origin, path, href } = target
  const requestId = randomUUID()
  const startedAt = performance.now()
  outgoing.attempts += 1
  const number = outgoing.attempts
  const requestHeaders = headersOf(wire, outgoing, requestId, encoding)
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(wire.maxResponseBytes, deadline, (exchanged) => {
      const answer =
        'error' in exchanged ? failureOf(exchanged, deadline) : { url: href, method, ...exchanged }
      // A listener that throws must reach the caller, not the connection or the timer this is called from.
      try {
        const durationMs = performance.now() - startedAt
        wire.report?.(factsOf(outgoing, answer, { origin, requestId, durationMs }))
        const seen = { target, requestHeaders, requestId, attempt: number, durationMs }
        wire.record?.(messageOf(outgoing, answer, seen))
        resolve(answer)
      } catch (error) {
        reject(error)
      }
    })
    if (deadline.reason !== undefined) return
    agent.dispatch({ origin, path, method, headers: requestHeaders, body }, exchange)
  })
}

const factsOf = (
  { partnerId, operation, method, correlationId }: Outgoing,
  answer: HttpAnswer | Failure,
  seen: Pick<Attempt, 'origin' | 'requestId' | 'durationMs'>,
): Attempt => ({
  partnerId,
  operation,
  method,
  correlationId,
  httpStatus: 'httpStatus' in answer ? answer.httpStatus : undefined,
  failure: 'httpStatus' in answer ? undefined : answer.message,
  ...seen,
})

/** Names and values by turns: the form that is cheapest to send. */
const headersOf = (wire: Wire, outgoing: Outgoing, requestId: string, encoding: TokenEncoding): string[] => {
  const headers = [
    'accept',
    'application/json',
    'authorization',
    wire.authorizations.headerOf(outgoing.partnerId, outgoing.token, encoding),
    'user-agent',
    wire.userAgent,
    headerNames.requestId,
    requestId,
    headerNames.correlationId,
    outgoing.correlationId,
    ...outgoing.routing,
  ]
  if (outgoing.body !== undefined) headers.push('content-type', 'application/json')
  return headers
}

/** Failures of connecting that come quickly, so that a second try costs little. */
const FAST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EPIPE', 'ENETUNREACH', 'EHOSTUNREACH'])

/** Time limits of the HTTP library and of the system. */
const LATE = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

/** A name that nobody has, or that could not be looked up. */
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN'])
/** What TLS does not like, by the beginnings and names of Node's error codes. */
const TLS = /^(ERR_(TLS|SSL)_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO_SELF_SIGNED|EPROTO$|HOSTNAME_MISMATCH$)/

const reasonOf = (code: string): OutageReason => {
  if (UNKNOWN_HOST.has(code)) return 'unknown_host'
  return TLS.test(code) ? 'tls' : 'not_connected'
}

/** Refusals of the HTTP library itself, before anything is sent. */
const NOT_SENT = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_MAX_ORIGINS_REACHED', 'UND_ERR_CLOSED'])

const failureOf = (
  { error, started }: Extract<Exchanged, { error: unknown }>,
  deadline: Deadline,
): Failure => {
  const forbidden = causeOf(error, ForbiddenAddress)
  if (forbidden !== undefined) return failed(forbidden.message, { sent: false, forbidden: true })
  const notConnected = causeOf(error, NotConnected)
  if (notConnected !== undefined) {
    const code = codeOf(notConnected.cause)
    const timedOut = LATE.has(code) || deadline.reason instanceof TimeLimit
    const reason = timedOut ? 'timeout' : reasonOf(code)
    return failed(notConnected.message, { sent: false, retryable: FAST.has(code), timedOut, reason })
  }
  if (deadline.reason !== undefined) {
    const { reason } = deadline
    const timedOut = reason instanceof TimeLimit
    return failed(reason.message, { sent: started, timedOut, ...(timedOut ? { reason: 'timeout' } : {}) })
  }
  const code = codeOf(error)
  return failed(textOf(error) || code, { sent: !NOT_SENT.has(code), timedOut: LATE.has(code) })
}

const failed = (message: string, flags: Partial<Failure> & { sent: boolean }): Failure => ({
  kind: 'failure',
  message,
  forbidden: false,
  retryable: false,
  timedOut: false,
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

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'aborted')
