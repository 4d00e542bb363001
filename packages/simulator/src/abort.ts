/** A controller that aborts with any of the signals; `release` when the work is over, so that nothing piles up. */
export interface LinkedAbort {
  readonly signal: AbortSignal
  abort(): void
  release(): void
}

/**
 * Links a new controller to signals. Used instead of AbortSignal.any, whose composite may be collected before it
 * fires on Node 20.
 */
export const linkAbort = (...signals: readonly AbortSignal[]): LinkedAbort => {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const release = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
  for (const signal of signals) {
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  }
  return { signal: controller.signal, abort, release }
}
