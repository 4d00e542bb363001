import type { NodeEvent } from './node.js'

/** Events kept for the page of events. */
const KEPT = 500
/** Length of one bar of the traffic chart, in milliseconds, and how many there are. */
export const BAR_MS = 10_000
const BARS = 60

/** Events since this page was opened. */
export interface RecentEvents {
  /** Newest first. */
  readonly events: readonly NodeEvent[]
  /** Events of each ten seconds, oldest first, of the last ten minutes. */
  readonly bars: readonly { readonly atMs: number; readonly count: number }[]
  readonly seen: number
}

/** Keeps the newest events, and counts all of them by time. */
export class RecentEventStore {
  #snapshot: RecentEvents = { events: [], bars: [], seen: 0 }
  #pending: NodeEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  add(event: NodeEvent): void {
    this.#pending.push(event)
    // NOTE: pages are drawn a few times a second at most, whatever arrives.
    this.#timer ??= setTimeout(() => this.#flush(Date.now()), 300)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): RecentEvents => this.#snapshot

  #flush(nowMs: number): void {
    this.#timer = undefined
    const added = this.#pending
    this.#pending = []
    const { events, bars, seen } = this.#snapshot
    this.#snapshot = {
      events: [...added.toReversed(), ...events].slice(0, KEPT),
      bars: countInto(bars, added.length, nowMs),
      seen: seen + added.length,
    }
    for (const listener of this.#listeners) listener()
  }
}

/** Adds a count to the bar of now; bars without events are filled in, and old ones dropped. */
export const countInto = (bars: RecentEvents['bars'], count: number, nowMs: number): RecentEvents['bars'] => {
  const now = Math.floor(nowMs / BAR_MS) * BAR_MS
  const filled = new Map(bars.map((bar) => [bar.atMs, bar.count]))
  filled.set(now, (filled.get(now) ?? 0) + count)
  const first = bars[0]?.atMs ?? now
  const from = Math.max(first, now - (BARS - 1) * BAR_MS)
  const length = Math.round((now - from) / BAR_MS) + 1
  return Array.from({ length }, (_, index) => {
    const atMs = from + index * BAR_MS
    return { atMs, count: filled.get(atMs) ?? 0 }
  })
}
