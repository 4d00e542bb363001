import type { ocpi230 } from '@interwatt/protocol'
import { MS_PER_DAY, WEEKDAYS } from './restriction.js'

type Restrictions = ocpi230.TariffRestrictions

/** A half-open interval of an axis. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What restrictions are about, one axis each. Local time of day in minutes, days since 1970, kWh, seconds, kW, A. */
export const AXES = ['timeOfDay', 'weekday', 'date', 'energy', 'duration', 'power', 'current'] as const

/** An axis of the restrictions of an element. */
export type Axis = (typeof AXES)[number]

/** When an element holds, as spans of every axis; an axis that is not restricted has one span without ends. */
export type Extent = Readonly<Record<Axis, readonly Span[]>>

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
const MINUTES_PER_DAY = 1440

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

const timeOfDay = ({ start_time, end_time }: Restrictions): readonly Span[] => {
  const from = start_time === undefined ? 0 : minuteOf(start_time)
  const to = end_time === undefined ? 0 : minuteOf(end_time)
  // The whole day, however it is said (4.4, #466, #502).
  if (from === to) return [ALWAYS]
  if (to === 0) return [{ from, to: MINUTES_PER_DAY }]
  return from < to
    ? [{ from, to }]
    : [
        { from: 0, to },
        { from, to: MINUTES_PER_DAY },
      ]
}

/** The day of a local date as a number; NaN for a date no calendar has. */
export const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY

const bounded = (from: number | undefined, to: number | undefined): readonly Span[] =>
  from === undefined && to === undefined ? [ALWAYS] : [{ from: from ?? ALWAYS.from, to: to ?? ALWAYS.to }]

const weekdays = (days: readonly ocpi230.DayOfWeek[] | undefined): readonly Span[] => {
  const places = WEEKDAYS.flatMap((day, index) => (days?.includes(day) ? [index] : []))
  return places.length === 0 || places.length === WEEKDAYS.length
    ? [ALWAYS]
    : places.map((place) => ({ from: place, to: place + 1 }))
}

/** When restrictions hold. `reservation` and `booking` are no part of it: they choose what an element is for. */
export const extentOf = (given: Restrictions | undefined): Extent => {
  const restrictions = given ?? {}
  const { start_date, end_date } = restrictions
  return {
    timeOfDay: timeOfDay(restrictions),
    weekday: weekdays(restrictions.day_of_week),
    date: bounded(
      start_date === undefined ? undefined : dayOf(start_date),
      end_date === undefined ? undefined : dayOf(end_date),
    ),
    energy: bounded(restrictions.min_kwh, restrictions.max_kwh),
    duration: bounded(restrictions.min_duration, restrictions.max_duration),
    power: bounded(restrictions.min_power, restrictions.max_power),
    current: bounded(restrictions.min_current, restrictions.max_current),
  }
}

const isUnbounded = (spans: readonly Span[]): boolean =>
  spans.some(({ from, to }) => from === ALWAYS.from && to === ALWAYS.to)

/** Whether an extent has no restriction at all. */
export const isUnrestricted = (extent: Extent): boolean => AXES.every((axis) => isUnbounded(extent[axis]))

const meet = (a: Span, b: Span): boolean => Math.max(a.from, b.from) < Math.min(a.to, b.to)

/** Whether both can hold at one moment. */
export const overlap = (a: Extent, b: Extent): boolean =>
  AXES.every((axis) => a[axis].some((one) => b[axis].some((other) => meet(one, other))))

/** Axes on which the least value is 0: a session neither takes less than nothing nor lasts shorter. */
const FROM_ZERO: readonly Axis[] = ['energy', 'duration', 'power', 'current']

/** The borders of elementary stretches of an axis: between two neighbours nothing changes. */
const bordersOf = (axis: Axis, extents: readonly Extent[]): readonly number[] => {
  const least = FROM_ZERO.includes(axis) || axis === 'timeOfDay' || axis === 'weekday' ? 0 : ALWAYS.from
  const greatest = axis === 'timeOfDay' ? MINUTES_PER_DAY : axis === 'weekday' ? WEEKDAYS.length : ALWAYS.to
  const inside = extents
    .flatMap((extent) => extent[axis].flatMap(({ from, to }) => [from, to]))
    .filter((border) => border > least && border < greatest)
  return [...new Set([least, ...inside])].sort((a, b) => a - b)
}

/** A place that is looked at: the lower border of an elementary stretch on every axis. */
export type Place = Readonly<Record<Axis, number>>

const NOWHERE: Place = { timeOfDay: 0, weekday: 0, date: 0, energy: 0, duration: 0, power: 0, current: 0 }

const holdsOn = (axis: Axis, at: number) => (extent: Extent) =>
  extent[axis].some(({ from, to }) => at >= from && at < to)

/** More looks at an extent than any tariff made by people needs; beyond it the answer is left open. */
const MAX_LOOKS = 200_000

interface Search {
  readonly within: Extent | undefined
  looks: number
}

/** The first place from an axis on where none of the extents holds, looking at one axis after the other. */
const search = (task: Search, extents: readonly Extent[], index: number, place: Place): Place | undefined => {
  const axis = AXES[index]
  if (axis === undefined) return extents.length === 0 ? place : undefined
  const rest = AXES.slice(index)
  if (extents.some((extent) => rest.every((one) => isUnbounded(extent[one])))) return undefined
  const { within } = task
  for (const border of bordersOf(axis, within === undefined ? extents : [...extents, within])) {
    task.looks += extents.length + 1
    if (task.looks > MAX_LOOKS) return undefined
    if (within !== undefined && !holdsOn(axis, border)(within)) continue
    const found = search(task, extents.filter(holdsOn(axis, border)), index + 1, { ...place, [axis]: border })
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether whatever is in one extent is in one of the others; undefined where there is too much to look at. */
export const isCovered = (extent: Extent, by: readonly Extent[]): boolean | undefined => {
  const task: Search = { within: extent, looks: 0 }
  const found = search(task, by, 0, NOWHERE)
  return found === undefined && task.looks > MAX_LOOKS ? undefined : found === undefined
}

/** A place where none of the extents holds; undefined when there is none, or too much to look at. */
export const uncoveredPlace = (extents: readonly Extent[]): Place | undefined =>
  search({ within: undefined, looks: 0 }, extents, 0, NOWHERE)

/** Whether an extent holds nowhere at all. */
export const isEmpty = (extent: Extent): boolean =>
  AXES.some((axis) => extent[axis].every(({ from, to }) => !(from < to)))
