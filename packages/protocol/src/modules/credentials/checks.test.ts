import { expect, it } from 'vitest'
import { checkDocument, parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

const role = (name: string, party_id: string, country_code = 'DE') => ({
  role: name,
  party_id,
  country_code,
  business_details: { name: 'Beispiel' },
})

const credentials = (changes: object) => ({
  token: 'a1b2c3',
  url: 'https://ocpi.example.com/versions',
  roles: [role('CPO', 'IWC')],
  ...changes,
})

const broken = (changes: object) =>
  parseDocument(v230.Credentials, credentials(changes), 'whole').findings.map(
    ({ pointer, rule, severity }) => `${pointer} ${rule} ${severity}`,
  )

it('lists a party with a role once, without regard to case (CRD-005)', () => {
  expect(broken({ roles: [role('CPO', 'IWC'), role('EMSP', 'IWC'), role('CPO', 'iwc', 'de')] })).toEqual([
    '/roles/2 CRD-005 error',
  ])
  expect(broken({ roles: [role('CPO', 'IWC'), role('CPO', 'IWC', 'NL'), role('EMSP', 'IWC')] })).toEqual([])
  expect(broken({ roles: [] })).toEqual(['/roles credentials_credentials_object error'])
})

it('has a hub party id of country code and party id (CRD-010)', () => {
  expect(broken({ hub_party_id: 'NLHUB' })).toEqual([])
  for (const hub_party_id of ['HUB', 'NLHU', '12HUB'])
    expect(broken({ hub_party_id })).toEqual(['/hub_party_id CRD-010 error'])
})

it('has a token of 1 to 64 printable characters without spaces, which no message shows (CRD-002)', () => {
  for (const token of ['with space', 'x'.repeat(65), 'tüken', 'a\nb']) {
    const { ok, findings } = parseDocument(v230.Credentials, credentials({ token }), 'whole')
    expect(ok).toBe(false)
    expect(JSON.stringify(findings)).not.toContain(token)
  }
})

it('knows the role HUB in 2.2.1 only (CRD-007, CRD-008)', () => {
  const hub = credentials({ roles: [role('HUB', 'HUB')] })
  expect(parseDocument(v221.Credentials, hub, 'whole').ok).toBe(true)
  expect(parseDocument(v230.Credentials, hub, 'whole').findings.map(({ code }) => code)).toEqual([
    'unknown_value',
  ])
})

it('takes the role PTP and never sends it (ROL-015)', () => {
  const given = {
    token: 'abc',
    url: 'https://ptp.example/versions',
    roles: [{ role: 'PTP', party_id: 'PTP', country_code: 'NL', business_details: { name: 'Terminals' } }],
  }
  const parsed = parseDocument(v230.Credentials, given, 'whole')
  expect(parsed.ok && parsed.value).toEqual(given)
  expect(parsed.findings).toMatchObject([{ rule: 'ROL-015', severity: 'warning' }])
  expect(checkDocument(v230.Credentials, given, 'whole')).toMatchObject([{ severity: 'error' }])
})
