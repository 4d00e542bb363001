/** Those who wait for the same thing to happen, each for a while only. */
export class Waiters {
  readonly #waiting = new Set<() => void>()

  /** Resolves when everybody is woken, after `maxMs`, or when the signal aborts. */
  wait(signal: AbortSignal, maxMs: number): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, maxMs)
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
