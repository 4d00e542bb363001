import type { ProfileTrace } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import {
  greatestProfile,
  judgeProfile,
  listenersOf,
  mayHold,
  type ProfileCase,
  readDuration,
  readResponseUrl,
  senderOf,
} from './profile.rules.js'

const EMSP = { partnerId: 'p1', party: { countryCode: 'DE', partyId: 'MSP' } }
const SCSP = { partnerId: 'p2', party: { countryCode: 'NL', partyId: 'SCS' } }

const trace = (number: number, change: Partial<ProfileTrace> = {}): ProfileTrace => ({
  number,
  released: false,
  type: 'SET',
  partnerId: EMSP.partnerId,
  senderParty: EMSP.party,
  state: 'DONE',
  result: 'ACCEPTED',
  ...change,
})
const ofScsp = { partnerId: SCSP.partnerId, senderParty: SCSP.party }

const judge = (change: Partial<ProfileCase> = {}) =>
  judgeProfile({
    type: 'SET',
    sender: EMSP,
    limits: [16, 0],
    session: { status: 'ACTIVE' },
    isSenders: true,
    contracted: false,
    capabilities: ['CHARGING_PROFILE_CAPABLE'],
    traces: [],
    recent: 0,
    most: 10,
    ...change,
  })

describe('a request for a profile', () => {
  it('is ACCEPTED for a running session of the Sender at a capable EVSE', () => {
    for (const type of ['SET', 'CLEAR', 'READ'] as const) expect(judge({ type })).toBe('ACCEPTED')
    expect(judge({ session: { status: 'PENDING' } })).toBe('ACCEPTED')
  })

  it.each([
    ['of another customer (CP-006)', { isSenders: false }, 'REJECTED'],
    ['at an EVSE that cannot (CP-007)', { capabilities: [] }, 'NOT_SUPPORTED'],
    ['made too often (CP-008)', { recent: 10 }, 'TOO_OFTEN'],
    ['that would discharge the car (CP-022)', { limits: [16, -5] }, 'REJECTED'],
    ['for a session that is over (CP-029)', { session: { status: 'COMPLETED' } }, 'REJECTED'],
    ['for a reservation (CP-029)', { session: { status: 'RESERVATION' } }, 'REJECTED'],
    ['while another steers (CP-045)', { traces: [trace(1, ofScsp)] }, 'REJECTED'],
    [
      'while the result of another is awaited (CP-045)',
      { traces: [trace(1, { ...ofScsp, state: 'ACCEPTED', result: null })] },
      'REJECTED',
    ],
  ] as const)('%s is not accepted', (_what, change, response) => {
    expect(judge(change)).toBe(response)
  })

  it('for others’ customers takes a contract (ROL-012)', () => {
    expect(judge({ isSenders: false, contracted: true })).toBe('ACCEPTED')
  })

  it.each([
    ['was cleared', [trace(1, ofScsp), trace(2, { ...ofScsp, type: 'CLEAR' })]],
    ['was not accepted by the charge point', [trace(1, { ...ofScsp, result: 'REJECTED' })]],
    ['got no result', [trace(1, { ...ofScsp, state: 'TIMEOUT', result: 'REJECTED' })]],
    ['was ended by the CPO', [trace(1, { ...ofScsp, released: true })]],
  ] as const)('is accepted when the profile of another %s (CP-045)', (_what, traces) => {
    expect(judge({ traces })).toBe('ACCEPTED')
  })

  it('to read is accepted whoever steers', () => {
    expect(judge({ type: 'READ', traces: [trace(1, ofScsp)] })).toBe('ACCEPTED')
  })
})

describe('what a Sender may have at the charge point (CP-010)', () => {
  it.each([
    ['nothing', [], false],
    ['what was accepted', [trace(1)], true],
    ['what is awaited', [trace(1, { state: 'ACCEPTED', result: null })], true],
    ['perhaps what got no result', [trace(1, { state: 'TIMEOUT', result: 'REJECTED' })], true],
    ['not what was rejected', [trace(1, { result: 'REJECTED' })], false],
    ['not what it cleared', [trace(1), trace(2, { type: 'CLEAR' })], false],
    ['what it set after it cleared', [trace(3), trace(2, { type: 'CLEAR' })], true],
    ['what it could not clear', [trace(1), trace(2, { type: 'CLEAR', result: 'REJECTED' })], true],
    ['not what another set', [trace(1, ofScsp)], false],
  ] as const)('is %s', (_what, traces, expected) => {
    expect(mayHold(traces, EMSP)).toBe(expected)
  })
})

it('tells each Sender that once set a profile with success, and nobody else (CP-011 to CP-013)', () => {
  const traces = [
    trace(1),
    trace(2, { type: 'CLEAR' }),
    trace(3, { result: 'REJECTED', ...ofScsp }),
    trace(4, { type: 'READ', ...ofScsp }),
    trace(5),
  ]
  expect(listenersOf(traces)).toEqual([EMSP])
  expect(listenersOf([...traces, trace(6, ofScsp)])).toEqual([EMSP, SCSP])
})

it.each([
  ['900', 900],
  ['1000000000', 86_400],
  ['0', undefined],
  ['-5', undefined],
  ['9.5', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the duration %s as %s (CP-025, CP-026)', (text, expected) => {
  expect(readDuration(text)).toBe(expected)
})

it.each([
  ['response_url=https%3A%2F%2Fa.example%2Fr%3Fid%3D1%26k%3Da%2520b', 'https://a.example/r?id=1&k=a%20b'],
  ['duration=900&response_url=https%3A%2F%2Fa.example%2Fr&x=1', 'https://a.example/r'],
  ['duration=900&response_url=https://a.example/r?id=1&k=2', 'https://a.example/r?id=1&k=2'],
  ['response_url=https://a.example/r?id=1&duration=900', 'https://a.example/r?id=1'],
  ['response_url=https%3A%2F%2Fa.example%2F%', undefined],
  ['other_response_url=https%3A%2F%2Fa.example', undefined],
  ['', undefined],
])('reads the address in %s (CP-023)', (query, expected) => {
  expect(readResponseUrl(query)).toBe(expected)
})

it('shows what the EVSE can give at most when nobody limits it (CP-016)', () => {
  const profile = (connector: Parameters<typeof greatestProfile>[0]) =>
    greatestProfile(connector, '2026-03-01T10:00:00.000Z')?.charging_profile
  expect(profile({ max_electric_power: 22_000, max_amperage: 32 })).toEqual({
    duration: 3600,
    charging_rate_unit: 'W',
    charging_profile_period: [{ start_period: 0, limit: 22_000 }],
  })
  expect(profile({ max_amperage: 16 })).toMatchObject({
    charging_rate_unit: 'A',
    charging_profile_period: [{ limit: 16 }],
  })
  expect(profile(undefined)).toBeUndefined()
})

it('takes a request as from the party it names, else from the owner of the token', () => {
  const parties = [EMSP.party, SCSP.party]
  const foreign = { countryCode: 'FR', partyId: 'ZZZ' }
  expect(senderOf(parties, SCSP.party, EMSP.party)).toEqual(SCSP.party)
  expect(senderOf(parties, foreign, SCSP.party)).toEqual(SCSP.party)
  expect(senderOf(parties, undefined, foreign)).toEqual(EMSP.party)
  expect(senderOf([], undefined, foreign)).toBeUndefined()
})
