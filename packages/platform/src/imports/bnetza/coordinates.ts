import type { Note } from './row-report.js'

/** A place on the map: strings for the document, whole microdegrees for comparison. */
export interface Place {
  readonly latitude: string
  readonly longitude: string
  readonly latitudeMicro: number
  readonly longitudeMicro: number
}

/** One cell of a coordinate pair and what it must lie between, in whole degrees. */
export interface CoordinateCell {
  readonly column: string
  readonly text: string
  readonly min: number
  readonly max: number
}

const DECIMAL_DEGREES = /^(-?)(\d{1,3})(?:[.,](\d{0,12}))?$/
const MIN_DECIMALS = 5
/** Seven decimals do not fit the field lengths beyond 99 degrees (trap T-08). */
const MAX_DECIMALS = 6

interface Degrees {
  readonly text: string
  readonly micro: number
}

/** Microdegrees of `52,52979`, rounded half up in decimal digits, never through a float. */
function microOf(whole: string, fraction: string): number {
  const micro = Number(`${whole}${fraction.slice(0, 6).padEnd(6, '0')}`)
  return fraction.length > 6 && (fraction[6] ?? '0') >= '5' ? micro + 1 : micro
}

function readDegrees({ column, text, min, max }: CoordinateCell, note: Note): Degrees | undefined {
  const match = DECIMAL_DEGREES.exec(text.trim())
  if (!match) {
    note('coordinates_garbled', column, text, 'skipped: a Location needs coordinates')
    return undefined
  }
  const [, sign = '', whole = '', fraction = ''] = match
  const unsigned = microOf(whole, fraction)
  const micro = sign === '-' ? -unsigned : unsigned
  if (micro < min * 1_000_000 || micro > max * 1_000_000) {
    note('coordinates_implausible', column, text, `skipped: outside Germany (${min} to ${max})`)
    return undefined
  }
  return { text: writeDegrees(micro, fraction, column, text, note), micro }
}

function writeDegrees(micro: number, fraction: string, column: string, text: string, note: Note): string {
  if (fraction.length < MIN_DECIMALS)
    note('coordinates_imprecise', column, text, `padded with zeros: ${fraction.length} decimals given`)
  if (fraction.length > MAX_DECIMALS) note('coordinates_rounded', column, text, 'rounded to 6 decimals')
  const decimals = Math.min(Math.max(fraction.length, MIN_DECIMALS), MAX_DECIMALS)
  const digits = String(Math.abs(micro)).padStart(7, '0')
  return `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6).slice(0, decimals)}`
}

/** A plausible place in Germany, or undefined after reporting why not (LOC-111, LOC-112). */
export function readPlace(
  latitude: Pick<CoordinateCell, 'column' | 'text'>,
  longitude: Pick<CoordinateCell, 'column' | 'text'>,
  note: Note,
): Place | undefined {
  const north = readDegrees({ ...latitude, min: 47, max: 56 }, note)
  const east = readDegrees({ ...longitude, min: 5, max: 16 }, note)
  if (north === undefined || east === undefined) return undefined
  return {
    latitude: north.text,
    longitude: east.text,
    latitudeMicro: north.micro,
    longitudeMicro: east.micro,
  }
}

const METRES_PER_MICRODEGREE = 0.11132

/** Metres between two places a few kilometres apart (flat approximation, good to a metre in a kilometre). */
export function metresBetween(a: Place, b: Place): number {
  const north = a.latitudeMicro - b.latitudeMicro
  const middle = ((a.latitudeMicro + b.latitudeMicro) / 2_000_000) * (Math.PI / 180)
  const east = (a.longitudeMicro - b.longitudeMicro) * Math.cos(middle)
  return Math.hypot(north, east) * METRES_PER_MICRODEGREE
}
