import { setTimeout as delay } from 'node:timers/promises'
import type { ObjectStore, StationRowStore } from '@interwatt/store'
import { Waiters } from '../operator/waiters.js'
import type { Area } from './box.js'
import { compileFilters, type StationFilters } from './filters.js'
import { type NearQuery, type NearStations, stationsNear } from './near.js'
import type { MapQuery, StationIndexService, StationIndexState, StationMap } from './port.js'
import { RecentChanges } from './recent-changes.js'
import { newWanted, pointAt, type StationPoint } from './station-point.js'
import { StationTable } from './station-table.js'
import { viewportOf } from './viewport.js'

/** Locations read at once when it is filled: taking them over holds other work up for some ten milliseconds. */
const PAGE = 250
/** Changes read at once. */
const MOST_CHANGES = 500
/** Longest time between two looks for changes, in milliseconds, should a notification be lost. */
const LOOK_MS = 5_000
/** Changes of this time are read together, in milliseconds. */
const GATHER_MS = 150
/** Pause after the database failed, in milliseconds. */
const PAUSE_MS = 1_000

/** What an index is filled from and follows. */
export interface StationIndexDeps {
  readonly stations: StationRowStore
  readonly objects: Pick<ObjectStore, 'currentSeq' | 'waitForChange'>
  /** Clock in epoch milliseconds. */
  now(): number
  onError(error: unknown): void
  /** Pause after the database failed, in milliseconds; 1,000 when left out. */
  readonly pauseMs?: number
}

/** The index of stations of a node: filled once from the database, then kept current by following changes. */
export class StationIndex implements StationIndexService, AsyncDisposable {
  readonly #table = new StationTable()
  readonly #stop = new AbortController()
  readonly #waiters = new Waiters()
  #changes = new RecentChanges(0)
  #seq = 0
  #complete = false
  #loop: Promise<void> | undefined

  constructor(private readonly deps: StationIndexDeps) {}

  open(): void {
    if (!this.#stop.signal.aborted) this.#loop ??= this.#run()
  }

  state(): StationIndexState {
    this.open()
    const { size, evses, withoutPlace } = this.#table
    return { complete: this.#complete, seq: this.#seq, stations: size, evses, withoutPlace }
  }

  async filled(maxMs: number): Promise<StationIndexState> {
    const deadline = performance.now() + maxMs
    this.open()
    while (!this.#complete && !this.#stop.signal.aborted) {
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) break
      await this.#waiters.wait(this.#stop.signal, leftMs)
    }
    return this.state()
  }

  map(query: MapQuery): StationMap {
    const { seq, complete } = this.state()
    return { ...viewportOf(this.#table, { ...query, nowMs: this.deps.now() }), seq, complete }
  }

  near(query: Omit<NearQuery, 'nowMs'>): NearStations | undefined {
    this.open()
    return stationsNear(this.#table, { ...query, nowMs: this.deps.now() })
  }

  get(key: string, filters: StationFilters = {}): StationPoint | undefined {
    this.open()
    const slot = this.#table.slotOf(key)
    if (slot === undefined) return undefined
    const wanted = newWanted()
    if (!compileFilters(this.#table, filters, this.deps.now())(slot, wanted)) return undefined
    return pointAt(this.#table, slot, wanted)
  }

  changedSince(seq: number, area: Area): boolean {
    this.open()
    return !this.#complete || this.#changes.anyAfter(seq, area)
  }

  next(signal: AbortSignal, maxMs: number): Promise<void> {
    this.open()
    return this.#stop.signal.aborted ? Promise.resolve() : this.#waiters.wait(signal, maxMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    this.#waiters.wakeAll()
    await this.#loop
  }

  /** Waits, but not longer than the index lives. */
  async #pause(delayMs: number): Promise<void> {
    await delay(delayMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }

  async #run(): Promise<void> {
    await this.#fill()
    let change: Promise<unknown> | undefined
    while (!this.#stop.signal.aborted) {
      // NOTE: waiting begins before reading, so that no change is missed in between.
      change ??= this.deps.objects.waitForChange(LOOK_MS, this.#stop.signal).catch(() => undefined)
      try {
        if (await this.#follow()) continue
      } catch (error) {
        this.#tell(error)
        await this.#pause(this.deps.pauseMs ?? PAUSE_MS)
        continue
      }
      await change
      change = undefined
      await this.#pause(GATHER_MS)
    }
  }

  /** Reads all locations, however often the database fails meanwhile: each failure goes on where it was. */
  async #fill(): Promise<void> {
    let [start, after]: [number | undefined, number | null] = [undefined, 0]
    while (after !== null && !this.#stop.signal.aborted) {
      try {
        // NOTE: the position is read first; what commits in between comes twice rather than never.
        start ??= await this.deps.objects.currentSeq()
        const page = await this.deps.stations.page(after, PAGE)
        for (const row of page.rows) this.#table.put(row)
        after = page.next
      } catch (error) {
        this.#tell(error)
        await this.#pause(this.deps.pauseMs ?? PAUSE_MS)
      }
    }
    if (after !== null || start === undefined) return
    this.#seq = start
    this.#changes = new RecentChanges(start)
    this.#complete = true
    this.#waiters.wakeAll()
  }

  /** Takes over what changed; true when there is more. */
  async #follow(): Promise<boolean> {
    const head = await this.deps.objects.currentSeq()
    const { rows, position, isFull } = await this.deps.stations.changed(this.#seq, MOST_CHANGES)
    const seq = Math.max(this.#seq, position ?? 0, isFull ? 0 : head)
    for (const row of rows) for (const place of this.#table.put(row)) this.#changes.add(seq, place)
    this.#seq = seq
    if (rows.length > 0) this.#waiters.wakeAll()
    return isFull
  }

  #tell(error: unknown): void {
    if (!this.#stop.signal.aborted) this.deps.onError(error)
  }
}
