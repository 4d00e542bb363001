/** Units of a coordinate in one degree: places are whole numbers of 1e-7 degrees, about a centimetre. */
export const DEGREE = 10_000_000

/** A place in 1e-7 degrees. */
export interface Place {
  readonly lat: number
  readonly lon: number
}

const NUMBER = /^[+-]?\d{1,3}(\.\d+)?$/

const read = (text: string, mostDegrees: number): number | undefined => {
  const trimmed = text.trim()
  const degrees = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
  return Math.abs(degrees) <= mostDegrees ? Math.round(degrees * DEGREE) : undefined
}

/** The place that coordinates of a document name; undefined when they name none. 0, 0 is what is written by those who do not know. */
export const readPlace = (latitude: string, longitude: string): Place | undefined => {
  const [lat, lon] = [read(latitude, 90), read(longitude, 180)]
  if (lat === undefined || lon === undefined || (lat === 0 && lon === 0)) return undefined
  return { lat, lon }
}

/** Width of the world in units of `mercatorX` and `mercatorY`. */
export const WORLD = 2 ** 32
/** Beyond this latitude, in degrees, maps in this projection show nothing. */
const LAST_LATITUDE = 85.051_128_78

/** How far east a longitude in degrees is on a map: 0 to 2^32 - 1. */
export const mercatorX = (degrees: number): number =>
  Math.min(WORLD - 1, Math.max(0, Math.floor(((degrees + 180) / 360) * WORLD)))

/** How far south a latitude in degrees is on a map: 0 to 2^32 - 1. */
export const mercatorY = (degrees: number): number => {
  const sine = Math.sin((Math.min(LAST_LATITUDE, Math.max(-LAST_LATITUDE, degrees)) * Math.PI) / 180)
  const south = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return Math.min(WORLD - 1, Math.max(0, Math.floor(south * WORLD)))
}

const EARTH_RADIUS_M = 6_371_009

/** Metres between two places along the surface. */
export const distanceM = (a: Place, b: Place): number => {
  const radians = Math.PI / 180 / DEGREE
  const [latA, latB] = [a.lat * radians, b.lat * radians]
  const [lat, lon] = [(latB - latA) / 2, ((b.lon - a.lon) * radians) / 2]
  const haversine = Math.sin(lat) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(lon) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

/** Metres of one degree of latitude. */
export const DEGREE_M = (EARTH_RADIUS_M * Math.PI) / 180
