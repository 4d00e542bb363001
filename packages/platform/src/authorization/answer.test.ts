import { describe, expect, it } from 'vitest'
import { answerFor } from './answer.js'

const here = { location_id: 'LOC1', evse_uids: ['E1'] }

describe('the answer about one of our tokens', () => {
  it('is ALLOWED for a valid token, with the location only where one was asked about (TOK-071)', () => {
    expect(answerFor(true, undefined, undefined)).toMatchObject({ allowed: 'ALLOWED', location: undefined })
    expect(answerFor(true, undefined, here)).toMatchObject({ allowed: 'ALLOWED', location: here })
  })

  it('is BLOCKED for an invalid token, whatever its rule says (TOK-067)', () => {
    expect(answerFor(false, { allowed: 'ALLOWED' }, here)).toMatchObject({
      allowed: 'BLOCKED',
      location: undefined,
    })
  })

  it.each(['EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED', 'BLOCKED'] as const)(
    'is %s when a rule says so, with its text (TOK-080)',
    (allowed) => {
      const info = { language: 'en', text: 'Ask the help desk' }
      expect(answerFor(true, { allowed, info }, here)).toMatchObject({ allowed, info, location: undefined })
    },
  )

  it('needs the location of a token that is bound to some (TOK-068)', () => {
    const rule = { allowed: 'ALLOWED', locations: ['loc1'] } as const
    expect(answerFor(true, rule, undefined)).toBe('not_enough')
    expect(answerFor(true, rule, here)).toMatchObject({ allowed: 'ALLOWED' })
    expect(answerFor(true, rule, { location_id: 'LOC2' })).toMatchObject({
      allowed: 'NOT_ALLOWED',
      location: undefined,
    })
  })

  describe('about a token that is bound to EVSEs (TOK-070, TOK-071)', () => {
    const rule = { allowed: 'ALLOWED', evses: [{ location_id: 'loc1', evse_uids: ['e1', 'E3'] }] } as const

    it.each([
      ['the allowed ones of those asked about', ['E1', 'E2'], ['E1']],
      ['all allowed ones, when the whole location was asked about', undefined, ['e1', 'E3']],
      ['all allowed ones, when the list is empty (TOK-073)', [], ['e1', 'E3']],
    ])('names %s', (_what, asked, evse_uids) =>
      expect(
        answerFor(true, rule, { location_id: 'LOC1', ...(asked ? { evse_uids: asked } : {}) }),
      ).toMatchObject({ allowed: 'ALLOWED', location: { location_id: 'LOC1', evse_uids } }),
    )

    it('is NOT_ALLOWED, without location, where none of them is', () =>
      expect(answerFor(true, rule, { location_id: 'LOC1', evse_uids: ['E2'] })).toMatchObject({
        allowed: 'NOT_ALLOWED',
        location: undefined,
      }))

    it('does not narrow other locations, and needs one to answer (TOK-068)', () => {
      const elsewhere = { location_id: 'LOC2', evse_uids: ['E2'] }
      expect(answerFor(true, rule, elsewhere)).toMatchObject({ allowed: 'ALLOWED', location: elsewhere })
      expect(answerFor(true, rule, undefined)).toBe('not_enough')
    })
  })
})
