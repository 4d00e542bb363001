import { zoneClock } from '@interwatt/pricing'
import { isOpenAt, type Opening as OpeningTimes, readOpening } from '../../stations/opening.js'

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
const DAY_MINUTES = 1_440
const DAYS_AHEAD = 8
const UNKNOWN: Opening = {
  openNow: null,
  changesAt: null,
  always: false,
  regular: [],
  exceptionalOpenings: [],
  exceptionalClosings: [],
}

const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const hoursOf = ({ week }: OpeningTimes): readonly OpenHours[] =>
  week.map(([from, to]) => {
    const day = Math.floor(from / DAY_MINUTES)
    const midnight = day * DAY_MINUTES
    return { weekday: day + 1, from: timeText(from - midnight), to: timeText(to - midnight) }
  })

const stretchOf = ([fromMs, toMs]: readonly [number, number]): Stretch => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
})

/** Moments at which it may open or close, rising. */
const turns = ({ week, openings, closings, timeZone }: OpeningTimes, nowMs: number): readonly number[] => {
  const clock = zoneClock(timeZone)
  const localMs = (atMs: number): number => atMs + (clock?.offsetMsAt(atMs) ?? 0)
  const local = new Date(localMs(nowMs))
  const sinceMondayMs = ((local.getUTCDay() + 6) % 7) * DAY_MS + (local.getTime() % DAY_MS)
  const mondayMs = local.getTime() - sinceMondayMs
  const weekly = week.flatMap(([from, to]) =>
    [from, to, from + 7 * DAY_MINUTES, to + 7 * DAY_MINUTES].map((minutes) => {
      const atLocal = mondayMs + minutes * MINUTE_MS
      // The offset of that moment, not of now: clocks may be changed in between.
      const guess = atLocal - (localMs(nowMs) - nowMs)
      return atLocal - (localMs(guess) - guess)
    }),
  )
  return [...new Set([...weekly, ...[...openings, ...closings].flat()])]
    .filter((atMs) => atMs > nowMs && atMs <= nowMs + DAYS_AHEAD * DAY_MS)
    .sort((a, b) => a - b)
}

/** When a place is open, by its `opening_times` and its time zone; places that tell no hours say nothing, which is not "always". */
export const openingOf = (openingTimes: unknown, timeZone: string | undefined, nowMs: number): Opening => {
  const opening = readOpening(openingTimes, timeZone ?? '')
  if (opening === undefined) return UNKNOWN
  const openNow = isOpenAt(opening, nowMs)
  const change =
    openNow === undefined ? undefined : turns(opening, nowMs).find((at) => isOpenAt(opening, at) !== openNow)
  return {
    openNow: openNow ?? null,
    changesAt: change === undefined ? null : new Date(change).toISOString(),
    always: opening.always,
    regular: hoursOf(opening),
    exceptionalOpenings: opening.openings.map(stretchOf),
    exceptionalClosings: opening.closings.map(stretchOf),
  }
}
