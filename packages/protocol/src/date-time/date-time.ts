const MS_PER_DAY = 86_400_000
const LISTED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z?$/
const READABLE = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?(Z|[+-]\d\d:\d\d)?$/
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A DateTime as an instant; `repaired` when the text is none of the forms of the specification (TYP-020 to TYP-029). */
export interface ParsedDateTime {
  readonly epochMs: number
  readonly repaired: boolean
}

const daysInMonth = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (DAYS[month - 1] ?? 0)

/** Days since 1970-01-01 in the proleptic Gregorian calendar; `Date.UTC` reads years below 100 as 19xx. */
const epochDay = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

const EARLIEST_MS = epochDay(0, 1, 1) * MS_PER_DAY
const LATEST_MS = epochDay(10_000, 1, 1) * MS_PER_DAY - 1

const pair = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

/** Whether the text is one of the forms of the specification and a real moment (types.md 1.2); no leap second. */
export const isListedDateTime = (text: string): boolean => {
  if (!LISTED.test(text)) return false
  const day = pair(text, 8)
  const month = pair(text, 5)
  if (day < 1 || month < 1 || month > 12) return false
  if (day > 28 && day > daysInMonth(pair(text, 0) * 100 + pair(text, 2), month)) return false
  return pair(text, 11) < 24 && pair(text, 14) < 60 && pair(text, 17) < 60
}

const offsetMinutes = (zone: string): number | undefined => {
  if (zone === '' || zone === 'Z') return 0
  const hours = pair(zone, 1)
  const minutes = pair(zone, 4)
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/**
 * Reads every DateTime form of types.md 1.2: no zone means UTC, fractions are cut to milliseconds, other offsets, a
 * leap second (as `:59`) and months or days of one digit are repaired. `undefined` when it is no moment of the
 * calendar or lies outside the years 0000 to 9999 in UTC.
 */
export const parseDateTime = (text: string): ParsedDateTime | undefined => {
  const parts = READABLE.exec(text)
  if (parts === null) return undefined
  const [, yyyy = '', mm = '', dd = '', hh = '', min = '', ss = '', fraction = '', zone = ''] = parts
  const [year, month, day, hour, minute] = [Number(yyyy), Number(mm), Number(dd), Number(hh), Number(min)]
  const second = Number(ss)
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const offset = offsetMinutes(zone)
  if (offset === undefined) return undefined
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const ofDay = ((hour * 60 + minute - offset) * 60 + Math.min(second, 59)) * 1000 + ms
  const epochMs = epochDay(year, month, day) * MS_PER_DAY + ofDay
  if (epochMs < EARLIEST_MS || epochMs > LATEST_MS) return undefined
  return { epochMs, repaired: !isListedDateTime(text) }
}

/**
 * A DateTime in UTC with `Z`, cut (never rounded) to seconds or milliseconds (TYP-022, TYP-025).
 * Throws RangeError outside the years 0000 to 9999.
 */
export const formatDateTime = (epochMs: number, fractionDigits: 0 | 3): string => {
  if (!(epochMs >= EARLIEST_MS && epochMs <= LATEST_MS))
    throw new RangeError('DateTime outside the years 0000 to 9999')
  const text = new Date(Math.floor(epochMs)).toISOString()
  return fractionDigits === 3 ? text : `${text.slice(0, 19)}Z`
}

/** The later of two DateTimes by instant, in its own spelling (TYP-026); `a` when equal or when `b` is unreadable. */
export const laterOf = (a: string, b: string): string => {
  const [left, right] = [parseDateTime(a), parseDateTime(b)]
  if (right === undefined) return a
  return left === undefined || right.epochMs > left.epochMs ? b : a
}
