import type { CheckCode, CheckOutcome, CheckReport } from '@interwatt/pricing'
import type { CdrReview } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PRICING, decideByRule, reviewAfterCheck } from './review.rules.js'

const NOW = '2026-03-01T12:00:00.000Z'

const report = (
  outcome: CheckOutcome,
  difference: CheckReport['difference'],
  ...codes: CheckCode[]
): CheckReport => ({
  outcome,
  currency: 'EUR',
  total: {},
  taxes: [],
  dimensions: [],
  lines: [],
  free: [],
  stated: {},
  difference,
  findings: codes.map((code) => ({ code, severity: 'error', message: 'so it is', pointer: '' })),
})
const rules = (change: Partial<typeof DEFAULT_PRICING.rules>) => ({ ...DEFAULT_PRICING.rules, ...change })

describe('the rules of a partner', () => {
  it('leave everything to people unless something was agreed', () => {
    for (const outcome of ['agrees', 'differs', 'unpriced'] as const)
      expect(decideByRule(report(outcome, { before_taxes: 9 }), DEFAULT_PRICING.rules)).toBeUndefined()
  })

  it('accept what agrees, and nothing else', () => {
    const accepting = rules({ acceptWhenAgrees: true })
    expect(decideByRule(report('agrees', { before_taxes: 0 }), accepting)?.state).toBe('accepted')
    expect(decideByRule(report('differs', { before_taxes: 0.02 }), accepting)).toBeUndefined()
    expect(decideByRule(report('unpriced', null), accepting)).toBeUndefined()
  })

  it('hold what states more than the limit above what was computed, on either side of taxes', () => {
    const holding = rules({ holdAbove: 0.5 })
    const decide = (difference: CheckReport['difference']) =>
      decideByRule(report('differs', difference), holding)?.state
    expect(decide({ before_taxes: 0.5 })).toBeUndefined()
    expect(decide({ before_taxes: 0.51 })).toBe('held')
    expect(decide({ before_taxes: 0.45, after_taxes: 0.54 })).toBe('held')
    expect(decide({ before_taxes: -3 })).toBeUndefined()
    expect(decideByRule(report('differs', { before_taxes: 2.5 }), holding)?.note).toBe(
      '2.50 EUR more than was computed',
    )
  })

  it('hold what has a finding of theirs, even when it agrees', () => {
    const holding = rules({ acceptWhenAgrees: true, holdOn: ['long_session'] })
    expect(decideByRule(report('agrees', { before_taxes: 0 }, 'long_session'), holding)).toEqual({
      state: 'held',
      note: 'long_session: so it is',
    })
    expect(decideByRule(report('agrees', { before_taxes: 0 }), holding)?.state).toBe('accepted')
  })
})

describe('a new check', () => {
  const held: CdrReview = { state: 'held', note: null, by: 'rule', at: NOW }
  const accept = { state: 'accepted', note: 'it agrees' } as const

  it('lets rules decide while nobody has', () => {
    expect(reviewAfterCheck(null, accept, NOW)).toEqual({ ...accept, by: 'rule', at: NOW })
    expect(reviewAfterCheck(null, undefined, NOW)).toBeUndefined()
  })

  it('changes what a rule decided, also back to open', () => {
    expect(reviewAfterCheck(held, accept, NOW)?.state).toBe('accepted')
    expect(reviewAfterCheck(held, undefined, NOW)).toMatchObject({ state: 'open', by: 'rule' })
    expect(reviewAfterCheck(held, { state: 'held', note: 'x' }, NOW)).toBeUndefined()
  })

  it('never changes what an operator decided, unless that was to open it again', () => {
    expect(reviewAfterCheck({ ...held, by: 'key-1' }, accept, NOW)).toBeUndefined()
    expect(reviewAfterCheck({ ...held, state: 'open', by: 'key-1' }, accept, NOW)?.state).toBe('accepted')
  })
})
