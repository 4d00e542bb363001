import { expect, test } from 'vitest'
import { planAgain } from './pull-again.rules.js'

const party = { countryCode: 'FR', partyId: 'FAR' }
const modules = ['hubclientinfo', 'tariffs', 'locations', 'tokens', 'sessions', 'payments/terminals'] as const
const back = (role: string, awaySince: string | null) => ({ party, role, awaySince })

test.each<[string, string[]]>([
  ['CPO', ['tariffs', 'locations', 'sessions']],
  ['EMSP', ['tokens']],
  ['OTHER', ['tariffs', 'locations', 'tokens', 'sessions']],
  ['SCSP', []],
])('of a party that is back as %s the lists are read that hold what it owns (HCI-012)', (role, expected) => {
  expect([...planAgain(modules, [back(role, null)]).keys()]).toEqual(expected)
})

test('reads from an hour before the hub noticed that it was away', () => {
  const asked = planAgain(modules, [back('EMSP', '2026-03-01T10:00:00.000Z')])
  expect(asked.get('tokens')).toBe('2026-03-01T09:00:00.000Z')
})

test('of several the one that was away longest counts, and one never seen before wants everything', () => {
  const early = back('CPO', '2026-03-01T10:00:00Z')
  const late = back('CPO', '2026-03-02T10:00:00Z')
  expect(planAgain(modules, [late, early]).get('locations')).toBe('2026-03-01T09:00:00.000Z')
  expect(planAgain(modules, [late, early, back('CPO', null)]).get('locations')).toBeNull()
})
