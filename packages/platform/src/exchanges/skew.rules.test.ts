import { expect, it } from 'vitest'
import { skewOf } from './skew.rules.js'

const NOW = Date.parse('2026-03-01T10:00:00Z')
const saying = (timestamp: string, date = '') => ({
  headers: { date },
  text: `{"status_code":1000,"timestamp":"${timestamp}"}`,
})

it('takes the clock of a partner from the timestamp of its envelope', () => {
  expect(skewOf(saying('2026-03-01T10:05:00Z'), NOW, 100)).toBe(300_000)
  expect(skewOf(saying('2026-03-01T09:59:00Z'), NOW, 1_000)).toBe(-59_000)
})

it('calls a clock right whose time lies within the exchange, and takes a time without a zone as UTC', () => {
  expect(skewOf(saying('2026-03-01T09:59:58'), NOW, 6_000)).toBe(0)
})

it('falls back to the Date header, and says nothing without either', () => {
  expect(skewOf(saying('yesterday', 'Sun, 01 Mar 2026 10:01:00 GMT'), NOW, 0)).toBe(60_000)
  expect(skewOf({ headers: {}, text: 'no envelope' }, NOW, 0)).toBeUndefined()
})
