import type { Outcome } from '@interwatt/client'

/** What an answer to a push means for delivery. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** The object is not at the partner: HTTP 404, 2003, 2004. */
  | { readonly kind: 'missing'; readonly refusal: RefusalText }
  /** The partner does not take this method here. */
  | { readonly kind: 'no_method'; readonly refusal: RefusalText }
  | { readonly kind: 'refused'; readonly refusal: RefusalText }
  /** Our credentials are no longer taken: about the connection, never about the object (C-F18). */
  | { readonly kind: 'unauthorized'; readonly message: string }
  /** The partner failed by itself: HTTP 5xx from its application, or status 3xxx and 4xxx. */
  | {
      readonly kind: 'server_error'
      readonly refusal: RefusalText
      readonly retryAfterMs: number | undefined
    }
  /** No usable answer. `sent` tells whether the request may have been processed. */
  | {
      readonly kind: 'unavailable'
      readonly message: string
      readonly sent: boolean
      readonly retryAfterMs: number | undefined
    }

/** Why an object was not taken, as it is stored and shown. */
export interface RefusalText {
  readonly httpStatus: number
  readonly statusCode: number
  readonly message: string
}

const text = (httpStatus: number, statusCode: number, message: string): RefusalText => ({
  httpStatus,
  statusCode,
  message: message.slice(0, 500),
})

/** HTTP statuses that speak of gateways and load, not of the object that was sent. */
const unavailableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504])

/** Reads an outcome as a verdict. */
export const verdictOf = (outcome: Outcome): Verdict => {
  switch (outcome.kind) {
    case 'ok':
      return { kind: 'delivered' }
    case 'refused':
      return refusedVerdict(outcome.httpStatus, outcome.statusCode, outcome.message)
    case 'outage':
      return outageVerdict(outcome)
    case 'not_offered':
      return { kind: 'no_method', refusal: text(0, 0, 'the partner has no such endpoint') }
    case 'forbidden_address':
      return { kind: 'unavailable', message: outcome.message, sent: false, retryAfterMs: undefined }
  }
}

const refusedVerdict = (httpStatus: number, statusCode: number, message: string): Verdict => {
  const refusal = text(httpStatus, statusCode, message)
  if (httpStatus === 401) return { kind: 'unauthorized', message: refusal.message }
  if (unavailableStatuses.has(httpStatus))
    return { kind: 'unavailable', message: refusal.message, sent: true, retryAfterMs: undefined }
  if (httpStatus === 404 || statusCode === 2003 || statusCode === 2004) return { kind: 'missing', refusal }
  if (httpStatus === 405 || httpStatus === 501) return { kind: 'no_method', refusal }
  if (statusCode >= 3000 && statusCode < 5000)
    return { kind: 'server_error', refusal, retryAfterMs: undefined }
  return { kind: 'refused', refusal }
}

const outageVerdict = (outcome: Extract<Outcome, { kind: 'outage' }>): Verdict => {
  const { httpStatus, message, sent, retryAfterMs } = outcome
  if (httpStatus === undefined || httpStatus < 500 || unavailableStatuses.has(httpStatus))
    return { kind: 'unavailable', message, sent, retryAfterMs }
  return { kind: 'server_error', refusal: text(httpStatus, 0, message), retryAfterMs }
}

/** What is known about an object whose push failed without a clear no. */
export interface FailureEvidence {
  /** Failed attempts at this state of the object, this one included. */
  readonly attempts: number
  /** Pushes of other objects that the partner took since the first of them failed. */
  readonly othersDelivered: number
}

/**
 * Tells a poisoned object from a partner in trouble. An object is given up only on evidence: the partner took
 * others while it failed on this one again. Without such evidence the cursor stays and the partner is backed off.
 */
export const judgeFailure = (
  kind: 'server_error' | 'unavailable',
  evidence: FailureEvidence,
): 'retry' | 'refuse' | 'outage' => {
  const enough = kind === 'server_error' ? 2 : 3
  if (evidence.othersDelivered > 0 && evidence.attempts >= enough) return 'refuse'
  if (kind === 'server_error' && evidence.attempts === 1) return 'retry'
  return 'outage'
}
