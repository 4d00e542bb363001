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
})
