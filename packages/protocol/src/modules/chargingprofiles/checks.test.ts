import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

const profile = (change: object = {}) => ({
  charging_rate_unit: 'A',
  charging_profile_period: [
    { start_period: 0, limit: 16 },
    { start_period: 600, limit: 8.5 },
  ],
  ...change,
})
const wish = (change: object = {}) => ({
  charging_profile: profile(change),
  response_url: 'https://scsp.example.com/results/1',
})
const periods = (...given: readonly (readonly [number, number])[]) => ({
  charging_profile_period: given.map(([start_period, limit]) => ({ start_period, limit })),
})

describe.each([v221.SetChargingProfile, v230.SetChargingProfile])('a profile to be set', (schema) => {
  const rules = (change: object) =>
    parseDocument(schema, wish(change), 'whole').findings.map(({ rule }) => rule)

  it('may have one decimal, a start, an end and a least rate', () => {
    expect(rules({})).toEqual([])
    expect(rules({ start_date_time: '2026-01-31T12:00:00Z', duration: 900, min_charging_rate: 6.1 })).toEqual(
      [],
    )
  })

  it.each([
    ['a limit of two decimals', periods([0, 8.15])],
    ['a least rate of two decimals', { min_charging_rate: 0.25 }],
  ])('is refused for %s (CP-020)', (_what, change) => {
    expect(rules(change)).toEqual(['CP-020'])
    expect(parseDocument(schema, wish(change), 'whole').ok).toBe(false)
  })

  it.each([
    ['no period', { charging_profile_period: [] }],
    ['a first period that begins later', periods([60, 8])],
    ['periods out of order', periods([0, 8], [600, 6], [300, 4])],
    ['two periods at once', periods([0, 8], [0, 6])],
    ['a period after the end', { ...periods([0, 8], [900, 6]), duration: 900 }],
    ['no duration at all', { ...periods([0, 8]), duration: 0 }],
    ['a negative start', periods([-1, 8])],
  ])('is refused for %s (CP-021)', (_what, change) => {
    expect(rules(change)).toEqual(['CP-021'])
    expect(parseDocument(schema, wish(change), 'whole').ok).toBe(false)
  })
})

it('takes a reported profile as it is, and notes what is odd (CP-020, CP-021)', () => {
  const reported = { start_date_time: '2026-01-31T12:00:00Z', charging_profile: profile(periods([60, 8.15])) }
  const read = parseDocument(v230.ActiveChargingProfile, reported, 'whole')
  expect(read.ok).toBe(true)
  expect(read.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
    'CP-020 warning',
    'CP-021 warning',
  ])
})

it.each([
  ['ACCEPTED without a profile', { result: 'ACCEPTED' }],
  [
    'a profile without ACCEPTED',
    { result: 'REJECTED', profile: { start_date_time: '2026-01-31T12:00:00Z', charging_profile: profile() } },
  ],
])('notes %s (CP-018)', (_what, result) => {
  const read = parseDocument(v221.ActiveChargingProfileResult, result, 'whole')
  expect(read.ok).toBe(true)
  expect(read.findings.map(({ rule }) => rule)).toEqual(['CP-018'])
})

it.each(['TIMEOUT', 'FAILED', 'NOT_SUPPORTED'])('has no result %s', (result) => {
  expect(parseDocument(v230.ChargingProfileResult, { result }, 'whole').ok).toBe(false)
})
