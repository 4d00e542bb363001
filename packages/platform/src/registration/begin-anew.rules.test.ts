import { partyOf } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { mustBeginAnew } from './begin-anew.rules.js'

const before = {
  version: '2.2.1',
  roles: [{ role: 'EMSP', party: partyOf('NL', 'MSP'), businessDetails: { name: 'A' } }],
  hubParty: null,
  endpoints: [
    { module: 'locations', side: 'RECEIVER', url: 'https://a.example/locations' },
    { module: 'cdrs', side: 'RECEIVER', url: 'https://a.example/cdrs' },
  ],
} as const

describe('an update of credentials', () => {
  it('makes everything due again when version, roles or addresses change (CRD-053)', () => {
    const further = { role: 'EMSP', party: partyOf('NL', 'TWO'), businessDetails: { name: 'B' } }
    expect(mustBeginAnew(before, { ...before, version: '2.3.0' })).toBe(true)
    expect(mustBeginAnew(before, { ...before, roles: [...before.roles, further] })).toBe(true)
    expect(mustBeginAnew(before, { ...before, hubParty: partyOf('NL', 'HUB') })).toBe(true)
    expect(mustBeginAnew(before, { ...before, endpoints: before.endpoints.slice(1) })).toBe(true)
  })

  it('changes nothing for delivery when only the token, a name or an order is new', () => {
    const [role] = before.roles
    const renamed = [{ ...role, businessDetails: { name: 'Other' } }]
    const endpoints = [...before.endpoints].reverse()
    expect(mustBeginAnew(before, { ...before, roles: renamed, endpoints })).toBe(false)
  })
})
