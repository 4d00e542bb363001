import type { VersionId } from '@interwatt/protocol'
import type { Failure, Outgoing } from './attempt.js'
import type { HttpAnswer } from './outcome.js'
import type { Target } from './target.js'

/**
 * One HTTP attempt with everything that was said. NOTE: it holds secrets: whoever keeps it removes them first. Nothing of
 * it is copied, so it costs nothing to make and must not be changed.
 */
export interface ClientMessage {
  readonly partnerId: string
  /** Operation asked for, or `link`, `result`, `credentials.<method>`, `repeat` for addresses that were given. */
  readonly operation: string
  readonly version: VersionId | undefined
  readonly params: Readonly<Record<string, string>>
  readonly method: string
  readonly origin: string
  /** Path and query as they were sent. */
  readonly path: string
  /** The credentials token, in clear text. */
  readonly token: string
  /** Names and values by turns. */
  readonly requestHeaders: readonly string[]
  readonly requestText: string | undefined
  /** Undefined when no complete answer came. */
  readonly answer: Pick<HttpAnswer, 'httpStatus' | 'headers' | 'text'> | undefined
  /** What went wrong, undefined when there was an answer. */
  readonly failure: Pick<Failure, 'message' | 'timedOut'> | undefined
  /** 1 for the first attempt of a request; more after a failed connection, another encoding of the token or a redirect. */
  readonly attempt: number
  readonly durationMs: number
  readonly requestId: string
  readonly correlationId: string
}

interface Seen {
  readonly target: Target
  readonly requestHeaders: readonly string[]
  readonly requestId: string
  readonly attempt: number
  readonly durationMs: number
}

/** A request and its answer as one message. */
export const messageOf = (outgoing: Outgoing, end: HttpAnswer | Failure, seen: Seen): ClientMessage => ({
  partnerId: outgoing.partnerId,
  operation: outgoing.operation,
  version: outgoing.version,
  params: outgoing.params,
  method: outgoing.method,
  origin: seen.target.origin,
  path: seen.target.path,
  token: outgoing.token,
  requestHeaders: seen.requestHeaders,
  requestText: outgoing.body,
  answer: 'httpStatus' in end ? end : undefined,
  failure: 'httpStatus' in end ? undefined : end,
  attempt: seen.attempt,
  durationMs: seen.durationMs,
  requestId: seen.requestId,
  correlationId: outgoing.correlationId,
})
