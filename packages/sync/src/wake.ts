/** Timers beyond about 24 days fire at once. */
const longestTimerMs = 2_000_000_000

/** Lets one loop sleep until somebody wakes it. A call between two sleeps is not lost. */
export class Wake {
  private pending = false
  private waiter: (() => void) | undefined

  wake(): void {
    this.pending = true
    this.waiter?.()
  }

  /** Resolves when woken, after `timeoutMs`, or when the signal is aborted. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.pending && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, Math.max(0, Math.min(timeoutMs, longestTimerMs)))
        this.waiter = done
        signal.addEventListener('abort', done, { once: true })
      })
      this.waiter = undefined
    }
    this.pending = false
  }
}
