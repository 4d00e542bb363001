import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { lift, lower } from '../../lens/crossing.js'

const role = (name: string, party: string, business = party): JsonObject => ({
  role: name,
  business_details: { name: business },
  party_id: party,
  country_code: 'NL',
})

const credentials = (...roles: readonly JsonObject[]): JsonObject => ({
  token: 'abc',
  url: 'https://example.com/ocpi/versions',
  roles,
})

describe('Credentials between 2.2.1 and 2.3.0', () => {
  it('turns the role HUB into hub_party_id and back', () => {
    const sent = credentials(role('HUB', 'HUB', 'Hub and Sons'), role('CPO', 'CPA'))
    const { document, unmapped, losses } = lift('credentials', '2.2.1', sent, 'whole')
    expect(document).toEqual({ ...credentials(role('CPO', 'CPA')), hub_party_id: 'NLHUB' })
    expect(losses).toMatchObject([{ pointer: '/roles/0', severity: 'lost' }])
    expect(lower('credentials', '2.2.1', document, 'whole', unmapped)).toMatchObject({
      document: sent,
      losses: [],
    })
  })

  it('keeps a platform that is only a hub with its name and one role', () => {
    const sent = credentials(role('HUB', 'HUB', 'Hub and Sons'))
    const { document, unmapped } = lift('credentials', '2.2.1', sent, 'whole')
    expect(document).toEqual({ ...credentials(role('OTHER', 'HUB', 'Hub and Sons')), hub_party_id: 'NLHUB' })
    expect(unmapped).toBeNull()
    expect(lower('credentials', '2.2.1', document, 'whole')).toMatchObject({ document: sent })
  })

  it('says when it has to make up the name of a hub', () => {
    const canonical = { ...credentials(role('CPO', 'CPA')), hub_party_id: 'NLHUB' }
    const result = lower('credentials', '2.2.1', canonical, 'whole')
    expect(result).toMatchObject({
      document: { roles: [role('CPO', 'CPA'), role('HUB', 'HUB', 'NLHUB')] },
      losses: [{ pointer: '/roles/1/business_details/name', severity: 'added' }],
    })
    expect(result.kind === 'document' && 'hub_party_id' in result.document).toBe(false)
  })

  it('passes credentials without a hub as they are', () => {
    const sent = credentials(role('CPO', 'CPA'))
    expect(lift('credentials', '2.2.1', sent, 'whole').document).toBe(sent)
  })
})
