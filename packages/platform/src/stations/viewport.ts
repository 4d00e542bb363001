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

/** Slots of wanted stations within an area. */
export const slotsWithin = (
  table: StationTable,
  { south, north, first, second }: Area,
  match: Match,
): number[] => {
  const { live, lat, lon } = table.columns
  const wanted = newWanted()
  const slots: number[] = []
  const [west, east] = [first.west, first.east]
  const [west2, east2] = [second?.west ?? 1, second?.east ?? 0]
  for (let slot = 0; slot < table.bound; slot += 1) {
    const latitude = lat[slot] ?? 0
    if (latitude < south || latitude > north || live[slot] !== 1) continue
    const longitude = lon[slot] ?? 0
    if (!((longitude >= west && longitude <= east) || (longitude >= west2 && longitude <= east2))) continue
    if (match(slot, wanted)) slots.push(slot)
  }
  return slots
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

const add = (array: Uint32Array | Float64Array, at: number, value: number): void => {
  array[at] = (array[at] ?? 0) + value
}

const gather = (table: StationTable, slots: readonly number[], grid: Grid, match: Match): Squares => {
  const { x, y, lat, lon } = table.columns
  const squares = new Squares(grid.squares)
  const wanted = newWanted()
  for (const slot of slots) {
    const square = grid.squareOf(x[slot] ?? 0, y[slot] ?? 0)
    match(slot, wanted)
    if (squares.stations[square] === 0) {
      squares.used.push(square)
      squares.firstSlot[square] = slot
    }
    const first = squares.firstSlot[square] ?? 0
    add(squares.stations, square, 1)
    add(squares.evses, square, wanted.evses)
    add(squares.free, square, wanted.free)
    add(squares.lat, square, lat[slot] ?? 0)
    add(squares.lon, square, lon[slot] ?? 0)
    squares.spreadX[square] = (squares.spreadX[square] ?? 0) | ((x[slot] ?? 0) ^ (x[first] ?? 0))
    squares.spreadY[square] = (squares.spreadY[square] ?? 0) | ((y[slot] ?? 0) ^ (y[first] ?? 0))
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
const boundsOf = (table: StationTable, slots: readonly number[]): Box | undefined => {
  if (slots.length === 0) return undefined
  const { lat, lon } = table.columns
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const slot of slots) {
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
  const slots = slotsWithin(table, area, match)
  const [total, bounds] = [slots.length, boundsOf(table, slots)]
  if (total <= MOST_FEATURES && zoom >= SINGLES_ZOOM)
    return { clusters: [], stations: pointsOf(table, slots, match), total, bounds }
  let grid = gridOver(area, levelOfZoom(zoom))
  let squares = gather(table, slots, grid, match)
  while (squares.used.length > MOST_FEATURES) {
    grid = gridOver(area, grid.level - 1)
    squares = gather(table, slots, grid, match)
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
