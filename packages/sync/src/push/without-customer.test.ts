import { ocpi230, parseDocument } from '@interwatt/protocol'
import { sessionKey } from '@interwatt/store'
import { expect, test } from 'vitest'
import { session } from '../testing/documents.js'
import { row } from '../testing/rows.js'
import { withoutCustomer } from './without-customer.js'

test('names the provider and nobody else, in a valid session (CP-041)', () => {
  const secret = {
    country_code: 'NL',
    party_id: 'EXA',
    uid: 'SECRET-UID',
    type: 'RFID',
    contract_id: 'SECRET-CONTRACT',
    visual_number: 'SECRET',
  }
  const given = session('S1', 'EXA', {
    cdr_token: secret,
    authorization_reference: 'SECRET-REFERENCE',
    kwh: 4.2,
  })
  const { document, unmapped } = withoutCustomer(
    row(sessionKey({ countryCode: 'DE', partyId: 'IWC' }, 'S1'), given, { unmapped: { was: 'SECRET' } }),
  )
  expect(JSON.stringify([document, unmapped])).not.toContain('SECRET')
  expect(document).toMatchObject({ id: 'S1', kwh: 4.2, cdr_token: { country_code: 'NL', party_id: 'EXA' } })
  expect(parseDocument(ocpi230.Session, document, 'whole')).toMatchObject({ ok: true, findings: [] })
})
