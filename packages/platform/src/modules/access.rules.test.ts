import { OcpiRefusal, partyOf } from '@interwatt/protocol'
import type { Caller } from '@interwatt/server'
import { describe, expect, it } from 'vitest'
import { assertMayOwn, assertSameId, assertSameParty, offersModule } from './access.rules.js'

const caller = (...roles: [string, string][]): Caller => ({
  partnerId: 'p',
  partnerName: 'P',
  access: 'full',
  version: '2.3.0',
  token: 'fake',
  isHub: false,
  roles: roles.map(([role, id]) => ({ role, party: partyOf('NL', id) })),
})

const hosted = (...roles: string[]) => [
  { party: partyOf('DE', 'OWN'), roles, businessDetails: { name: 'Own' } },
]

const reasonOf = (work: () => void): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof OcpiRefusal ? error.reason : 'bug'
  }
}

describe('version details', () => {
  it.each([
    [
      'CPO',
      'EMSP',
      [
        'locations SENDER',
        'tariffs SENDER',
        'sessions SENDER',
        'cdrs SENDER',
        'tokens RECEIVER',
        'commands RECEIVER',
      ],
    ],
    [
      'EMSP',
      'CPO',
      [
        'locations RECEIVER',
        'tariffs RECEIVER',
        'sessions RECEIVER',
        'cdrs RECEIVER',
        'tokens SENDER',
        'commands SENDER',
      ],
    ],
    ['CPO', 'NSP', ['locations SENDER', 'tariffs SENDER']],
    ['EMSP', 'NSP', []],
    ['CPO', 'CPO', []],
  ])(
    'of a node that hosts %s show a partner that is %s what both can use (VER-015, roles 2.4)',
    (own, theirs, expected) => {
      const modules = ['locations', 'tariffs', 'sessions', 'cdrs', 'tokens', 'commands']
      const shown = modules.flatMap((module) =>
        (['SENDER', 'RECEIVER'] as const)
          .filter((side) => offersModule(caller([theirs, 'XYZ']), hosted(own), module, side))
          .map((side) => `${module} ${side}`),
      )
      expect(shown).toEqual(expected)
    },
  )

  it('show charging profiles to who steers, on the side of the CPO, and to CPOs on the other (CP-032)', () => {
    for (const role of ['EMSP', 'SCSP']) {
      expect(offersModule(caller([role, 'ABC']), hosted('CPO'), 'chargingprofiles', 'RECEIVER')).toBe(true)
      expect(offersModule(caller(['CPO', 'ABC']), hosted(role), 'chargingprofiles', 'SENDER')).toBe(true)
      expect(offersModule(caller([role, 'ABC']), hosted(role), 'chargingprofiles', 'RECEIVER')).toBe(false)
    }
    // An eMSP takes what SCSPs ask of its customers' CPOs (CP-038).
    expect(offersModule(caller(['SCSP', 'ABC']), hosted('EMSP'), 'chargingprofiles', 'RECEIVER')).toBe(true)
    expect(offersModule(caller(['SCSP', 'ABC']), hosted('EMSP'), 'chargingprofiles', 'SENDER')).toBe(false)
    expect(offersModule(caller(['EMSP', 'ABC']), hosted('SCSP'), 'chargingprofiles', 'RECEIVER')).toBe(false)
    for (const role of ['NSP', 'NAP', 'OTHER', 'CPO'])
      expect(offersModule(caller([role, 'ABC']), hosted('CPO'), 'chargingprofiles', 'RECEIVER')).toBe(false)
  })

  it('show hub client info to hubs alone, on the side of the client (HCI-009)', () => {
    const hub = { ...caller(['OTHER', 'HUB']), isHub: true }
    const offered = (who: Parameters<typeof offersModule>[0], side: 'SENDER' | 'RECEIVER') =>
      offersModule(who, hosted('EMSP'), 'hubclientinfo', side)
    expect([offered(hub, 'RECEIVER'), offered(caller(), 'RECEIVER')]).toEqual([true, true])
    expect([offered(hub, 'SENDER'), offered(caller(['OTHER', 'HUB']), 'RECEIVER')]).toEqual([false, false])
    expect(offersModule(hub, [], 'hubclientinfo', 'RECEIVER')).toBe(false)
  })

  it('show a caller without roles all of ours, and credentials once (VER-006)', () => {
    expect(offersModule(caller(), hosted('CPO'), 'locations', 'SENDER')).toBe(true)
    expect(offersModule(caller(), hosted('CPO'), 'credentials', 'SENDER')).toBe(true)
    expect(offersModule(caller(), hosted('CPO'), 'credentials', 'RECEIVER')).toBe(false)
    expect(offersModule(caller(), hosted('CPO'), 'bookings', 'RECEIVER')).toBe(false)
  })
})

describe('what a caller may own', () => {
  it('is what stands under its parties in the right role (TRN-112, ROL-007)', () => {
    expect(
      reasonOf(() => assertMayOwn(caller(['CPO', 'ABC']), 'locations', partyOf('nl', 'abc'))),
    ).toBeUndefined()
    expect(reasonOf(() => assertMayOwn(caller(['CPO', 'ABC']), 'locations', partyOf('NL', 'XYZ')))).toBe(
      'unknownParty',
    )
    expect(reasonOf(() => assertMayOwn(caller(['EMSP', 'ABC']), 'locations', partyOf('NL', 'ABC')))).toBe(
      'invalid',
    )
    expect(reasonOf(() => assertMayOwn(caller(['CPO', 'ABC']), 'tokens', partyOf('NL', 'ABC')))).toBe(
      'invalid',
    )
  })

  it('is nothing more for a hub: it brings what its registered parties own', () => {
    const hub = caller(['HUB', 'HUB'], ['CPO', 'ABC'])
    expect(reasonOf(() => assertMayOwn(hub, 'locations', partyOf('NL', 'ABC')))).toBeUndefined()
    expect(reasonOf(() => assertMayOwn(hub, 'locations', partyOf('FR', 'ABC')))).toBe('unknownParty')
    expect(reasonOf(() => assertMayOwn(hub, 'locations', partyOf('NL', 'HUB')))).toBe('invalid')
  })
})

it('ids and parties of URL and body are compared without case (TRN-114, TRN-115)', () => {
  expect(reasonOf(() => assertSameId('id', 'LOC1', 'loc1'))).toBeUndefined()
  expect(reasonOf(() => assertSameId('id', 'LOC1', 'LOC2'))).toBe('invalid')
  expect(
    reasonOf(() => assertSameParty(partyOf('NL', 'ABC'), { country_code: 'nl', party_id: 'abc' })),
  ).toBeUndefined()
  expect(reasonOf(() => assertSameParty(partyOf('NL', 'ABC'), { country_code: 'NL', party_id: 'XYZ' }))).toBe(
    'invalid',
  )
})
