import type { HostedParty, Partner } from '@interwatt/store'
import { expect, test } from 'vitest'
import { mayOwn, modulesToPull, type PullModule, planLegs } from './pull-legs.rules.js'

const party = (partyId: string) => ({ countryCode: 'NL', partyId })
const hosted = (roles: Readonly<Record<string, string>>): readonly HostedParty[] =>
  Object.entries(roles).map(([id, role]) => ({
    party: party(id),
    roles: [role],
    businessDetails: { name: id },
  }))

const partner = (
  roles: Readonly<Record<string, string>>,
  hubParty: string | null = null,
): Pick<Partner, 'roles' | 'hubParty' | 'endpoints'> => ({
  roles: Object.entries(roles).map(([id, role]) => ({ role, party: party(id), businessDetails: null })),
  hubParty: hubParty === null ? null : party(hubParty),
  endpoints: ['hubclientinfo', 'locations', 'tariffs', 'tokens', 'sessions', 'cdrs', 'bookings'].map(
    (module) => ({
      module,
      side: 'SENDER',
      url: `https://p.example/${module}`,
    }),
  ),
})

const labels = (
  module: PullModule,
  from: ReturnType<typeof partner>,
  ours: Readonly<Record<string, string>>,
) =>
  planLegs(module, from, { hosted: hosted(ours), routed: true }).map(
    (leg) => `${leg.from.partyId}>${leg.to.partyId}`,
  )

test.each([
  ['locations', { A: 'CPO' }, { E: 'EMSP' }, ['E>A']],
  ['locations', { A: 'CPO', B: 'CPO', C: 'EMSP' }, { E: 'EMSP' }, ['E>A', 'E>B']],
  ['locations', { A: 'CPO' }, { E: 'EMSP', F: 'EMSP' }, ['E>A']],
  ['cdrs', { A: 'CPO' }, { E: 'EMSP', F: 'EMSP' }, ['E>A', 'F>A']],
  ['tokens', { A: 'EMSP' }, { C: 'CPO' }, ['C>A']],
  ['tokens', { A: 'CPO' }, { C: 'CPO' }, []],
  ['sessions', { A: 'CPO' }, { N: 'NSP' }, []],
  ['tariffs', { A: 'NAP' }, { N: 'NSP' }, ['N>A']],
  ['booking_locations', { A: 'CPO', B: 'CPO' }, { E: 'EMSP', F: 'EMSP' }, ['E>A', 'E>B']],
  ['bookings', { A: 'CPO' }, { E: 'EMSP', F: 'EMSP' }, ['E>A', 'F>A']],
  ['bookings', { A: 'EMSP' }, { E: 'EMSP' }, []],
] as const)('%s of %o for %o are asked as %o', (module, theirs, ours, legs) => {
  expect(labels(module, partner(theirs), ours)).toEqual(legs)
})

test('a hub is asked once for everybody behind it', () => {
  expect(labels('locations', partner({ A: 'CPO', B: 'CPO' }, 'HUB'), { E: 'EMSP' })).toEqual(['E>HUB'])
})

test('a hub is asked who its clients are, whatever our roles; nobody else is (HCI-009, HCI-016)', () => {
  for (const role of ['CPO', 'EMSP', 'NSP', 'SCSP'])
    expect(labels('hubclientinfo', partner({ H: 'OTHER' }, 'HUB'), { E: role })).toEqual(['E>HUB'])
  expect(labels('hubclientinfo', partner({ H: 'OTHER' }, 'HUB'), {})).toEqual([])
  expect(labels('hubclientinfo', partner({ A: 'CPO' }), { E: 'EMSP' })).toEqual([])
})

test('only lists that suit our roles are pulled', () => {
  const scope = { hosted: hosted({ C: 'CPO' }), routed: true }
  expect(modulesToPull(partner({ A: 'EMSP', B: 'CPO' }), scope)).toEqual(['tokens'])
})

test('an object may come from its owner and from a hub, in the right role only (TRN-083, TRN-113)', () => {
  expect(mayOwn('locations', partner({ A: 'CPO' }), party('a'))).toBe(true)
  expect(mayOwn('locations', partner({ A: 'CPO' }), party('B'))).toBe(false)
  expect(mayOwn('tokens', partner({ A: 'CPO' }), party('A'))).toBe(false)
  expect(mayOwn('locations', partner({ A: 'CPO' }, 'HUB'), party('B'))).toBe(true)
})

test('a connection between one party each is asked for that party of ours alone (ROL-006)', () => {
  const scope = { hosted: hosted({ E: 'EMSP', F: 'EMSP' }), routed: false }
  const own = { role: 'EMSP', party: party('F') } as const
  expect(planLegs('cdrs', { ...partner({ A: 'CPO' }), own }, scope)).toEqual([
    { from: party('F'), to: party('A') },
  ])
})
