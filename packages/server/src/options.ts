/** Limits of the OCPI server; every one has a default that suits production. */
export interface ServerOptions {
  /** Largest request body in bytes; above it 413. */
  readonly maxBodyBytes: number
  /** Longest time a request body may take to arrive. */
  readonly bodyTimeoutMs: number
  /** Longest time a handler may take before the partner is told 3000. */
  readonly handlerTimeoutMs: number
  /** Requests worked on at once; above it 503 with `Retry-After` at once. */
  readonly maxInFlight: number
  /** What `Retry-After` says then. */
  readonly retryAfterSeconds: number
  /** Objects on a page when the partner names no limit (TRN-063). */
  readonly pageSize: number
  /** Most objects on a page; told as `X-Limit` (TRN-065). */
  readonly pageCap: number
}

/** Limits used when nothing else is asked for. */
export const defaultServerOptions: ServerOptions = {
  maxBodyBytes: 1_048_576,
  bodyTimeoutMs: 20_000,
  handlerTimeoutMs: 55_000,
  maxInFlight: 2000,
  retryAfterSeconds: 5,
  pageSize: 100,
  pageCap: 1000,
}
