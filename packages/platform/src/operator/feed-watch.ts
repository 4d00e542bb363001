import type { EventStore, FeedEntry, ObjectStore } from '@interwatt/store'
import { Waiters } from './waiters.js'

/** Longest time between two looks at the feed, in milliseconds, should a notification be lost. */
const LOOK_MS = 5_000
/** Pause after the database failed, in milliseconds. */
const PAUSE_MS = 1_000
/** Changes of this time wake everybody once, in milliseconds. */
const GATHER_MS = 20

type WatchedStore = Pick<ObjectStore, 'waitForChange'>

/** Waits for changes once, on behalf of every event stream and webhook of the process. */
export class FeedWatch implements AsyncDisposable {
  readonly #stop = new AbortController()
  readonly #waiters = new Waiters()
  #loop: Promise<void> | undefined

  constructor(private readonly objects: WatchedStore) {}

  /** Resolves after the next change, after at most `maxMs`, or when the signal aborts. Call before reading the feed. */
  next(signal: AbortSignal, maxMs: number = LOOK_MS): Promise<void> {
    if (signal.aborted || this.#stop.signal.aborted) return Promise.resolve()
    this.#loop ??= this.#run()
    return this.#waiters.wait(signal, maxMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    this.#waiters.wakeAll()
    await this.#loop
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.objects.waitForChange(LOOK_MS, this.#stop.signal)
        await pause(GATHER_MS, this.#stop.signal)
      } catch {
        await pause(PAUSE_MS, this.#stop.signal)
      }
      this.#waiters.wakeAll()
    }
  }
}

/** Resolves after the delay or when the signal aborts; never rejects. */
export const pause = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    signal.addEventListener('abort', done)
  })

/** A part of the feed and the position up to which nothing else of these types exists. */
export interface FeedPart {
  readonly entries: readonly FeedEntry[]
  readonly position: number
}

/** Reads on from a position. A filter that matches nothing still moves on, so that old entries are read once. */
export const readFeed = async (
  stores: { readonly events: EventStore; readonly objects: Pick<ObjectStore, 'currentSeq'> },
  query: { readonly after: number; readonly limit: number; readonly types: readonly string[] },
): Promise<FeedPart> => {
  // NOTE: the head is read first; an entry that commits in between lies above it.
  const head = await stores.objects.currentSeq()
  const { types, ...range } = query
  const entries = await stores.events.feed(types.length === 0 ? range : { ...range, types })
  const last = entries.at(-1)?.seq
  const complete = entries.length < query.limit
  return { entries, position: Math.max(query.after, last ?? 0, complete ? head : 0) }
}
