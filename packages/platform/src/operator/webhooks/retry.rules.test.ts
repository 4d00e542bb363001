import { expect, test } from 'vitest'
import { isAcknowledged, isGone, planRetry } from './retry.rules.js'

const HOUR_MS = 3_600_000

test('doubles the delay from five seconds to four hours', () => {
  const delays = [1, 2, 3, 12, 13].map((failures) => planRetry(failures, 0.5))
  expect(delays).toEqual([
    { kind: 'retry', delayMs: 5_000 },
    { kind: 'retry', delayMs: 10_000 },
    { kind: 'retry', delayMs: 20_000 },
    { kind: 'retry', delayMs: 10_240_000 },
    { kind: 'retry', delayMs: 4 * HOUR_MS },
  ])
})

test('spreads a delay by ten per cent to either side', () => {
  expect(planRetry(1, 0)).toEqual({ kind: 'retry', delayMs: 4_500 })
  expect(planRetry(1, 0.999999)).toEqual({ kind: 'retry', delayMs: 5_500 })
})

test('gives up before it has waited more than 24 hours in all', () => {
  let waitedMs = 0
  let failures = 1
  for (;;) {
    const plan = planRetry(failures, 0.5)
    if (plan.kind === 'give_up') break
    waitedMs += plan.delayMs
    failures += 1
  }
  expect(waitedMs).toBeGreaterThan(18 * HOUR_MS)
  expect(waitedMs).toBeLessThanOrEqual(24 * HOUR_MS)
})

test.each([
  [200, true],
  [204, true],
  [299, true],
  [302, false],
  [400, false],
  [503, false],
])('takes status %i as acknowledged: %s', (status, acknowledged) => {
  expect(isAcknowledged(status)).toBe(acknowledged)
})

test('takes 410 as gone for good, and 404 not', () => {
  expect([isGone(410), isGone(404)]).toEqual([true, false])
})
