// A waiter that comes shortly after a change may have read just before it.
const recentMs = 200
const recheckMs = 20

/** Wakes waiters when something was committed, here or on another node. */
export class WakeUps {
  readonly #waiting = new Set<() => void>()
  #wokenAt = Number.NEGATIVE_INFINITY

  /** Wakes everybody that waits. */
  wake(): void {
    this.#wokenAt = performance.now()
    for (const resolve of [...this.#waiting]) resolve()
  }

  /** Resolves at the next `wake`, soon if one just happened, after `timeoutMs` at the latest, or when aborted. */
  wait(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    const recent = performance.now() - this.#wokenAt < recentMs
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, recent ? Math.min(recheckMs, timeoutMs) : timeoutMs)
      signal?.addEventListener('abort', done)
      this.#waiting.add(done)
    })
  }
}
