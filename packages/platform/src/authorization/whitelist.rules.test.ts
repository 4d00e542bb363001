import { describe, expect, it } from 'vitest'
import { whitelistExplanation, whitelistStep } from './whitelist.rules.js'

/** The decision table of tokens 3.4 (TOK-090), one row each; `asks` says whether the eMSP is asked when it can be. */
const table = [
  ['ALWAYS', true, { asks: false, online: true, offline: true }],
  ['ALWAYS', false, { asks: false, online: false, offline: false }],
  ['ALLOWED', true, { asks: false, online: true, offline: true }],
  ['ALLOWED', false, { asks: true, offline: false }],
  ['ALLOWED_OFFLINE', true, { asks: true, offline: true }],
  ['ALLOWED_OFFLINE', false, { asks: true, offline: false }],
  ['NEVER', true, { asks: true, offline: false }],
  ['NEVER', false, { asks: true, offline: false }],
] as const

describe('the whitelist decision table', () => {
  it.each(table)('%s, valid %s', (whitelist, valid, expected) => {
    const step = whitelistStep({ whitelist, valid })
    expect(step.kind).toBe(expected.asks ? 'ask' : 'decide')
    expect(step.kind === 'decide' ? step.allowed : step.fallback.allowed).toBe(expected.offline)
  })

  it('asks about a token that is not in the store, and denies it without an answer', () => {
    expect(whitelistStep(undefined)).toEqual({
      kind: 'ask',
      fallback: { allowed: false, reason: 'unknown_token' },
    })
  })

  it('asks about a whitelist value nobody knows rather than trust it', () => {
    expect(whitelistStep({ whitelist: 'SOMETIMES', valid: true }).kind).toBe('ask')
  })

  it('has a sentence for every reason', () => {
    for (const sentence of Object.values(whitelistExplanation)) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })
})
