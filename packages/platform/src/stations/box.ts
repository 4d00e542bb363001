import { DEGREE, type Place } from './place.js'

/** A part of a map in degrees. `west` above `east` crosses the antimeridian; longitudes may lie outside of ±180, as maps that go round give them. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Longitudes from `west` to `east` in 1e-7 degrees, both within. */
interface Span {
  readonly west: number
  readonly east: number
}

/** A box as it is searched: one span of longitudes, or two where it crosses the antimeridian. */
export interface Area {
  readonly south: number
  readonly north: number
  readonly first: Span
  readonly second: Span | undefined
  /** The box in degrees, `west` within -180 to 180 and `east` not before it. */
  readonly box: Box
}

/** A box, or why it is none. */
export type BoxResult =
  | { readonly kind: 'area'; readonly area: Area }
  | { readonly kind: 'wrong'; readonly why: string }

const whole = (degrees: number): number => Math.round(degrees * DEGREE)

const wrap = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180

const areaOf = (box: Box): Area => {
  const { west, south, east, north } = box
  const crosses = east > 180
  return {
    south: whole(south),
    north: whole(north),
    first: { west: whole(west), east: whole(crosses ? 180 : east) },
    second: crosses ? { west: whole(-180), east: whole(east - 360) } : undefined,
    box,
  }
}

/** Reads a box: latitudes beyond the poles are cut, longitudes turned back into the world. */
export const readBox = ({ west, south, east, north }: Box): BoxResult => {
  if (![west, south, east, north].every((degrees) => Math.abs(degrees) <= 1_000_000))
    return { kind: 'wrong', why: 'west, south, east and north are degrees.' }
  if (south > north) return { kind: 'wrong', why: 'south is north of north.' }
  if (south > 90 || north < -90) return { kind: 'wrong', why: 'south and north lie beyond a pole.' }
  const latitudes = { south: Math.max(-90, south), north: Math.min(90, north) }
  if (east - west >= 360) return { kind: 'area', area: areaOf({ ...latitudes, west: -180, east: 180 }) }
  const from = wrap(west)
  const width = east >= west ? east - west : wrap(east) - from + (wrap(east) < from ? 360 : 0)
  return { kind: 'area', area: areaOf({ ...latitudes, west: from, east: from + width }) }
}

/** Whether a place lies in an area, its edges included. */
export const isWithin = ({ south, north, first, second }: Area, { lat, lon }: Place): boolean =>
  lat >= south &&
  lat <= north &&
  ((lon >= first.west && lon <= first.east) ||
    (second !== undefined && lon >= second.west && lon <= second.east))
