import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs, brokenRetryMs, defaultBackoff, unauthorizedWaitMs } from './retry.rules.js'

test('the wait lies between the first step and a ceiling that doubles up to fifteen minutes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (outages, r) => {
        const wait = backoffMs(outages, { random: () => r })
        const ceiling = Math.min(15 * 60_000, 1_000 * 2 ** Math.min(outages, 30))
        return wait >= defaultBackoff.firstMs && wait <= Math.max(ceiling, defaultBackoff.firstMs)
      },
    ),
  )
})

test('the whole range is used, so that nodes and partners spread', () => {
  expect(backoffMs(20, { random: () => 0 })).toBe(1_000)
  expect(backoffMs(20, { random: () => 0.999999 })).toBeGreaterThan(14 * 60_000)
})

test('Retry-After is honoured, up to an hour', () => {
  expect(backoffMs(0, { random: () => 0, retryAfterMs: 60_000 })).toBe(60_000)
  expect(backoffMs(0, { random: () => 0, retryAfterMs: 10 ** 12 })).toBe(60 * 60_000)
  expect(backoffMs(10, { random: () => 0.5, retryAfterMs: 5 })).toBeGreaterThan(1_000)
})

test('a partner that answers 401 is tried hourly from the fifth time on (C-F18)', () => {
  expect(unauthorizedWaitMs(4, { random: () => 0.9 })).toBeLessThan(60_000)
  expect(unauthorizedWaitMs(5, { random: () => 0.9 })).toBe(brokenRetryMs)
})
