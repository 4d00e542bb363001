import { parseDateTime } from '@interwatt/protocol'

/** A DateTime nobody can read, where a price depends on it. */
export class UnreadableTime extends Error {}

/** Days before each month of a common year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

const ZERO = 48
const DASH = 45
const COLON = 58
const T = 84
const Z = 90

/** Two digits as a number; a large negative one when they are none. */
const pairAt = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? -1e6 : tens * 10 + ones
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The instant of `2026-11-22T09:30:00Z` in the years 1970 to 2099; NaN for any other spelling or no day of the calendar. */
const usualInstant = (text: string): number => {
  const signs =
    (text.length ^ 20) |
    (text.charCodeAt(4) ^ DASH) |
    (text.charCodeAt(7) ^ DASH) |
    (text.charCodeAt(10) ^ T) |
    (text.charCodeAt(13) ^ COLON) |
    (text.charCodeAt(16) ^ COLON) |
    (text.charCodeAt(19) ^ Z)
  if (signs !== 0) return Number.NaN
  const year = pairAt(text, 0) * 100 + pairAt(text, 2)
  const month = pairAt(text, 5)
  const day = pairAt(text, 8)
  const hour = pairAt(text, 11)
  const minute = pairAt(text, 14)
  const second = pairAt(text, 17)
  const inDay = hour | (23 - hour) | minute | (59 - minute) | second | (59 - second)
  const inYear = (year - 1970) | (2099 - year) | (month - 1) | (12 - month) | (day - 1) | (31 - day)
  if ((inDay | inYear) < 0) return Number.NaN
  if (day > 28 && day > (DAYS_OF_MONTH[month - 1] ?? 0) && (month !== 2 || day !== 29 || year % 4 !== 0))
    return Number.NaN
  const leapDays = (year - (month > 2 ? 1968 : 1969)) >> 2
  const days = (year - 1970) * 365 + leapDays + (DAYS_BEFORE[month - 1] ?? 0) + day - 1
  return (days * 86_400 + (hour * 60 + minute) * 60 + second) * 1000
}

/**
 * The instant of a DateTime in milliseconds since the epoch. The usual spelling is read without building anything, any
 * other by the reader of the protocol. Throws `UnreadableTime`.
 */
export const instantOf = (text: string): number => {
  const usual = usualInstant(text)
  if (!Number.isNaN(usual)) return usual
  const read = parseDateTime(text)
  if (read === undefined) throw new UnreadableTime(`"${text.slice(0, 40)}" is no date and time`)
  return read.epochMs
}
