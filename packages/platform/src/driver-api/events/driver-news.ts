import { isJsonObject } from '@interwatt/protocol'
import type { EventStore, FeedEntry, ObjectStore } from '@interwatt/store'
import { CHARGE_EVENT, RESERVATION_EVENT } from '../../drivers/charges/charge-news.js'
import { FeedWatch, readFeed } from '../../operator/feed-watch.js'

const TYPES = [CHARGE_EVENT, RESERVATION_EVENT]
const BATCH = 500
/** More than a stream that was away for a while has missed; whoever missed more is told of what runs only. */
const MOST_MISSED = 1_000

/** What changed for one driver, by id. */
export interface Changed {
  readonly charges: Set<string>
  readonly reservations: Set<string>
}

/** Whoever is told of the changes of one driver. */
interface Listener {
  readonly driverId: string
  tell(entry: FeedEntry): void
}

/** Where the news are read. */
export interface NewsDeps {
  readonly events: EventStore
  readonly objects: Pick<ObjectStore, 'currentSeq' | 'waitForChange'>
  logError(error: unknown): void
}

const driverOfEntry = ({ data }: FeedEntry): unknown => (isJsonObject(data) ? data.driver_id : undefined)

/** Notes what an entry of the feed is about. */
export const noteChange = (changed: Changed, { type, subject }: FeedEntry): void => {
  const set = type === CHARGE_EVENT ? changed.charges : changed.reservations
  set.add(subject)
}

/** Reads news of charges and reservations once for all streams of this node, while there are any. */
export class DriverNews implements AsyncDisposable {
  readonly #watch: FeedWatch
  readonly #stop = new AbortController()
  readonly #listeners = new Set<Listener>()
  #running: Promise<void> | undefined

  constructor(private readonly deps: NewsDeps) {
    this.#watch = new FeedWatch(deps.objects)
  }

  /** Tells of changes from now on; the answer ends that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return () => this.#listeners.delete(listener)
  }

  /** What changed for a driver after a position; undefined when too much happened since. */
  async missed(driverId: string, after: number): Promise<Changed | undefined> {
    const entries = await this.deps.events.feed({ after, limit: MOST_MISSED, types: TYPES })
    if (entries.length === MOST_MISSED) return undefined
    const changed: Changed = { charges: new Set(), reservations: new Set() }
    for (const entry of entries) if (driverOfEntry(entry) === driverId) noteChange(changed, entry)
    return changed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#watch[Symbol.asyncDispose]()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    let position: number | undefined
    while (!signal.aborted && this.#listeners.size > 0) {
      const change = this.#watch.next(signal)
      try {
        position ??= await this.deps.objects.currentSeq()
        const part = await readFeed(this.deps, { after: position, limit: BATCH, types: TYPES })
        for (const entry of part.entries) this.#dispatch(entry)
        position = part.position
        if (part.entries.length === BATCH) continue
      } catch (error) {
        this.deps.logError(error)
      }
      await change
    }
  }

  #dispatch(entry: FeedEntry): void {
    const driverId = driverOfEntry(entry)
    for (const listener of this.#listeners) if (listener.driverId === driverId) listener.tell(entry)
  }
}
