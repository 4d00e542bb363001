import type { Driver, DriverChargeStore, DriverLanguage, ObjectStore } from '@interwatt/store'
import { type FrameSource, type Frames, frameOf } from '../../operator/frame-stream.js'
import { Waiters } from '../../operator/waiters.js'
import type { Area, StationIndexService } from '../../stations/index.js'
import type { Charging } from '../charging.js'
import { type Changed, type DriverNews, noteChange } from './driver-news.js'

/** Longest time between two looks, in milliseconds. */
const LOOK_MS = 5_000
/** Stations and maps are told of at most this often, in milliseconds. */
const PLACES_MS = 1_000
/** Changes of places of this time are looked at together, in milliseconds. */
const GATHER_MS = 50

/** A station that a reader watches. */
export interface WatchedStation {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly area: Area
}

/** What a reader wants to be told of. */
export interface Watched {
  /** Null without a sign-in: then nothing about charges is told. */
  readonly driver: Driver | null
  readonly language: DriverLanguage
  readonly stations: readonly WatchedStation[]
  readonly area: Area | undefined
  /** Where it goes on; undefined when it begins. */
  readonly resumeAfter: number | undefined
}

/** Where streams of drivers read. */
export interface DriverStreamDeps {
  readonly news: DriverNews
  readonly charging: Charging
  readonly charges: Pick<DriverChargeStore, 'open'>
  readonly objects: Pick<ObjectStore, 'currentSeq'>
  readonly stations: StationIndexService
  now(): number
}

/** What one reader of events is told: charges and reservations of its driver, stations and the map it looks at. */
export class DriverStream implements FrameSource {
  readonly #changed: Changed = { charges: new Set(), reservations: new Set() }
  readonly #waiters = new Waiters()
  readonly #end: () => void
  #isFilled = false
  #placesSeq: number
  #placesAtMs = 0

  constructor(
    private readonly deps: DriverStreamDeps,
    private readonly watched: Watched,
  ) {
    this.#placesSeq = deps.stations.state().seq
    const { driver } = watched
    this.#end =
      driver === null
        ? () => undefined
        : deps.news.listen({
            driverId: driver.id,
            tell: (entry) => {
              noteChange(this.#changed, entry)
              this.#waiters.wakeAll()
            },
          })
  }

  /** Listens no more. */
  close(): void {
    this.#end()
  }

  async next(signal: AbortSignal): Promise<void> {
    const { area, stations } = this.watched
    const own = this.#waiters.wait(signal, LOOK_MS)
    if (area === undefined && stations.length === 0) return own
    const ended = new AbortController()
    const end = (): void => ended.abort()
    signal.addEventListener('abort', end)
    const pauseMs = Math.max(0, this.#placesAtMs + PLACES_MS - this.deps.now())
    const places = this.#waiters.wait(ended.signal, pauseMs).then(() => this.#placesChange(ended.signal))
    await Promise.race([own, places])
    end()
    signal.removeEventListener('abort', end)
  }

  async read(after: number): Promise<Frames> {
    // NOTE: the head is read first; what changes in between is told with the next frames.
    const head = Math.max(after, await this.deps.objects.currentSeq())
    const own = await this.#own(head)
    return { frames: [...own, ...this.#places(head)], position: head, isFull: false }
  }

  /** Resolves when something that is watched changed, also before it was called; what changes elsewhere does not make a stream read. */
  async #placesChange(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { seq, changed, moved } = this.#changedPlaces()
      if (changed.length > 0 || moved) return
      this.#placesSeq = seq
      await this.deps.stations.next(signal, LOOK_MS)
      // NOTE: an index that ends does not wait any more.
      await this.#waiters.wait(signal, GATHER_MS)
    }
  }

  /** What of the watched places changed since the last look. */
  #changedPlaces() {
    const { stations: index } = this.deps
    const { stations, area } = this.watched
    const [since, { seq }] = [this.#placesSeq, index.state()]
    if (seq === since) return { seq, changed: [], moved: false }
    const changed = stations.filter((station) => index.changedSince(since, station.area))
    return { seq, changed, moved: area !== undefined && index.changedSince(since, area) }
  }

  /** What a reader that begins, or comes back, has not seen. */
  async #fill({ id }: Driver): Promise<void> {
    const { resumeAfter } = this.watched
    for (const charge of await this.deps.charges.open(id)) this.#changed.charges.add(charge.id)
    const missed = resumeAfter === undefined ? undefined : await this.deps.news.missed(id, resumeAfter)
    for (const charge of missed?.charges ?? []) this.#changed.charges.add(charge)
    for (const reservation of missed?.reservations ?? []) this.#changed.reservations.add(reservation)
    this.#isFilled = true
  }

  async #own(position: number): Promise<Frames['frames']> {
    const { driver, language } = this.watched
    if (driver === null) return []
    if (!this.#isFilled) await this.#fill(driver)
    const { charging } = this.deps
    const { charges, reservations } = this.#changed
    const [chargeIds, reservationIds] = [[...charges], [...reservations]]
    // NOTE: forgotten before reading, so that what changes meanwhile is told again.
    charges.clear()
    reservations.clear()
    try {
      const told = await Promise.all([
        ...chargeIds.map(async (id) => ({
          event: 'charge',
          result: await charging.charges.get(driver, id, language),
        })),
        ...reservationIds.map(async (id) => ({
          event: 'reservation',
          result: await charging.reservations.get(driver, id, language),
        })),
      ])
      return told.flatMap(({ event, result }) =>
        result.kind === 'done' ? [frameOf(position, event, JSON.stringify(result.value))] : [],
      )
    } catch (error) {
      // NOTE: a database that does not answer costs no news.
      for (const id of chargeIds) charges.add(id)
      for (const id of reservationIds) reservations.add(id)
      throw error
    }
  }

  #places(position: number): Frames['frames'] {
    const { now } = this.deps
    const { stations, area } = this.watched
    if ((area === undefined && stations.length === 0) || now() - this.#placesAtMs < PLACES_MS) return []
    const { seq, changed, moved } = this.#changedPlaces()
    this.#placesSeq = seq
    if (changed.length === 0 && !moved) return []
    this.#placesAtMs = now()
    return [
      ...changed.map(({ area: _area, ...station }) => frameOf(position, 'station', JSON.stringify(station))),
      ...(moved ? [frameOf(position, 'map', JSON.stringify({ seq }))] : []),
    ]
  }
}
