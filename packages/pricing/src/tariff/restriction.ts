import { decimal, isJsonObject, type ocpi230, roundHalfUp } from '@interwatt/protocol'
import { ENERGY_PER_KWH, OutOfRange, TICKS_PER_SECOND } from '../exact/grid.js'

/** The restrictions of an element made ready to test: bounds as whole counts, absent ones as infinity. */
export interface Restriction {
  /** Milliseconds of the local day, inclusive and exclusive; `toMs` below `fromMs` goes past midnight. */
  readonly fromMs: number
  readonly toMs: number
  /** Bit 0 is Monday; 0 means any day. */
  readonly weekdays: number
  /** Local days since 1970-01-01, inclusive and exclusive. */
  readonly fromDay: number
  readonly toDay: number
  /** Whether any of the above says anything, so that a local time is needed. */
  readonly local: boolean
  readonly minEnergy: number
  readonly maxEnergy: number
  readonly minTicks: number
  readonly maxTicks: number
  readonly minCurrent: number
  readonly maxCurrent: number
  readonly minPower: number
  readonly maxPower: number
  /** Whether a weekday or date belongs to the day a window past midnight began on. */
  readonly windowStartsDay: boolean
  readonly unknownPowerHolds: boolean
}

/** The field of a restriction that does not hold. */
export type RestrictionName = Exclude<keyof ocpi230.TariffRestrictions, 'reservation' | 'booking'>

/** Power or current as told or as computed: what lower bounds are compared with, and what upper bounds are. */
export interface Flow {
  readonly min: number
  readonly max: number
}

/** What holds at one moment of a session. */
export interface Circumstances {
  /** Milliseconds since the epoch in local wall time: the instant plus the offset of the place. */
  localMs: number
  /** Since the session started charging. */
  elapsedTicks: number
  /** Charged before this moment. */
  energyBefore: number
  power: Flow | undefined
  current: Flow | undefined
}

export const MS_PER_DAY = 86_400_000
/** Weekdays in the order of the calendar of Europe. */
export const WEEKDAYS: readonly ocpi230.DayOfWeek[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
]
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3

/** 24:00 is not allowed but clear; anything else that is no time of day is refused rather than guessed. */
const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/

const timeMs = (text: string): number => {
  const [, hours, minutes, last] = TIME.exec(text) ?? []
  if (last !== undefined) return MS_PER_DAY
  if (hours === undefined) throw new OutOfRange('a time of a restriction is no time of day')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

const dayNumber = (text: string): number => {
  const day = Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY
  // Some engines read a 30 February as a day of March.
  if (!Number.isInteger(day) || new Date(day * MS_PER_DAY).toISOString().slice(0, text.length) !== text)
    throw new OutOfRange('a date of a restriction is no day of the calendar')
  return day
}

/**
 * The smallest whole count that is not below a bound, so that comparing counts is comparing the numbers themselves,
 * however many decimals the bound has.
 */
const boundOf = (value: number | undefined, perUnit: number, open: number): number => {
  if (value === undefined) return open
  if (!Number.isFinite(value)) throw new OutOfRange('a bound of a restriction is not a finite number')
  const product = value * perUnit
  if (Math.abs(product) >= 1e15) return Math.ceil(product)
  const { coefficient, scale } = decimal(value)
  const exact = roundHalfUp({ coefficient: coefficient * BigInt(perUnit), scale }, scale).coefficient
  const divisor = 10n ** BigInt(scale)
  const quotient = exact / divisor
  return Number(quotient * divisor < exact ? quotient + 1n : quotient)
}

const weekdayBits = (days: readonly ocpi230.DayOfWeek[] | undefined): number =>
  (days ?? []).reduce((bits, day) => bits | (1 << WEEKDAYS.indexOf(day)), 0)

/** How unclear cases are decided; a part of the pricing policy. */
export interface RestrictionPolicy {
  readonly windowStartsDay: boolean
  readonly unknownPowerHolds: boolean
}

/** Makes restrictions ready to test; undefined when they say nothing. Throws `OutOfRange` for what no calendar or meter has. */
export const compileRestriction = (
  given: ocpi230.TariffRestrictions | undefined,
  policy: RestrictionPolicy,
): Restriction | undefined => {
  if (!isJsonObject(given)) return undefined
  const from = given.start_time === undefined ? 0 : timeMs(given.start_time)
  const to = given.end_time === undefined ? 0 : timeMs(given.end_time)
  const wholeDay = from === to
  const weekdays = weekdayBits(given.day_of_week)
  const fromDay = given.start_date === undefined ? Number.NEGATIVE_INFINITY : dayNumber(given.start_date)
  const toDay = given.end_date === undefined ? Number.POSITIVE_INFINITY : dayNumber(given.end_date)
  const open = Number.POSITIVE_INFINITY
  return {
    fromMs: wholeDay ? 0 : from,
    // 00:00 ends the day, as does no end at all (#466, #502).
    toMs: wholeDay || to === 0 ? MS_PER_DAY : to,
    weekdays,
    fromDay,
    toDay,
    local: !wholeDay || weekdays !== 0 || Number.isFinite(fromDay) || Number.isFinite(toDay),
    minEnergy: boundOf(given.min_kwh, ENERGY_PER_KWH, -open),
    maxEnergy: boundOf(given.max_kwh, ENERGY_PER_KWH, open),
    minTicks: boundOf(given.min_duration, TICKS_PER_SECOND, -open),
    maxTicks: boundOf(given.max_duration, TICKS_PER_SECOND, open),
    minCurrent: given.min_current ?? -open,
    maxCurrent: given.max_current ?? open,
    minPower: given.min_power ?? -open,
    maxPower: given.max_power ?? open,
    ...policy,
  }
}

const failingLocally = (rule: Restriction, localMs: number): RestrictionName | undefined => {
  const day = Math.floor(localMs / MS_PER_DAY)
  const ofDay = localMs - day * MS_PER_DAY
  const wraps = rule.toMs < rule.fromMs
  if (wraps) {
    if (ofDay < rule.fromMs && ofDay >= rule.toMs) return 'start_time'
  } else {
    if (ofDay < rule.fromMs) return 'start_time'
    if (ofDay >= rule.toMs) return 'end_time'
  }
  const counted = wraps && rule.windowStartsDay && ofDay < rule.toMs ? day - 1 : day
  if (counted < rule.fromDay) return 'start_date'
  if (counted >= rule.toDay) return 'end_date'
  if (rule.weekdays === 0) return undefined
  const weekday = (((counted + FIRST_WEEKDAY) % 7) + 7) % 7
  return (rule.weekdays & (1 << weekday)) === 0 ? 'day_of_week' : undefined
}

const failingFlow = (
  flow: Flow | undefined,
  min: number,
  max: number,
  unknownHolds: boolean,
): 'min' | 'max' | undefined => {
  if (flow !== undefined) return flow.min < min ? 'min' : flow.max >= max ? 'max' : undefined
  if (unknownHolds) return undefined
  return min !== Number.NEGATIVE_INFINITY ? 'min' : max !== Number.POSITIVE_INFINITY ? 'max' : undefined
}

/** Whether the restriction says anything about power or current. */
export const limitsFlow = (rule: Restriction): boolean =>
  Number.isFinite(rule.minPower) ||
  Number.isFinite(rule.maxPower) ||
  Number.isFinite(rule.minCurrent) ||
  Number.isFinite(rule.maxCurrent)

/** The first restriction that does not hold at the moment, or undefined when all do (TAR-070 to TAR-073, tariffs 4.4). */
export const failingRestriction = (rule: Restriction, at: Circumstances): RestrictionName | undefined => {
  if (at.energyBefore < rule.minEnergy) return 'min_kwh'
  if (at.energyBefore >= rule.maxEnergy) return 'max_kwh'
  if (at.elapsedTicks < rule.minTicks) return 'min_duration'
  if (at.elapsedTicks >= rule.maxTicks) return 'max_duration'
  if (rule.local) {
    const failing = failingLocally(rule, at.localMs)
    if (failing !== undefined) return failing
  }
  const power = failingFlow(at.power, rule.minPower, rule.maxPower, rule.unknownPowerHolds)
  if (power !== undefined) return power === 'min' ? 'min_power' : 'max_power'
  const current = failingFlow(at.current, rule.minCurrent, rule.maxCurrent, rule.unknownPowerHolds)
  return current === undefined ? undefined : current === 'min' ? 'min_current' : 'max_current'
}
