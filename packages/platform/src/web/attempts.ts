/** How often one address may do something in how long. */
export interface AttemptLimit {
  readonly attempts: number
  readonly windowMs: number
  /** Addresses remembered at once; the oldest are forgotten first. */
  readonly addresses: number
}

const DEFAULT_ATTEMPT_LIMIT: AttemptLimit = { attempts: 20, windowMs: 60_000, addresses: 10_000 }

/** Counts what an address does, such as presenting wrong keys, in a fixed window and in bounded memory. What an address is, its caller says. */
export class Attempts {
  readonly #failures = new Map<string, { count: number; readonly until: number }>()

  constructor(
    private readonly now: () => number,
    private readonly limit: AttemptLimit = DEFAULT_ATTEMPT_LIMIT,
  ) {}

  /** Milliseconds until this address may try again; 0 when it may now. */
  waitMs(address: string): number {
    const entry = this.#failures.get(address)
    if (entry === undefined) return 0
    const left = entry.until - this.now()
    if (left > 0) return entry.count >= this.limit.attempts ? left : 0
    this.#failures.delete(address)
    return 0
  }

  /** Records one more where that is within the limit; milliseconds until it is, 0 when it was recorded. */
  take(address: string): number {
    const waitMs = this.waitMs(address)
    if (waitMs === 0) this.record(address)
    return waitMs
  }

  record(address: string): void {
    this.waitMs(address)
    const entry = this.#failures.get(address)
    if (entry !== undefined) {
      entry.count += 1
      return
    }
    const oldest = this.#failures.size >= this.limit.addresses ? this.#failures.keys().next() : undefined
    if (oldest?.done === false) this.#failures.delete(oldest.value)
    this.#failures.set(address, { count: 1, until: this.now() + this.limit.windowMs })
  }
}
