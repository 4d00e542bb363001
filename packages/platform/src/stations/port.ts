import type { Area } from './box.js'
import type { StationFilters } from './filters.js'
import type { NearQuery, NearStations } from './near.js'
import type { StationPoint } from './station-point.js'
import type { Viewport } from './viewport.js'

/** How far an index is. */
export interface StationIndexState {
  /** False while it is being filled: answers have a part of the stations only. */
  readonly complete: boolean
  /** Position of the node up to which changes are in it; 0 while it is being filled. */
  readonly seq: number
  readonly stations: number
  readonly evses: number
  /** Locations that are left out because they have no coordinates that can be used. */
  readonly withoutPlace: number
}

/** What a map draws, and how far the index was. */
export type StationMap = Viewport & Pick<StationIndexState, 'seq' | 'complete'>

/** What a map asks for. */
export interface MapQuery {
  readonly area: Area
  /** As map libraries count it: the world is 512 pixels wide at 0. */
  readonly zoom: number
  readonly filters: StationFilters
}

/** Stations of all live locations, own and received, in the memory of a node. Every call opens it if nobody did before. */
export interface StationIndexService {
  /** Begins to fill it; does not wait. */
  open(): void
  state(): StationIndexState
  /** Resolves when it is complete, or after `maxMs`. */
  filled(maxMs: number): Promise<StationIndexState>
  /** Clusters and single stations of a box, at most 500 together. */
  map(query: MapQuery): StationMap
  /** Stations by distance; undefined when the cursor is none of an earlier answer. */
  near(query: Omit<NearQuery, 'nowMs'>): NearStations | undefined
  /** One station by its key, `DE/ABC/LOC1`; undefined when it is not known, has no place, or is none of those that the filters want. */
  get(key: string, filters?: StationFilters): StationPoint | undefined
  /** Whether something within an area changed after a position that an answer named; true when that is not known any more. */
  changedSince(seq: number, area: Area): boolean
  /** Resolves after the next changes are in it, after at most `maxMs`, or when the signal aborts. Call before asking. */
  next(signal: AbortSignal, maxMs: number): Promise<void>
}
