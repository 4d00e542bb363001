import { isJsonObject, parseDateTime } from '@interwatt/protocol'
import type { ChargeReading, Document } from '@interwatt/store'
import { whOf } from './exact-price.js'

const MS_PER_HOUR = 3_600_000
/** The clock of a charge point and that of who tells of it agree when the first state of a session is no further from its start. */
const AGREE_MS = 15 * 60_000
/** Readings closer than this tell no power: meters count whole Wh. */
const APART_MS = 20_000
/** Most points of a curve. */
const MOST_POINTS = 240

/** Power over a stretch of time, by the clock of the session. */
export interface PowerPoint {
  /** ISO times. */
  readonly from: string
  readonly to: string
  /** Whole W. */
  readonly w: number
}

const msOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? parseDateTime(value)?.epochMs : undefined

const iso = (ms: number): string => new Date(ms).toISOString()

/**
 * Whether `last_updated` of a session runs with its own times. A charge point may keep a time of its own, as those of the demonstration
 * do: then only what its periods say counts. Decided on the first state that came.
 */
export const sharesClockOf = (session: Document): boolean | null => {
  const [start, updated] = [msOf(session.start_date_time), msOf(session.last_updated)]
  return start === undefined || updated === undefined ? null : Math.abs(updated - start) <= AGREE_MS
}

interface Period {
  readonly startMs: number
  /** Undefined for the last one where it tells no time. */
  readonly endMs: number | undefined
  readonly wh: number
}

const volumeOf = (dimensions: unknown, type: string): number => {
  const found = Array.isArray(dimensions)
    ? dimensions.find((one) => isJsonObject(one) && one.type === type)
    : undefined
  return isJsonObject(found) && typeof found.volume === 'number' ? found.volume : 0
}

const periodsOf = ({ charging_periods: given }: Document): readonly Period[] => {
  const read = Array.isArray(given) ? given.filter(isJsonObject) : []
  const starts = read.map(({ start_date_time }) => msOf(start_date_time))
  return read.flatMap(({ dimensions }, index) => {
    const startMs = starts[index]
    if (startMs === undefined) return []
    const hours = volumeOf(dimensions, 'TIME') + volumeOf(dimensions, 'PARKING_TIME')
    const endMs = hours > 0 ? startMs + Math.round(hours * MS_PER_HOUR) : starts[index + 1]
    return [{ startMs, endMs, wh: whOf(volumeOf(dimensions, 'ENERGY')) ?? 0 }]
  })
}

/** Up to when a session is told, by its own clock, in epoch milliseconds; undefined when it does not say. */
const toldUntil = (session: Document, sharesClock: boolean | null): number | undefined => {
  const end = msOf(session.end_date_time)
  if (end !== undefined) return end
  const last = periodsOf(session).at(-1)
  const told = [last?.endMs, last?.startMs, sharesClock === true ? msOf(session.last_updated) : undefined]
  const known = told.filter((ms) => ms !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

/** How long a session lasts so far, by its own times, in whole seconds; null while it does not say. */
export const durationOf = (session: Document, sharesClock: boolean | null): number | null => {
  const [start, until] = [msOf(session.start_date_time), toldUntil(session, sharesClock)]
  return start === undefined || until === undefined ? null : Math.max(0, Math.round((until - start) / 1000))
}

const powerW = (wh: number, ms: number): number => Math.max(0, Math.round((wh * MS_PER_HOUR) / ms))

const fromReadings = (readings: readonly ChargeReading[]): readonly PowerPoint[] => {
  const points: PowerPoint[] = []
  let before: { readonly ms: number; readonly wh: number } | undefined
  for (const { at, wh } of readings) {
    const ms = Date.parse(at)
    if (before !== undefined && ms - before.ms < APART_MS) continue
    if (before !== undefined)
      points.push({ from: iso(before.ms), to: iso(ms), w: powerW(wh - before.wh, ms - before.ms) })
    before = { ms, wh }
  }
  return points
}

const fromPeriods = (session: Document): readonly PowerPoint[] =>
  periodsOf(session).flatMap(({ startMs, endMs, wh }) =>
    endMs === undefined || endMs <= startMs
      ? []
      : [{ from: iso(startMs), to: iso(endMs), w: powerW(wh, endMs - startMs) }],
  )

/** Power over the session: between the readings that came, or where the clock is another one, in the periods that are told. */
export const powerCurve = (
  session: Document,
  readings: readonly ChargeReading[],
  sharesClock: boolean | null,
): readonly PowerPoint[] => {
  const read = sharesClock === true ? fromReadings(readings) : []
  return (read.length > 0 ? read : fromPeriods(session)).slice(-MOST_POINTS)
}

/** The reading that a state of a session is; undefined when it says no energy or no time. */
export const readingOf = (session: Document): ChargeReading | undefined => {
  const [wh, ms] = [whOf(session.kwh), msOf(session.last_updated)]
  return wh === null || ms === undefined ? undefined : { at: iso(ms), wh }
}
