import { setImmediate as nextTurn } from 'node:timers/promises'

export interface GatherLimits {
  /** Most items of one batch. */
  readonly items: number
  /** Most cost of one batch; an item that costs more goes alone. */
  readonly cost: number
  /** Most items waiting; more are refused. */
  readonly waiting: number
  /** How long a batch waits for the size of the one before. */
  readonly gatherMs: number
}

interface Waiting<Item> {
  readonly item: Item
  readonly cost: number
}

/**
 * Gathers items into batches, one batch at a time, in order of arrival. An item that comes alone goes at once;
 * while others come along, a batch waits briefly until it is as large as the one before.
 */
export class Gatherer<Item> {
  readonly #handle: (batch: readonly Item[]) => Promise<void>
  readonly #limits: GatherLimits
  #queue: Waiting<Item>[] = []
  #running = false
  #lastSize = 1
  #filled: (() => void) | undefined

  /** `handle` answers every item itself and never rejects. */
  constructor(handle: (batch: readonly Item[]) => Promise<void>, limits: GatherLimits) {
    this.#handle = handle
    this.#limits = limits
  }

  /** Queues an item; false when too many are waiting. */
  add(item: Item, cost: number): boolean {
    if (this.#queue.length >= this.#limits.waiting) return false
    this.#queue.push({ item, cost })
    if (this.#isFull()) this.#filled?.()
    if (!this.#running) {
      this.#running = true
      void this.#run()
    }
    return true
  }

  #isFull(): boolean {
    return this.#queue.length >= Math.min(this.#lastSize, this.#limits.items)
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Requests read from sockets in the same turn arrive before the next one.
      await nextTurn()
      if (!this.#isFull()) await this.#untilFull()
      const batch = this.#take()
      this.#lastSize = batch.length
      await this.#handle(batch)
      // Callers that were answered may write again in this turn.
      if (this.#queue.length === 0) await nextTurn()
    }
    this.#running = false
  }

  #untilFull(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#filled = undefined
        resolve()
      }
      const timer = setTimeout(done, this.#limits.gatherMs)
      this.#filled = done
    })
  }

  #take(): Item[] {
    let cost = 0
    let size = 0
    for (const waiting of this.#queue) {
      cost += waiting.cost
      if (size > 0 && (size >= this.#limits.items || cost > this.#limits.cost)) break
      size += 1
    }
    return this.#queue.splice(0, size).map(({ item }) => item)
  }
}
