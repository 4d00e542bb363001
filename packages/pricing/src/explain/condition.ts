import type { ocpi230 } from '@interwatt/protocol'
import { type RestrictionName, WEEKDAYS } from '../tariff/restriction.js'
import type { PassedOver } from './explain.js'

type Restrictions = ocpi230.TariffRestrictions

/** Bounds of a condition: times and dates as documents write them, kWh, seconds, kW or A. One of them is there. */
export interface Bounds<Value> {
  /** Inclusive. */
  readonly from?: Value
  /** Exclusive. */
  readonly to?: Value
}

/** When a price holds, without words. */
export type Condition =
  | ({ readonly kind: 'time' | 'date' } & Bounds<string>)
  | ({ readonly kind: 'energy' | 'duration' | 'power' | 'current' } & Bounds<number>)
  | { readonly kind: 'weekday'; readonly days: readonly ocpi230.DayOfWeek[] }

/** What a condition is about. */
export type ConditionKind = Condition['kind']

const boundsOf = <Value>(from: Value | undefined, to: Value | undefined): Bounds<Value> | undefined =>
  from === undefined && to === undefined
    ? undefined
    : { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }

const MIDNIGHT = '00:00'

/** Times of day that say anything: a whole day is no condition, and 00:00 at the start says nothing (4.4). */
const timesOf = ({ start_time, end_time }: Restrictions): Bounds<string> | undefined => {
  if ((start_time ?? MIDNIGHT) === (end_time ?? MIDNIGHT)) return undefined
  return boundsOf(start_time === MIDNIGHT ? undefined : start_time, end_time)
}

/** The conditions of an element in the order in which they are told. */
export const conditionsOf = (restrictions: Restrictions | undefined): readonly Condition[] => {
  if (restrictions === undefined) return []
  const { day_of_week: days = [] } = restrictions
  const time = timesOf(restrictions)
  const date = boundsOf(restrictions.start_date, restrictions.end_date)
  const energy = boundsOf(restrictions.min_kwh, restrictions.max_kwh)
  const duration = boundsOf(restrictions.min_duration, restrictions.max_duration)
  const power = boundsOf(restrictions.min_power, restrictions.max_power)
  const current = boundsOf(restrictions.min_current, restrictions.max_current)
  return [
    ...(days.length === 0 || new Set(days).size > 6 ? [] : [{ kind: 'weekday', days } as const]),
    ...(time === undefined ? [] : [{ kind: 'time', ...time } as const]),
    ...(date === undefined ? [] : [{ kind: 'date', ...date } as const]),
    ...(energy === undefined ? [] : [{ kind: 'energy', ...energy } as const]),
    ...(duration === undefined ? [] : [{ kind: 'duration', ...duration } as const]),
    ...(power === undefined ? [] : [{ kind: 'power', ...power } as const]),
    ...(current === undefined ? [] : [{ kind: 'current', ...current } as const]),
  ]
}

type Quantity = 'energy' | 'duration' | 'power' | 'current'
type Bound<Kind> = Readonly<Partial<Record<RestrictionName, Kind>>>

const LEAST: Bound<Quantity> = {
  min_kwh: 'energy',
  min_duration: 'duration',
  min_power: 'power',
  min_current: 'current',
}

const MOST: Bound<Quantity> = {
  max_kwh: 'energy',
  max_duration: 'duration',
  max_power: 'power',
  max_current: 'current',
}

const START: Bound<'time' | 'date'> = { start_time: 'time', start_date: 'date' }
const END: Bound<'time' | 'date'> = { end_time: 'time', end_date: 'date' }

const isDay = (day: unknown): day is ocpi230.DayOfWeek => WEEKDAYS.some((known) => known === day)

const numberCondition = (name: RestrictionName, bound: number): Condition | undefined => {
  const [least, most] = [LEAST[name], MOST[name]]
  if (least !== undefined) return { kind: least, from: bound }
  return most === undefined ? undefined : { kind: most, to: bound }
}

const localCondition = (name: RestrictionName, bound: string): Condition | undefined => {
  const [start, end] = [START[name], END[name]]
  if (start !== undefined) return { kind: start, from: bound }
  return end === undefined ? undefined : { kind: end, to: bound }
}

/** The condition that kept an element from applying; undefined where its bound is not told. */
export const failedCondition = ({ restriction, bound }: PassedOver): Condition | undefined => {
  if (typeof bound === 'number') return numberCondition(restriction, bound)
  if (typeof bound === 'string') return localCondition(restriction, bound)
  return Array.isArray(bound) ? { kind: 'weekday', days: bound.filter(isDay) } : undefined
}
