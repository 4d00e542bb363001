/** Runs at most `limit` tasks at a time, first come first served. The limit may change while tasks wait. */
export class Limiter {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(private limit: number) {}

  setLimit(limit: number): void {
    this.limit = limit
    this.admit()
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve))
    else this.running += 1
    try {
      return await task()
    } finally {
      this.running -= 1
      this.admit()
    }
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
