import { expect, it } from 'vitest'
import { durationOf, powerCurve, readingOf, sharesClockOf } from './live.rules.js'

const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 10, minutes)).toISOString()
const period = (minutes: number, energy: number, hours?: number) => ({
  start_date_time: at(minutes),
  dimensions: [
    { type: 'ENERGY', volume: energy },
    ...(hours === undefined ? [] : [{ type: 'TIME', volume: hours }]),
  ],
})

it('takes the time of a message for that of the session only where both run alike', () => {
  const session = { start_date_time: at(0), kwh: 5 }
  expect(sharesClockOf({ ...session, last_updated: at(1) })).toBe(true)
  expect(sharesClockOf({ ...session, last_updated: '2026-05-01T00:00:00Z' })).toBe(false)
  expect(sharesClockOf({ ...session, last_updated: 'soon' })).toBeNull()
  expect(durationOf({ ...session, last_updated: at(30) }, true)).toBe(1800)
  expect(durationOf({ ...session, last_updated: at(30) }, false)).toBeNull()
})

it('reads the length of a session with a clock of its own off its periods and its end', () => {
  const session = { start_date_time: at(0), last_updated: '2026-05-01T00:00:00Z' }
  expect(durationOf({ ...session, charging_periods: [period(0, 2, 0.25), period(15, 1)] }, false)).toBe(900)
  expect(durationOf({ ...session, charging_periods: [period(0, 2, 0.25), period(15, 1, 0.1)] }, false)).toBe(
    1260,
  )
  expect(durationOf({ ...session, end_date_time: at(40) }, false)).toBe(2400)
})

it('computes power between readings, in whole watts', () => {
  const readings = [
    { at: at(0), wh: 0 },
    { at: at(10), wh: 1833 },
    { at: at(20), wh: 3667 },
  ]
  expect(powerCurve({}, readings, true).map(({ w }) => w)).toEqual([10998, 11004])
})

it('takes no power from readings that lie too close together', () => {
  const close = new Date(Date.parse(at(10)) + 3000).toISOString()
  const readings = [
    { at: at(0), wh: 0 },
    { at: at(10), wh: 1000 },
    { at: close, wh: 1100 },
  ]
  expect(powerCurve({}, readings, true).map(({ w }) => w)).toEqual([6000])
})

it('computes power from periods where the clock is another one', () => {
  const session = { charging_periods: [period(0, 2, 0.25), period(15, 1)] }
  expect(powerCurve(session, [], false)).toEqual([{ from: at(0), to: at(15), w: 8000 }])
})

it('reads whole watt-hours without floating point', () => {
  expect(readingOf({ kwh: 1.0005, last_updated: at(0) })).toEqual({ at: at(0), wh: 1001 })
  expect(readingOf({ last_updated: at(0) })).toBeUndefined()
})
