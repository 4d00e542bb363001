import type { PartyId } from '@interwatt/protocol'
import type { Partner } from '@interwatt/store'
import { expect, test } from 'vitest'
import { connectedRoles, type HubClient, type KnownParties } from './hub-clients.js'

const party = (partyId: string): PartyId => ({ countryCode: 'NL', partyId })
const says = (id: string, status = 'CONNECTED', role = 'EMSP'): HubClient => ({
  party: party(id),
  role,
  status,
})
const roles = (...ids: string[]): Partner['roles'] =>
  ids.map((id) => ({ role: 'EMSP', party: party(id), businessDetails: null }))
const hub = { id: 'hub', roles: roles('REG') }
const partner = (id: string, status: Partner['status']): KnownParties['partners'][number] => ({
  id,
  status,
  roles: roles(id.toUpperCase()),
})
const hosted = [{ party: party('OUR'), roles: ['CPO'], businessDetails: { name: 'Ours' } }]
const named = (clients: readonly HubClient[], partners: KnownParties['partners'] = []): string[] =>
  connectedRoles(hub, clients, { hosted, partners }).map((each) => `${each.role} ${each.party.partyId}`)

test('only what a hub says is CONNECTED counts, in that role, and nothing twice (HCI-013)', () => {
  const clients = ['OFFLINE', 'PLANNED', 'SUSPENDED'].map((status) => says('AWY', status))
  expect(named([...clients, says('AWY', 'CONNECTED', 'CPO'), says('EXA'), says('REG')])).toEqual([
    'CPO AWY',
    'EMSP EXA',
  ])
})

test('parties hosted here and roles with a connection of their own are left out (CRD-013)', () => {
  const clients = [says('OUR'), says('DIR'), says('DIR', 'CONNECTED', 'CPO'), says('OLD')]
  const partners = [partner('dir', 'REGISTERED'), partner('old', 'UNREGISTERED')]
  expect(named(clients, partners)).toEqual(['CPO DIR', 'EMSP OLD'])
  expect(named([says('DIR')], [partner('dir', 'SUSPENDED')])).toEqual([])
})
