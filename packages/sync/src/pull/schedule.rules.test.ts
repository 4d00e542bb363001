import type { PullState } from '@interwatt/store'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSchedule, nextDueMs, planPull, pullRetryMs } from './schedule.rules.js'

const nowMs = Date.parse('2026-05-02T12:00:00Z')
const iso = (ms: number): string => new Date(ms).toISOString()
const hourMs = 3_600_000

const state = (fields: Partial<PullState>): PullState => ({
  partnerId: 'p',
  module: 'locations',
  crawl: null,
  watermark: iso(nowMs - 2 * hourMs),
  lastFullAt: iso(nowMs - 3 * hourMs),
  lastDeltaAt: null,
  dueAt: null,
  lastError: null,
  failures: 0,
  ...fields,
})

const crawl = (startedAt: string): NonNullable<PullState['crawl']> => ({
  id: 'c',
  mode: 'full',
  nextUrl: 'https://p.example/?page=3',
  startedAt,
  dateFrom: null,
  startedSeq: 1,
  leg: 0,
  pages: 2,
  total: null,
  complete: true,
  watermark: null,
})

test.each([
  ['a partner never pulled from is crawled', undefined, { kind: 'full' }],
  ['nothing before it is due', state({ dueAt: iso(nowMs + 5) }), { kind: 'wait', untilMs: nowMs + 5 }],
  [
    'a delta reaches behind the watermark',
    state({}),
    { kind: 'delta', dateFrom: iso(nowMs - 2 * hourMs - 300_000) },
  ],
  ['everything is verified once a day', state({ lastFullAt: iso(nowMs - 24 * hourMs) }), { kind: 'full' }],
  ['without a watermark everything is asked for', state({ watermark: null }), { kind: 'full' }],
  ['an unfinished crawl goes on', state({ crawl: crawl(iso(nowMs - hourMs)) }), { kind: 'resume' }],
  [
    'one that is too old is begun anew',
    state({ crawl: crawl(iso(nowMs - 25 * hourMs)), lastFullAt: null }),
    { kind: 'full' },
  ],
  [
    'what was asked for is due before its time, and reaches back as far as was asked (HCI-012)',
    state({ dueAt: iso(nowMs + 5), asked: { id: 'a', since: iso(nowMs - 5 * hourMs) } }),
    { kind: 'delta', dateFrom: iso(nowMs - 5 * hourMs - 300_000) },
  ],
  [
    'a delta that was asked for reaches back at least as far as any other',
    state({ asked: { id: 'a', since: iso(nowMs) } }),
    { kind: 'delta', dateFrom: iso(nowMs - 2 * hourMs - 300_000) },
  ],
  [
    'what was asked for from the beginning is a full crawl',
    state({ dueAt: iso(nowMs + 5), asked: { id: 'a', since: null } }),
    { kind: 'full' },
  ],
  [
    'a partner that fails is not asked more often for it',
    state({ dueAt: iso(nowMs + 5), failures: 1, asked: { id: 'a', since: null } }),
    { kind: 'wait', untilMs: nowMs + 5 },
  ],
  [
    'a crawl under way is finished first',
    state({ crawl: crawl(iso(nowMs - hourMs)), asked: { id: 'a', since: null } }),
    { kind: 'resume' },
  ],
] as const)('%s', (_what, given, step) => {
  expect(planPull(given, nowMs, defaultSchedule)).toEqual(step)
})

test('crawls are at least half an hour apart and never more than two hours (LOC-003, TRN-080)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 * hourMs }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (ago, r) => {
        const waitMs = nextDueMs({ nowMs, lastFullMs: nowMs - ago }, defaultSchedule, () => r) - nowMs
        return waitMs >= hourMs / 2 && waitMs <= 2 * hourMs
      },
    ),
  )
})

test('failed crawls are tried again after minutes that double, no later than a delta', () => {
  expect(pullRetryMs(1, defaultSchedule, () => 0)).toBe(60_000)
  expect(pullRetryMs(3, defaultSchedule, () => 0)).toBe(240_000)
  expect(pullRetryMs(99, defaultSchedule, () => 0.99)).toBeLessThanOrEqual(hourMs)
})
