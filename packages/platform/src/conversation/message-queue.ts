import type { MessageGap, NewMessage } from '@interwatt/store'

/** Why a message was not recorded. */
export const dropReasons = ['queue', 'database', 'space', 'strangers', 'error'] as const
/** Why a message was not recorded. */
export type DropReason = (typeof dropReasons)[number]

/** Bounds of a queue. */
export interface QueueLimits {
  /** Messages that wait at most; the newest is dropped when they are as many. */
  readonly messages: number
  /** Memory that waiting messages take at most, roughly in bytes. */
  readonly bytes: number
  /** Messages and bytes of one write: short, so that making it holds up nothing. */
  readonly batchMessages: number
  readonly batchBytes: number
  readonly flushEveryMs: number
}

export const QUEUE_LIMITS: QueueLimits = {
  messages: 10_000,
  bytes: 32 * 1_048_576,
  batchMessages: 250,
  batchBytes: 512 * 1024,
  flushEveryMs: 250,
}

/** What a queue works with. */
export interface QueueDeps {
  add(messages: readonly NewMessage[], gaps: readonly MessageGap[]): Promise<void>
  onStored(count: number): void
  onDropped(reason: DropReason, count: number): void
  onError(error: unknown): void
}

/** Memory of a message beside its bodies, roughly in bytes. */
const FRAME_BYTES = 2048

const weightOf = ({ requestBody, responseBody, path }: NewMessage): number =>
  FRAME_BYTES + path.length + (requestBody?.length ?? 0) + (responseBody?.length ?? 0)

/** Whether the database could not hold what it was given, which says nothing of the next message. */
const isUnstorable = (error: unknown): boolean => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && code.startsWith('22')
}

interface OpenGap {
  fromAt: string
  untilAt: string
  count: number
}

/** Messages on their way to the database: bounded, written in the background, lost rather than in the way. */
export class MessageQueue implements AsyncDisposable {
  #waiting: { readonly message: NewMessage; readonly weight: number }[] = []
  #bytes = 0
  #gaps = new Map<DropReason, OpenGap>()
  #writing: Promise<void> | undefined
  readonly #timer: NodeJS.Timeout

  constructor(
    private readonly deps: QueueDeps,
    private readonly limits: QueueLimits = QUEUE_LIMITS,
  ) {
    this.#timer = setInterval(() => this.#kick(), limits.flushEveryMs)
    this.#timer.unref()
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Takes a message, or drops and counts it when too much waits. */
  push(message: NewMessage): void {
    const weight = weightOf(message)
    if (this.#waiting.length >= this.limits.messages || this.#bytes + weight > this.limits.bytes) {
      this.drop('queue', message.at)
      return
    }
    this.#waiting.push({ message, weight })
    this.#bytes += weight
    if (this.#waiting.length >= this.limits.batchMessages) this.#kick()
  }

  /** Counts a message that is not recorded; it leaves a gap that is stored with the next messages. */
  drop(reason: DropReason, at: string, count = 1): void {
    this.deps.onDropped(reason, count)
    const gap = this.#gaps.get(reason)
    if (gap === undefined) this.#gaps.set(reason, { fromAt: at, untilAt: at, count })
    else {
      gap.count += count
      if (at < gap.fromAt) gap.fromAt = at
      if (at > gap.untilAt) gap.untilAt = at
    }
  }

  /** Writes what waits now; resolves when it is stored or lost. Never rejects. */
  async flush(): Promise<void> {
    // A write under way does not hold what came after it began.
    if (this.#writing !== undefined) await this.#writing
    await this.#kick()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  #kick(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  /** Writes batches until nothing waits, or the database fails: then it is tried again at the next tick. */
  async #writeAll(): Promise<void> {
    do {
      const batch = this.#take()
      const gaps = this.#gaps
      if (batch.length === 0 && gaps.size === 0) return
      this.#gaps = new Map()
      const rows = [...gaps].map(([reason, gap]): MessageGap => ({ reason, ...gap }))
      if (await this.#write(batch, rows)) continue
      for (const [reason, gap] of gaps) this.#keepGap(reason, gap)
      return
    } while (this.#waiting.length > 0)
  }

  #take(): readonly NewMessage[] {
    let count = 0
    let bytes = 0
    for (const { weight } of this.#waiting) {
      if (count === this.limits.batchMessages || (count > 0 && bytes + weight > this.limits.batchBytes)) break
      count += 1
      bytes += weight
    }
    this.#bytes -= bytes
    return this.#waiting.splice(0, count).map(({ message }) => message)
  }

  /** False when the database does not answer. A message it cannot hold costs itself only. */
  async #write(batch: readonly NewMessage[], gaps: readonly MessageGap[]): Promise<boolean> {
    try {
      await this.deps.add(batch, gaps)
      this.deps.onStored(batch.length)
      return true
    } catch (error) {
      if (batch.length > 1 && isUnstorable(error)) {
        const middle = Math.ceil(batch.length / 2)
        const first = await this.#write(batch.slice(0, middle), gaps)
        return (await this.#write(batch.slice(middle), [])) && first
      }
      this.deps.onError(error)
      const at = batch[0]?.at
      if (at !== undefined) this.drop('database', at, batch.length)
      return isUnstorable(error)
    }
  }

  #keepGap(reason: DropReason, { fromAt, untilAt, count }: OpenGap): void {
    const since = this.#gaps.get(reason)
    if (since === undefined) this.#gaps.set(reason, { fromAt, untilAt, count })
    else {
      since.count += count
      if (fromAt < since.fromAt) since.fromAt = fromAt
      if (untilAt > since.untilAt) since.untilAt = untilAt
    }
  }
}
