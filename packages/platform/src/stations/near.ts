import { type Area, readBox } from './box.js'
import { compileFilters, type StationFilters } from './filters.js'
import { DEGREE, DEGREE_M, distanceM, type Place } from './place.js'
import { newWanted, pointAt, type StationPoint } from './station-point.js'
import type { StationTable } from './station-table.js'
import { stationsWithin } from './viewport.js'

/** A station and how far away it is, in metres. */
export interface NearStation extends StationPoint {
  readonly distanceM: number
}

/** Stations by distance, and where to go on. */
export interface NearStations {
  readonly stations: readonly NearStation[]
  /** For `cursor`; undefined after the last. */
  readonly next: string | undefined
}

/** What is asked for. */
export interface NearQuery {
  readonly place: Place
  readonly filters: StationFilters
  readonly limit: number
  /** `next` of the answer before. */
  readonly cursor?: string
  /** Stations farther away are left out, in metres. */
  readonly mostM?: number
  readonly nowMs: number
}

interface Position {
  readonly distanceM: number
  readonly key: string
}

/** The stations of one page are looked for within this distance first, and then farther and farther, in metres. */
const FIRST_M = 5_000
const FARTHER = 5
/** Nothing is farther away, in metres. */
const WHOLE_EARTH_M = 20_100_000

const cursorOf = ({ distanceM: distance, key }: Position): string =>
  Buffer.from(JSON.stringify([distance, key])).toString('base64url')

/** Reads a cursor; undefined when it is none of `near`. */
const readCursor = (cursor: string): Position | undefined => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const [distance, key]: readonly unknown[] = Array.isArray(parsed) ? parsed : []
    return typeof distance === 'number' && typeof key === 'string' ? { distanceM: distance, key } : undefined
  } catch {
    return undefined
  }
}

/** A box with everything within a distance of a place. */
const areaAround = ({ lat, lon }: Place, radiusM: number): Area | undefined => {
  const [latitude, longitude, high] = [lat / DEGREE, lon / DEGREE, radiusM / DEGREE_M]
  const farthest = Math.min(90, Math.abs(latitude) + high)
  const wide = farthest >= 89 ? 180 : Math.min(180, high / Math.cos((farthest * Math.PI) / 180))
  const [south, north] = [Math.max(-90, latitude - high), Math.min(90, latitude + high)]
  const read = readBox({ west: longitude - wide, east: longitude + wide, south, north })
  return read.kind === 'area' ? read.area : undefined
}

const isAfter = (station: Position, after: Position | undefined): boolean =>
  after === undefined ||
  station.distanceM > after.distanceM ||
  (station.distanceM === after.distanceM && station.key > after.key)

interface Measured extends Position {
  readonly slot: number
}

const byDistance = (a: Measured, b: Measured): number => a.distanceM - b.distanceM || (a.key < b.key ? -1 : 1)

/** Wanted stations within a distance, from a position on, nearest first. */
const within = (
  table: StationTable,
  query: NearQuery,
  radiusM: number,
  after: Position | undefined,
): Measured[] => {
  const { place, filters, nowMs } = query
  const area = areaAround(place, radiusM)
  if (area === undefined) return []
  const { lat, lon } = table.columns
  const { slots, count } = stationsWithin(table, area, compileFilters(table, filters, nowMs))
  return [...slots.subarray(0, count)]
    .map((slot) => ({
      slot,
      key: table.keys[slot] ?? '',
      distanceM: distanceM(place, { lat: lat[slot] ?? 0, lon: lon[slot] ?? 0 }),
    }))
    .filter((found) => found.distanceM <= radiusM && isAfter(found, after))
    .sort(byDistance)
}

const pageOf = (table: StationTable, found: readonly Measured[], query: NearQuery): NearStations => {
  const match = compileFilters(table, query.filters, query.nowMs)
  const wanted = newWanted()
  const page = found.slice(0, query.limit)
  const stations = page.map(({ slot, distanceM: distance }) => {
    match(slot, wanted)
    return { ...pointAt(table, slot, wanted), distanceM: distance }
  })
  const last = page.at(-1)
  return { stations, next: found.length > query.limit && last !== undefined ? cursorOf(last) : undefined }
}

/** Stations by distance, the nearest first; undefined when the cursor is none of an earlier answer. */
export const stationsNear = (table: StationTable, query: NearQuery): NearStations | undefined => {
  const { limit, cursor, mostM = WHOLE_EARTH_M } = query
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if (cursor !== undefined && after === undefined) return undefined
  let radiusM = Math.max(FIRST_M, (after?.distanceM ?? 0) * 1.5)
  for (;;) {
    const reach = Math.min(radiusM, mostM)
    const found = within(table, query, reach, after)
    if (found.length > limit || radiusM >= Math.min(mostM, WHOLE_EARTH_M)) return pageOf(table, found, query)
    radiusM *= FARTHER
  }
}
