import type { ocpi230 } from '@interwatt/protocol'
import { compare, type Fraction, fraction } from './fraction.js'
import { type WallTime, wallTime } from './wall-clock.js'

export type Tariff = ocpi230.Tariff
export type TariffElement = Tariff['elements'][number]
export type Restrictions = NonNullable<TariffElement['restrictions']>

/** What is true at the start of a segment, as far as a restriction may ask. */
export interface Circumstances {
  readonly atS: number
  /** Undefined when unknown: then time, date and weekday cannot be judged. */
  readonly timeZone: string | undefined
  /** Seconds since the session started, parking included (TAR-072). */
  readonly elapsedS: number
  /** Energy of the session before this moment. */
  readonly energyKwh: Fraction
  /** Undefined when not measured: then the restriction counts as held (tariffs 4.4). */
  readonly power: Range | undefined
  /** Sum over the phases. */
  readonly current: Range | undefined
}

/** Smallest and largest value inside a segment, in kW or A. */
export interface Range {
  readonly min: Fraction
  readonly max: Fraction
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const withinDay = (minute: number, start: string | undefined, end: string | undefined): boolean => {
  const from = start === undefined ? 0 : minutesOf(start)
  const until = end === undefined || end === '00:00' ? 1440 : minutesOf(end)
  if (from === until) return true
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

const holdsOnWall = (r: Restrictions, wall: WallTime): boolean =>
  withinDay(wall.minuteOfDay, r.start_time, r.end_time) &&
  (r.start_date === undefined || wall.date >= r.start_date) &&
  (r.end_date === undefined || wall.date < r.end_date) &&
  (r.day_of_week === undefined ||
    r.day_of_week.length === 0 ||
    r.day_of_week.some((day) => day === wall.weekday))

const between = (low: Fraction, high: Fraction, min: number | undefined, max: number | undefined): boolean =>
  (min === undefined || compare(low, fraction(min)) >= 0) &&
  (max === undefined || compare(high, fraction(max)) < 0)

/** True when the element looks at the wall clock, so that a price needs the location's time zone. */
export const needsTimeZone = (r: Restrictions): boolean =>
  r.start_time !== undefined ||
  r.end_time !== undefined ||
  r.start_date !== undefined ||
  r.end_date !== undefined ||
  (r.day_of_week?.length ?? 0) > 0

/**
 * Whether all restrictions hold (TAR-070), lower bounds inclusive and upper bounds exclusive (TAR-072). The
 * `reservation` restriction is not looked at here: it selects elements, see `elementsFor`.
 */
export const holds = (r: Restrictions | undefined, at: Circumstances): boolean => {
  if (r === undefined) return true
  const elapsed = fraction(at.elapsedS)
  return (
    (!needsTimeZone(r) || (at.timeZone !== undefined && holdsOnWall(r, wallTime(at.atS, at.timeZone)))) &&
    between(at.energyKwh, at.energyKwh, r.min_kwh, r.max_kwh) &&
    between(elapsed, elapsed, r.min_duration, r.max_duration) &&
    (at.power === undefined || between(at.power.min, at.power.max, r.min_power, r.max_power)) &&
    (at.current === undefined || between(at.current.min, at.current.max, r.min_current, r.max_current))
  )
}

/** How a segment is priced: ordinary charging, a reservation that was used, or one that expired. */
export type SegmentKind = 'charging' | 'reserved' | 'expired'

/** The elements that may price a segment, in order of precedence (TAR-081, TAR-082). */
export const elementsFor = (tariff: Tariff, kind: SegmentKind): readonly TariffElement[] => {
  const withReservation = (value: string | undefined) =>
    tariff.elements.filter((element) => element.restrictions?.reservation === value)
  if (kind === 'charging') return withReservation(undefined)
  if (kind === 'reserved') return withReservation('RESERVATION')
  return [...withReservation('RESERVATION_EXPIRES'), ...withReservation('RESERVATION')]
}
