import { describe, expect, it } from 'vitest'
import { confirmedAtMs, FRESHNESS, type StatusSource, staleReason, staleSource } from './freshness.rules.js'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const MINUTE = 60_000
const DAY = 86_400_000

const partner = (change: Partial<StatusSource> = {}, heardMinutesAgo = 1): StatusSource => ({
  partner: { atMs: NOW - heardMinutesAgo * MINUTE, isAway: false },
  isConnected: true,
  isPartyAway: false,
  ...change,
})
const hosted: StatusSource = { partner: null, isConnected: true, isPartyAway: false }
const free = (daysAgo = 0) => ({ status: 'AVAILABLE', sinceMs: NOW - daysAgo * DAY })

describe('a status', () => {
  it.each([
    ['of a partner that talks is believed', partner(), free(), null],
    ['of a partner that was silent for long is not', partner({}, 16), free(), 'silent'],
    [
      'of a partner nobody ever heard of is not',
      partner({ partner: { atMs: null, isAway: false } }),
      free(),
      'silent',
    ],
    [
      'of a partner that does not answer is not',
      partner({ partner: { atMs: NOW - 2 * MINUTE, isAway: true } }),
      free(),
      'partner-away',
    ],
    [
      'of a partner that does not answer, but goes on telling, is believed',
      partner({ partner: { atMs: NOW - MINUTE / 2, isAway: true } }),
      free(),
      null,
    ],
    ['of a partner that left is not', partner({ isConnected: false }), free(), 'partner-away'],
    ['of a party that its hub misses is not', partner({ isPartyAway: true }), free(), 'party-away'],
    ['that is free for a week and more is doubtful', partner(), free(8), 'old-status'],
    [
      'that is out of order for a month may well be so',
      partner(),
      { status: 'OUTOFORDER', sinceMs: NOW - 30 * DAY },
      null,
    ],
    ['of a hosted party is always its own', hosted, free(100), null],
  ] as const)('%s', (_rule, source, status, reason) => {
    expect(staleReason(source, status, NOW)).toBe(reason)
  })

  it('is stale from the moment after the limit, not at it', () => {
    const heard = (agoMs: number) => partner({ partner: { atMs: NOW - agoMs, isAway: false } })
    expect(staleSource(heard(FRESHNESS.silentMs), NOW)).toBeNull()
    expect(staleSource(heard(FRESHNESS.silentMs + 1), NOW)).toBe('silent')
  })

  it('was last known to be so at the last word of the partner, at its change, or now', () => {
    expect(confirmedAtMs(partner(), free(1), NOW)).toBe(NOW - MINUTE)
    expect(confirmedAtMs(partner({}, 60), { status: 'CHARGING', sinceMs: NOW - MINUTE }, NOW)).toBe(
      NOW - MINUTE,
    )
    expect(confirmedAtMs(hosted, free(1), NOW)).toBe(NOW)
  })
})
