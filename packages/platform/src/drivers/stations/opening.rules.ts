import { zoneClock } from '@interwatt/pricing'
import { isJsonObject } from '@interwatt/protocol'

/** Opening hours of one weekday: 1 is Monday, 7 Sunday; local times, `24:00` for the end of the day. */
export interface OpenHours {
  readonly weekday: number
  readonly from: string
  readonly to: string
}

/** A stretch of time, ISO. */
export interface Stretch {
  readonly from: string
  readonly to: string
}

/** When a place is open. */
export interface Opening {
  /** Null where nobody knows: hours or time zone are not told. */
  readonly openNow: boolean | null
  /** ISO time at which that changes, within the next eight days; null when it does not, or is not known. */
  readonly changesAt: string | null
  readonly always: boolean
  readonly regular: readonly OpenHours[]
  readonly exceptionalOpenings: readonly Stretch[]
  readonly exceptionalClosings: readonly Stretch[]
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const DAYS_AHEAD = 8
const TIME = /^([01]\d|2[0-4]):([0-5]\d)$/

const records = (value: unknown) => (Array.isArray(value) ? value.filter(isJsonObject) : [])

const hoursOf = (value: unknown): readonly OpenHours[] =>
  records(value).flatMap(({ weekday, period_begin: from, period_end: to }) =>
    typeof weekday === 'number' && typeof from === 'string' && typeof to === 'string'
      ? [{ weekday, from, to: to === '00:00' ? '24:00' : to }]
      : [],
  )

const stretchesOf = (value: unknown): readonly Stretch[] =>
  records(value).flatMap(({ period_begin: from, period_end: to }) =>
    typeof from === 'string' && typeof to === 'string' && Date.parse(from) < Date.parse(to)
      ? [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }]
      : [],
  )

const minutesOf = (time: string): number | undefined => {
  const [, hours, minutes] = TIME.exec(time) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

const isIn = (stretches: readonly Stretch[], atMs: number): boolean =>
  stretches.some(({ from, to }) => Date.parse(from) <= atMs && atMs < Date.parse(to))

interface Hours {
  readonly always: boolean
  readonly regular: readonly OpenHours[]
  readonly openings: readonly Stretch[]
  readonly closings: readonly Stretch[]
  localMs(atMs: number): number
}

/** Exceptional closings count before exceptional openings, those before regular hours. */
const isOpenAt = ({ always, regular, openings, closings, localMs }: Hours, atMs: number): boolean => {
  if (isIn(closings, atMs)) return false
  if (always || isIn(openings, atMs)) return true
  const local = new Date(localMs(atMs))
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay()
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes()
  return regular.some((hours) => {
    const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)]
    return (
      hours.weekday === weekday && from !== undefined && to !== undefined && from <= minute && minute < to
    )
  })
}

/** Moments at which it may open or close, rising. */
const turns = ({ regular, openings, closings, localMs }: Hours, nowMs: number): readonly number[] => {
  const localMidnight = Math.floor(localMs(nowMs) / DAY_MS) * DAY_MS
  const daily = Array.from({ length: DAYS_AHEAD + 1 }, (_, day) => localMidnight + day * DAY_MS).flatMap(
    (midnightMs) =>
      regular.flatMap(({ from, to }) =>
        [minutesOf(from), minutesOf(to)].flatMap((minutes) => {
          if (minutes === undefined) return []
          const local = midnightMs + minutes * MINUTE_MS
          // The offset of that moment, not of now: clocks may be changed in between.
          const guess = local - (localMs(nowMs) - nowMs)
          return [local - (localMs(guess) - guess)]
        }),
      ),
  )
  const exceptional = [...openings, ...closings].flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)])
  return [...new Set([...daily, ...exceptional])]
    .filter((atMs) => atMs > nowMs && atMs <= nowMs + DAYS_AHEAD * DAY_MS)
    .sort((a, b) => a - b)
}

/** When a place is open, by its `opening_times` and its time zone; places that tell no hours say nothing, which is not "always". */
export const openingOf = (openingTimes: unknown, timeZone: string | undefined, nowMs: number): Opening => {
  const told = isJsonObject(openingTimes) ? openingTimes : undefined
  const clock = timeZone === undefined ? undefined : zoneClock(timeZone)
  const always = told?.twentyfourseven === true
  const regular = hoursOf(told?.regular_hours)
  const openings = stretchesOf(told?.exceptional_openings)
  const closings = stretchesOf(told?.exceptional_closings)
  const shown = { always, regular, exceptionalOpenings: openings, exceptionalClosings: closings }
  if (told === undefined || (!always && clock === undefined))
    return { openNow: null, changesAt: null, ...shown }
  const localMs = (atMs: number): number => atMs + (clock?.offsetMsAt(atMs) ?? 0)
  const hours: Hours = { always, regular, openings, closings, localMs }
  const openNow = isOpenAt(hours, nowMs)
  const change = turns(hours, nowMs).find((atMs) => isOpenAt(hours, atMs) !== openNow)
  return { openNow, changesAt: change === undefined ? null : new Date(change).toISOString(), ...shown }
}
