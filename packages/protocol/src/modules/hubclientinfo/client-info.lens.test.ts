import { expect, it } from 'vitest'
import { lift, lower } from '../../lens/crossing.js'

const client = (role: string) => ({
  country_code: 'NL',
  party_id: 'ABC',
  role,
  status: 'CONNECTED',
  last_updated: '2026-01-31T12:00:00Z',
})

it('keeps a hub behind a hub as a party of role OTHER, and gives it back as it came (HCI-029)', () => {
  const lifted = lift('client_info', '2.2.1', client('HUB'), 'whole')
  expect(lifted.document).toMatchObject({ role: 'OTHER', status: 'CONNECTED' })
  expect(lifted.losses).toMatchObject([{ pointer: '/role', severity: 'changed' }])
  const back = lower('client_info', '2.2.1', lifted.document, 'whole', lifted.unmapped)
  expect(back).toMatchObject({ kind: 'document', document: { role: 'HUB' }, losses: [] })
})

it.each(['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'SCSP'])('carries %s as it is', (role) => {
  expect(lift('client_info', '2.2.1', client(role), 'whole')).toMatchObject({
    document: client(role),
    unmapped: null,
    losses: [],
  })
})
