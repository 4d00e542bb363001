import { expect, test } from 'vitest'
import { hasTurned, nextTurnMs, turnsOf } from './turning.rules.js'

const at = (minute: number): string => new Date(minute * 60_000).toISOString()
const ms = (minute: number): number => minute * 60_000
const tariff = (start?: number, end?: number) => ({
  ...(start === undefined ? {} : { start_date_time: at(start) }),
  ...(end === undefined ? {} : { end_date_time: at(end) }),
})

test.each([
  ['begins in it', tariff(10), true],
  ['ends in it', tariff(1, 10), true],
  ['begins at its end', tariff(12), true],
  ['began at its begin', tariff(8), false],
  ['began before', tariff(7), false],
  ['begins after', tariff(13), false],
  ['is valid throughout', tariff(1, 20), false],
  ['has no dates', {}, false],
  ['has dates that are none', { start_date_time: 'soon', end_date_time: null }, false],
])('a tariff that %s: the clock changed it in a stretch of time, or not', (_what, given, expected) => {
  expect(hasTurned(given, { sinceMs: ms(8), nowMs: ms(12) })).toBe(expected)
})

test('the next turn is the earliest that lies ahead', () => {
  expect(nextTurnMs([tariff(5, 30), tariff(20), {}], ms(10))).toBe(ms(20))
  expect(nextTurnMs([tariff(5)], ms(10))).toBe(Number.POSITIVE_INFINITY)
  expect(
    turnsOf({ start_date_time: '2026-03-01T10:00:00', end_date_time: '2026-03-01T12:00:00+01:00' }),
  ).toEqual([Date.parse('2026-03-01T10:00:00Z'), Date.parse('2026-03-01T11:00:00Z')])
})
