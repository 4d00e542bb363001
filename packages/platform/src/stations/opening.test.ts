import { expect, test } from 'vitest'
import { isOpenAt, readOpening } from './opening.js'

const berlin = 'Europe/Berlin'
const shop = {
  twentyfourseven: false,
  regular_hours: [
    { weekday: 1, period_begin: '08:00', period_end: '20:00' },
    { weekday: 7, period_begin: '22:00', period_end: '00:00' },
  ],
  exceptional_openings: [{ period_begin: '2026-07-07T22:00:00Z', period_end: '2026-07-07T23:00:00Z' }],
  exceptional_closings: [{ period_begin: '2026-07-13T10:00:00Z', period_end: '2026-07-13T12:00:00Z' }],
}
const at = (time: string) => Date.parse(time)

test.each([
  ['within its hours, in local time', '2026-07-06T06:30:00Z', true],
  ['before them', '2026-07-06T05:30:00Z', false],
  ['at their end', '2026-07-06T18:00:00Z', false],
  ['another day', '2026-07-07T10:00:00Z', false],
  ['until midnight', '2026-07-05T21:59:00Z', true],
  ['opened exceptionally', '2026-07-07T22:30:00Z', true],
  ['closed exceptionally', '2026-07-13T11:00:00Z', false],
])('a station is open or not: %s', (_name, time, open) => {
  const opening = readOpening(shop, berlin)
  expect(opening && isOpenAt(opening, at(time))).toBe(open)
})

test('one that is always open closes only exceptionally', () => {
  const opening = readOpening({ ...shop, twentyfourseven: true }, berlin)
  expect(opening && isOpenAt(opening, at('2026-07-07T03:00:00Z'))).toBe(true)
  expect(opening && isOpenAt(opening, at('2026-07-13T11:00:00Z'))).toBe(false)
})

test('without hours or a known time zone nothing is claimed', () => {
  expect(readOpening(null, berlin)).toBeUndefined()
  expect(readOpening({ twentyfourseven: false }, berlin)).toBeUndefined()
  const opening = readOpening(shop, 'Nowhere/Land')
  expect(opening && isOpenAt(opening, at('2026-07-06T06:30:00Z'))).toBeUndefined()
})

test('exceptional times without a zone are UTC, wherever the node runs', () => {
  const before = process.env.TZ
  process.env.TZ = 'Asia/Tokyo'
  const closing = { period_begin: '2026-07-13T10:00:00', period_end: '2026-07-13T12:00:00' }
  const opening = readOpening({ ...shop, exceptional_closings: [closing] }, berlin)
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  expect(opening?.closings).toEqual([[at('2026-07-13T10:00:00Z'), at('2026-07-13T12:00:00Z')]])
})
