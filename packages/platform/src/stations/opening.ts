import { zoneClock } from '@interwatt/pricing'
import { isJsonObject, type JsonObject, parseDateTime } from '@interwatt/protocol'
import { recordsOf } from './records.js'

type Period = readonly [from: number, to: number]

/** When a station is open, as far as its document says. */
export interface Opening {
  readonly always: boolean
  readonly timeZone: string
  /** Minutes since the beginning of Monday, local time, `to` not included. */
  readonly week: readonly Period[]
  /** Epoch milliseconds, `to` not included. */
  readonly openings: readonly Period[]
  readonly closings: readonly Period[]
}

const DAY_MINUTES = 1_440
const TIME = /^(\d{2}):(\d{2})$/

const minuteOf = (value: unknown): number | undefined => {
  const [, hours, minutes] = TIME.exec(typeof value === 'string' ? value : '') ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

const weekly = ({ weekday, period_begin, period_end }: JsonObject): readonly Period[] => {
  const [begin, end] = [minuteOf(period_begin), minuteOf(period_end)]
  if (typeof weekday !== 'number' || begin === undefined || end === undefined) return []
  const midnight = (weekday - 1) * DAY_MINUTES
  // NOTE: an end of 00:00 is the end of the day.
  return [[midnight + begin, midnight + (end <= begin ? DAY_MINUTES : end)]]
}

const once = ({ period_begin, period_end }: JsonObject): readonly Period[] => {
  const [from, to] = [period_begin, period_end].map((at) => parseDateTime(String(at))?.epochMs)
  return from !== undefined && to !== undefined && from < to ? [[from, to]] : []
}

/** Reads opening times of a document; undefined when it says nothing that can be used. */
export const readOpening = (openingTimes: unknown, timeZone: string): Opening | undefined => {
  if (!isJsonObject(openingTimes)) return undefined
  const opening = {
    always: openingTimes.twentyfourseven === true,
    timeZone,
    week: recordsOf(openingTimes.regular_hours).flatMap(weekly),
    openings: recordsOf(openingTimes.exceptional_openings).flatMap(once),
    closings: recordsOf(openingTimes.exceptional_closings).flatMap(once),
  }
  return opening.always || opening.week.length > 0 || opening.openings.length > 0 ? opening : undefined
}

const holds = (periods: readonly Period[], at: number): boolean =>
  periods.some(([from, to]) => at >= from && at < to)

/** Whether it is open at a moment; undefined when that cannot be told. */
export const isOpenAt = (opening: Opening, epochMs: number): boolean | undefined => {
  if (holds(opening.closings, epochMs)) return false
  if (opening.always || holds(opening.openings, epochMs)) return true
  const clock = zoneClock(opening.timeZone)
  if (clock === undefined) return undefined
  const local = new Date(epochMs + clock.offsetMsAt(epochMs))
  const sinceMonday = ((local.getUTCDay() + 6) % 7) * DAY_MINUTES
  return holds(opening.week, sinceMonday + local.getUTCHours() * 60 + local.getUTCMinutes())
}
