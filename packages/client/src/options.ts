import type { LookupFunction } from 'node:net'
import type { ClientMessage } from './message.js'

/** Time limits of a request (TRN-135). */
export interface ClientTimeouts {
  readonly connectMs: number
  /** Until the headers of the answer. */
  readonly headersMs: number
  /** Between two pieces of the answer. */
  readonly bodyMs: number
  /** Everything together, retries included; `RequestContext.timeoutMs` replaces it. */
  readonly totalMs: number
}

/** Facts of one HTTP attempt, secrets left out. */
export interface Attempt {
  readonly partnerId: string
  /** Operation asked for, or `link`, `result`, `credentials.<method>` for addresses a partner gave. */
  readonly operation: string
  readonly method: string
  readonly origin: string
  readonly httpStatus: number | undefined
  readonly durationMs: number
  readonly requestId: string
  readonly correlationId: string
  /** Name of what went wrong, undefined when there was an answer. */
  readonly failure: string | undefined
}

/** Settings of a client. */
export interface OcpiClientOptions {
  /** Permits http and private addresses (`ALLOW_PRIVATE_PARTNERS`). */
  readonly allowPrivateAddresses: boolean
  readonly userAgent?: string
  readonly timeouts?: Partial<ClientTimeouts>
  /** Largest answer that is read, in bytes. */
  readonly maxResponseBytes?: number
  readonly logger?: { attempt(facts: Attempt): void }
  /** Told of every attempt with all that was said, secrets included; must not throw, wait or keep it. */
  readonly onMessage?: (message: ClientMessage) => void
  /** Resolver in place of the system's. */
  readonly lookup?: LookupFunction
}

/** Limits used when nothing else is asked for. */
export const defaultTimeouts: ClientTimeouts = {
  connectMs: 5000,
  headersMs: 30_000,
  bodyMs: 30_000,
  totalMs: 30_000,
}

/** Largest answer that is read unless told otherwise: 8 MiB. */
export const DEFAULT_MAX_RESPONSE_BYTES = 8 * 1_048_576
