/** Bounds of the wait after an outage. */
export interface BackoffLimits {
  readonly firstMs: number
  readonly longestMs: number
}

/** From a second to a quarter of an hour. */
export const defaultBackoff: BackoffLimits = { firstMs: 1_000, longestMs: 15 * 60_000 }

/** Outages with 401 after which the connection counts as broken (versions-and-credentials C-F18). */
export const unauthorizedLimit = 5
/** A broken connection is tried this often. */
export const brokenRetryMs = 60 * 60_000
/** Longest `Retry-After` that is honoured; longer ones would let a partner switch itself off for good. */
const longestRetryAfterMs = 60 * 60_000

/**
 * The wait after the n-th outage in a row: exponential with full jitter above the first step, and never shorter
 * than what the partner asked for.
 */
export const backoffMs = (
  outages: number,
  options: {
    readonly random: () => number
    readonly limits?: BackoffLimits
    readonly retryAfterMs?: number | undefined
  },
): number => {
  const { firstMs, longestMs } = options.limits ?? defaultBackoff
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(outages, 0), 30))
  const wait = Math.round(firstMs + options.random() * Math.max(0, ceiling - firstMs))
  return Math.max(wait, Math.min(options.retryAfterMs ?? 0, longestRetryAfterMs))
}

/** The wait after a 401: like any outage at first, hourly once the connection counts as broken. */
export const unauthorizedWaitMs = (
  inARow: number,
  options: { readonly random: () => number; readonly limits?: BackoffLimits },
): number => (inARow >= unauthorizedLimit ? brokenRetryMs : backoffMs(inARow, options))
