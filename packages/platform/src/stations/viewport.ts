import type { Area, Box } from './box.js'
import { type Grid, gridOver, levelOfZoom, stepOf, zoomThatSplits } from './cluster-grid.js'
import { compileFilters, type Match, type StationFilters } from './filters.js'
import { DEGREE } from './place.js'
import { newWanted, pointAt, type StationPoint } from './station-point.js'
import type { StationTable } from './station-table.js'

/** Most features of an answer. */
const MOST_FEATURES = 500
/** From this zoom on stations stand alone, unless there are too many. */
const SINGLES_ZOOM = 14
/** Maps go no closer. */
const LAST_ZOOM = 22

/** Several stations close to each other on the map. */
export interface StationCluster {
  /** Degrees; the middle of the stations. */
  readonly latitude: number
  readonly longitude: number
  readonly stations: number
  readonly evses: number
  readonly free: number
  /** The least zoom at which it falls apart. */
  readonly expandZoom: number
}

/** What a map draws of a box. */
export interface Viewport {
  readonly clusters: readonly StationCluster[]
  readonly stations: readonly StationPoint[]
  /** Stations in the box that are wanted, in clusters or alone. */
  readonly total: number
  /** The least box around all of them in degrees, `west` to `east` without crossing the antimeridian; undefined when there is none. */
  readonly bounds: Box | undefined
}

/** What a map asks for. */
export interface ViewportQuery {
  readonly area: Area
  /** As map libraries count it: the world is 512 pixels wide at 0. */
  readonly zoom: number
  readonly filters: StationFilters
  readonly nowMs: number
}

/** Stations that were found, with how many of their EVSEs are wanted and free. */
export interface Found {
  readonly count: number
  readonly slots: Uint32Array
  readonly evses: Uint32Array
  readonly free: Uint32Array
}

/** Wanted stations within an area. */
export const stationsWithin = (
  table: StationTable,
  { south, north, first, second }: Area,
  match: Match,
): Found => {
  const { live, lat, lon } = table.columns
  const wanted = newWanted()
  const [west, east] = [first.west, first.east]
  const [west2, east2] = [second?.west ?? 1, second?.east ?? 0]
  const most = table.bound
  const found = { slots: new Uint32Array(most), evses: new Uint32Array(most), free: new Uint32Array(most) }
  let count = 0
  for (let slot = 0; slot < most; slot += 1) {
    const latitude = lat[slot] ?? 0
    if (latitude < south || latitude > north || live[slot] !== 1) continue
    const longitude = lon[slot] ?? 0
    if (!((longitude >= west && longitude <= east) || (longitude >= west2 && longitude <= east2))) continue
    if (!match(slot, wanted)) continue
    found.slots[count] = slot
    found.evses[count] = wanted.evses
    found.free[count] = wanted.free
    count += 1
  }
  return { ...found, count }
}

/** Sums of the stations in each square of a grid. */
class Squares {
  readonly stations: Uint32Array
  readonly evses: Uint32Array
  readonly free: Uint32Array
  readonly lat: Float64Array
  readonly lon: Float64Array
  /** Bits in which the stations of a square differ from its first one. */
  readonly spreadX: Uint32Array
  readonly spreadY: Uint32Array
  readonly firstSlot: Uint32Array
  /** Squares that are not empty. */
  readonly used: number[] = []

  constructor(squares: number) {
    this.stations = new Uint32Array(squares)
    this.evses = new Uint32Array(squares)
    this.free = new Uint32Array(squares)
    this.lat = new Float64Array(squares)
    this.lon = new Float64Array(squares)
    this.spreadX = new Uint32Array(squares)
    this.spreadY = new Uint32Array(squares)
    this.firstSlot = new Uint32Array(squares)
  }
}

const gather = ({ columns }: StationTable, found: Found, grid: Grid): Squares => {
  const { x, y, lat, lon } = columns
  const squares = new Squares(grid.squares)
  const { stations, evses, free, spreadX, spreadY, firstSlot } = squares
  for (let index = 0; index < found.count; index += 1) {
    const slot = found.slots[index] ?? 0
    const [east, south] = [x[slot] ?? 0, y[slot] ?? 0]
    const square = grid.squareOf(east, south)
    if (stations[square] === 0) {
      squares.used.push(square)
      firstSlot[square] = slot
    }
    const first = firstSlot[square] ?? 0
    stations[square] = (stations[square] ?? 0) + 1
    evses[square] = (evses[square] ?? 0) + (found.evses[index] ?? 0)
    free[square] = (free[square] ?? 0) + (found.free[index] ?? 0)
    squares.lat[square] = (squares.lat[square] ?? 0) + (lat[slot] ?? 0)
    squares.lon[square] = (squares.lon[square] ?? 0) + (lon[slot] ?? 0)
    spreadX[square] = (spreadX[square] ?? 0) | (east ^ (x[first] ?? 0))
    spreadY[square] = (spreadY[square] ?? 0) | (south ^ (y[first] ?? 0))
  }
  return squares
}

const clusterAt = (squares: Squares, square: number, zoom: number): StationCluster => {
  const stations = squares.stations[square] ?? 1
  const spread = zoomThatSplits(squares.spreadX[square] ?? 0, squares.spreadY[square] ?? 0)
  return {
    latitude: Math.round((squares.lat[square] ?? 0) / stations) / DEGREE,
    longitude: Math.round((squares.lon[square] ?? 0) / stations) / DEGREE,
    stations,
    evses: squares.evses[square] ?? 0,
    free: squares.free[square] ?? 0,
    // NOTE: where stations stand alone, those that share a place do too; in larger squares the next zoom shows more in any case.
    expandZoom: Math.max(Math.min(spread, zoom < SINGLES_ZOOM ? SINGLES_ZOOM : LAST_ZOOM), stepOf(zoom) + 1),
  }
}

/** The least box around stations. */
const boundsOf = (table: StationTable, { slots, count }: Found): Box | undefined => {
  if (count === 0) return undefined
  const { lat, lon } = table.columns
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let index = 0; index < count; index += 1) {
    const slot = slots[index] ?? 0
    const [latitude, longitude] = [lat[slot] ?? 0, lon[slot] ?? 0]
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  return { west: west / DEGREE, south: south / DEGREE, east: east / DEGREE, north: north / DEGREE }
}

const pointsOf = (table: StationTable, slots: readonly number[], match: Match): StationPoint[] => {
  const wanted = newWanted()
  return slots.map((slot) => {
    match(slot, wanted)
    return pointAt(table, slot, wanted)
  })
}

/** Clusters and single stations of a box, at most 500 together; larger squares are taken where it would be more. */
export const viewportOf = (table: StationTable, { area, zoom, filters, nowMs }: ViewportQuery): Viewport => {
  const match = compileFilters(table, filters, nowMs)
  const found = stationsWithin(table, area, match)
  const [total, bounds] = [found.count, boundsOf(table, found)]
  if (total <= MOST_FEATURES && zoom >= SINGLES_ZOOM)
    return {
      clusters: [],
      stations: pointsOf(table, [...found.slots.subarray(0, total)], match),
      total,
      bounds,
    }
  let grid = gridOver(area, levelOfZoom(zoom))
  let squares = gather(table, found, grid)
  while (squares.used.length > MOST_FEATURES) {
    grid = gridOver(area, grid.level - 1)
    squares = gather(table, found, grid)
  }
  const alone = squares.used.filter((square) => squares.stations[square] === 1)
  return {
    clusters: squares.used
      .filter((square) => (squares.stations[square] ?? 0) > 1)
      .map((square) => clusterAt(squares, square, zoom)),
    stations: pointsOf(
      table,
      alone.map((square) => squares.firstSlot[square] ?? 0),
      match,
    ),
    total,
    bounds,
  }
}
