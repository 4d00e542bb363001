import type { ExchangeCounts } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { bucketOf, noBuckets } from '../exchanges/answer-times.rules.js'
import { wordsOfFailure } from './answering.rules.js'
import { noteOf } from './ended.rules.js'
import { problemsOf } from './health.rules.js'
import { defaultHealthLimits } from './limits.js'
import type { PartnerSigns } from './signs.js'

const NOW = Date.parse('2026-03-01T10:00:00.000Z')
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString()

/** A span of 15 seconds in which answers took these times; or none came. */
const moment = (
  secondsAgo: number,
  timesMs: readonly number[],
  more: Partial<ExchangeCounts> = {},
): ExchangeCounts => {
  const buckets = noBuckets()
  for (const timeMs of timesMs) buckets[bucketOf(timeMs)] = (buckets[bucketOf(timeMs)] ?? 0) + 1
  return {
    partnerId: 'p1',
    direction: 'out',
    module: 'locations',
    at: ago(secondsAgo),
    ok: timesMs.length,
    refused: 0,
    failed: 0,
    timedOut: 0,
    buckets,
    longestMs: Math.max(0, ...timesMs),
    answeredAt: ago(secondsAgo - 1),
    failedAt: null,
    failure: null,
    httpStatus: null,
    skewMs: 0,
    ...more,
  }
}
const unanswered = (secondsAgo: number, failure: string): ExchangeCounts =>
  moment(secondsAgo, [], {
    failed: 1,
    answeredAt: null,
    failedAt: ago(secondsAgo - 1),
    failure,
    skewMs: null,
  })

const signs = (more: Partial<PartnerSigns> = {}): PartnerSigns => ({
  partner: { id: 'p1', name: 'Partner', status: 'REGISTERED', statusReason: null },
  nowMs: NOW,
  sync: undefined,
  moments: [],
  usual: [],
  disagreeing: [],
  refusals: undefined,
  findings: undefined,
  missingCdrs: undefined,
  evses: undefined,
  failedPulls: undefined,
  backlog: [],
  ...more,
})
const rules = (more: Partial<PartnerSigns>): readonly string[] =>
  problemsOf(signs(more), defaultHealthLimits).map(({ rule }) => rule)
const only = (more: Partial<PartnerSigns>) => problemsOf(signs(more), defaultHealthLimits)[0]

describe('a partner', () => {
  it('of which nothing is known is well', () => {
    expect(rules({})).toEqual([])
  })

  it('is down after two requests without answer, since the last one that had one', () => {
    const moments = [
      unanswered(15, 'connect ECONNREFUSED'),
      unanswered(30, 'connect ECONNREFUSED'),
      moment(60, [20]),
    ]
    expect(rules({ moments: moments.slice(1) })).toEqual([])
    expect(only({ moments })).toMatchObject({
      rule: 'down',
      since: ago(30),
      facts: { kind: 'refused_connection', failures: 2 },
    })
  })

  it('is well again with its first answer', () => {
    const failures = [unanswered(15, 'timeout'), unanswered(30, 'timeout')]
    expect(rules({ moments: [moment(5, [20]), ...failures] })).toEqual([])
  })

  it('is slow when it takes six seconds, and not when one answer of many did', () => {
    expect(only({ moments: [moment(5, [6_000, 6_100, 6_050])] })).toMatchObject({
      rule: 'slow',
      severity: 'warn',
    })
    expect(rules({ moments: [moment(5, [...Array.from({ length: 40 }, () => 20), 6_000])] })).toEqual([])
    expect(rules({ moments: [moment(5, [6_000])] })).toEqual([])
  })

  it('is slow when it takes much longer than it usually does', () => {
    const usual = noBuckets()
    usual[bucketOf(100)] = 1_000
    expect(rules({ usual, moments: [moment(5, [2_000, 2_000, 2_000])] })).toEqual(['slow'])
    expect(rules({ moments: [moment(5, [2_000, 2_000, 2_000])] })).toEqual([])
  })

  it('that refuses our credentials is told apart from one that is down', () => {
    const refusing = moment(5, [20], { ok: 0, refused: 1, httpStatus: 401, failedAt: ago(4) })
    expect(rules({ moments: [refusing] })).toEqual(['unauthorized'])
    expect(rules({ moments: [moment(2, [20]), refusing] })).toEqual([])
  })

  it('sends wrong prices: how many, how much, mostly why', () => {
    const off = {
      partnerId: 'p1',
      currency: 'EUR',
      count: 3,
      checked: 40,
      difference: '7.5000',
      commonest: 'part_differs',
    }
    expect(only({ disagreeing: [off] })?.reason).toBe(
      'Wrong prices: 3 of 40 CDRs of the last day disagree with the tariff, 7.50 EUR too much in all. Mostly: part differs.',
    )
  })

  it('has a growing backlog when as much waits after five minutes', () => {
    const waiting = (counts: readonly number[]) =>
      counts.map((count, index) => ({ atMs: NOW - 360_000 + index * 60_000, count }))
    expect(rules({ backlog: waiting([300, 310, 320, 330, 340, 350, 360]) })).toEqual(['backlog'])
    expect(rules({ backlog: waiting([900, 800, 700, 600, 500, 400, 300]) })).toEqual([])
    expect(rules({ backlog: waiting([1, 2, 3, 4, 5, 6, 7]) })).toEqual([])
  })

  it('has a wrong clock when that is more than a minute off', () => {
    expect(only({ moments: [moment(5, [20], { skewMs: -180_000 })] })?.reason).toBe(
      'Its clock is 3 min behind ours.',
    )
    expect(rules({ moments: [moment(5, [20], { skewMs: 50_000 })] })).toEqual([])
  })

  it('that is paused is told with that alone', () => {
    const partner = { id: 'p1', name: 'Partner', status: 'SUSPENDED' as const, statusReason: 'planned work' }
    const refusals = { partnerId: 'p1', count: 3, latestAt: null, example: null }
    expect(problemsOf(signs({ partner, refusals }), defaultHealthLimits)).toMatchObject([
      { rule: 'not_connected', severity: 'note', reason: expect.stringContaining('planned work') },
    ])
  })

  it('is told of for everything else it does', () => {
    const counted = (count: number, latestAt: string | null = null) => ({
      partnerId: 'p1',
      count,
      latestAt,
      example: 'why',
    })
    const more = {
      refusals: counted(2),
      findings: counted(1),
      missingCdrs: counted(5),
      evses: counted(100, ago(2 * 86_400)),
      failedPulls: counted(1),
    }
    expect(rules(more)).toEqual([
      'refuses',
      'broken_messages',
      'missing_cdrs',
      'stale_statuses',
      'failed_pulls',
    ])
  })
})

it.each([
  ['connect ECONNREFUSED 127.0.0.1:1', 'refused_connection'],
  ['there was no complete answer within 30000 ms', 'timeout'],
  ['certificate has expired', 'tls'],
  ['getaddrinfo ENOTFOUND cpo.example', 'name'],
  ['answered with HTTP 503', 'server_error'],
  ['other side closed', 'broken'],
])('says what "%s" means', (failure, kind) => {
  expect(wordsOfFailure(failure).kind).toBe(kind)
})

it('says how many changes were sent after a partner came back', () => {
  const problem = {
    number: 1,
    partnerId: 'p1',
    rule: 'down',
    severity: 'bad' as const,
    reason: '',
    remedy: '',
    since: ago(60),
    seenAt: ago(1),
    endedAt: ago(1),
    facts: { waiting: 412 },
  }
  expect(noteOf(problem, 0)).toBe('It answers again; 412 changes had waited and were sent afterwards.')
  expect(noteOf(problem, 12)).toContain('of 412 changes that had waited, 12 are being sent now')
})
