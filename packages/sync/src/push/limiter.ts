/** Runs at most `limit` tasks at a time, first come first served. The limit may change while tasks wait. */
export class Limiter {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(private limit: number) {}

  setLimit(limit: number): void {
    this.limit = limit
    this.admit()
  }

  /**
   * Runs the task on every item, begun in order as places become free; resolves when all have ended. What fails is
   * told and holds nothing up. Only the next item waits for a place, so that lists take turns and cost little.
   */
  async each<T>(
    items: Iterable<T>,
    task: (item: T) => Promise<void>,
    onError: (error: unknown) => void,
  ): Promise<void> {
    let open = 1
    let resolveEnded = (): void => {}
    const ended = new Promise<void>((resolve) => {
      resolveEnded = resolve
    })
    const end = (): void => {
      open -= 1
      if (open === 0) resolveEnded()
    }
    const leave = (): void => {
      this.running -= 1
      this.admit()
      end()
    }
    const fail = (error: unknown): void => {
      onError(error)
      leave()
    }
    for (const item of items) {
      if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve))
      else this.running += 1
      open += 1
      task(item).then(leave, fail)
    }
    end()
    await ended
  }

  /** A place is counted as taken before its task wakes up, so that the limit holds in between. */
  private admit(): void {
    while (this.running < this.limit) {
      const next = this.waiting.shift()
      if (next === undefined) return
      this.running += 1
      next()
    }
  }
}
