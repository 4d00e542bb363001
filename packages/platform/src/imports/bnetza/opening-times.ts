import type { ocpi230 } from '@interwatt/protocol'
import { columns } from './columns.js'
import type { Note } from './row-report.js'

type Hours = ocpi230.Hours
type RegularHours = ocpi230.RegularHours

/** The three cells of the register that speak of opening times. */
export interface OpeningCells {
  readonly kind: string
  readonly days: string
  readonly times: string
}

const weekdays: ReadonlyMap<string, number> = new Map(
  ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag'].map((day, index) => [
    day,
    index + 1,
  ]),
)

const TIME_SPAN = /^([01]?\d|2[0-4])[:.]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4])[:.]([0-5]\d)$/
const MINUTES_PER_DAY = 1_440

interface Span {
  readonly begin: number
  readonly end: number
}

/** Minutes since midnight; an end before the begin lies on the next day. Undefined when it is no span. */
function readSpan(text: string): Span | undefined {
  const match = TIME_SPAN.exec(text)
  if (!match) return undefined
  const [begin, end] = [60 * Number(match[1]) + Number(match[2]), 60 * Number(match[3]) + Number(match[4])]
  if (begin >= MINUTES_PER_DAY || end > MINUTES_PER_DAY) return undefined
  if (begin === end) return begin === 0 ? { begin: 0, end: MINUTES_PER_DAY } : undefined
  return { begin, end: end < begin ? end + MINUTES_PER_DAY : end }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const period = (weekday: number, begin: number, end: number): RegularHours => ({
  weekday,
  period_begin: clock(begin),
  period_end: clock(end),
})

/** One or two periods: a span past midnight is split, the first part ends at `00:00`, read as 24:00 (trap T-09). */
function periodsOf(weekday: number, { begin, end }: Span): RegularHours[] {
  if (end <= MINUTES_PER_DAY) return [period(weekday, begin, end)]
  const nextDay = (weekday % 7) + 1
  return [period(weekday, begin, MINUTES_PER_DAY), period(nextDay, 0, end - MINUTES_PER_DAY)]
}

const listOf = (cell: string): string[] => cell.split(/[;\n]/).flatMap((part) => part.trim() || [])

/** Regular hours of paired weekday and time lists; undefined when any entry is unreadable, since half is worse. */
function readRegular(days: readonly string[], times: readonly string[]): RegularHours[] | undefined {
  if (days.length === 0 || days.length !== times.length) return undefined
  const periods: RegularHours[] = []
  for (const [index, day] of days.entries()) {
    const weekday = weekdays.get(day.toLowerCase())
    const span = readSpan(times[index] ?? '')
    if (weekday === undefined || span === undefined) return undefined
    periods.push(...periodsOf(weekday, span))
  }
  return periods.sort((a, b) => a.weekday - b.weekday || (a.period_begin < b.period_begin ? -1 : 1))
}

const WHOLE_DAY = /^0?0[:.]00\s*[-–]\s*(23[:.]59|24[:.]00|0?0[:.]00)$/

function readRoundTheClock(cells: OpeningCells, note: Note): Hours {
  const times = listOf(cells.times)
  const whole = times.every((time) => WHOLE_DAY.test(time)) && (times.length === 0 || times.length === 7)
  if (!whole) note('opening_times_contradict', columns.openingTimes, cells.times, 'ignored beside 247')
  return { twentyfourseven: true }
}

function readRestricted(cells: OpeningCells, note: Note): Hours | undefined {
  const days = listOf(cells.days)
  const times = listOf(cells.times)
  if (days.length === 0 && times.length === 0) {
    note('opening_times_unknown', columns.opening, cells.kind, 'left out: restricted, but no hours given')
    return undefined
  }
  const regular = readRegular(days, times)
  if (regular === undefined) {
    const raw = `${cells.days} | ${cells.times}`
    note('opening_times_garbled', columns.openingTimes, raw, 'left out: days and times do not read as pairs')
    return undefined
  }
  return { twentyfourseven: false, regular_hours: regular }
}

/** Opening times the register states, or undefined after reporting that it states none (LOC-114, LOC-116). */
export function readOpeningTimes(cells: OpeningCells, note: Note): Hours | undefined {
  const kind = cells.kind.trim().toLowerCase()
  if (kind === '247' || kind === '24/7') return readRoundTheClock(cells, note)
  if (kind === 'eingeschränkt') return readRestricted(cells, note)
  if (kind === '' || kind === 'keine angabe')
    note('opening_times_unknown', columns.opening, cells.kind, 'left out')
  else note('opening_times_garbled', columns.opening, cells.kind, 'left out: unknown wording')
  return undefined
}
