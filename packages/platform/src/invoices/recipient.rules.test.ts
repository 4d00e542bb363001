import { type PartyId, partyOf } from '@interwatt/protocol'
import { cdrKey, type StoredObject } from '@interwatt/store'
import { describe, expect, it } from 'vitest'
import { isBetween, recipientOf } from './recipient.rules.js'

const CPO = partyOf('DE', 'CPO')
const MSP = partyOf('DE', 'MSP')
const OTHER = partyOf('NL', 'OTH')

const cdr = (id: string, owner: PartyId, payer: PartyId): StoredObject => ({
  key: cdrKey(owner, id),
  document: { id, cdr_token: { country_code: payer.countryCode.toLowerCase(), party_id: payer.partyId } },
  lastUpdated: '2026-03-01T10:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 1,
  changedSeq: 1,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})

describe('the recipient of an invoice record', () => {
  it('is who pays for the CDRs in direct billing (INV-006)', () => {
    const cdrs = [cdr('A', CPO, MSP), cdr('B', CPO, MSP)]
    expect(recipientOf(CPO, ['a', 'B'], cdrs)).toEqual({ kind: 'party', party: MSP })
  })

  it('is who charged in reverse billing (INV-021)', () => {
    expect(recipientOf(MSP, ['A'], [cdr('A', CPO, MSP)])).toEqual({ kind: 'party', party: CPO })
  })

  it('is nobody when a CDR is not known or not one of the issuer (INV-017)', () => {
    const cdrs = [cdr('A', CPO, MSP), cdr('B', OTHER, MSP)]
    expect(recipientOf(CPO, ['A', 'B', 'C'], cdrs)).toEqual({ kind: 'unknown_cdrs', ids: ['B', 'C'] })
  })

  it('is nobody when the CDRs are with different parties (INV-006)', () => {
    const cdrs = [cdr('A', CPO, MSP), cdr('B', CPO, OTHER)]
    expect(recipientOf(CPO, ['A', 'B'], cdrs)).toEqual({ kind: 'different', parties: ['DE*MSP', 'NL*OTH'] })
  })

  it('is the one who has all ids where several use some of them (INV-021)', () => {
    const cdrs = [cdr('A', CPO, MSP), cdr('A', OTHER, MSP), cdr('B', CPO, MSP)]
    expect(recipientOf(MSP, ['A', 'B'], cdrs)).toEqual({ kind: 'party', party: CPO })
    expect(recipientOf(MSP, ['A'], cdrs)).toEqual({ kind: 'ambiguous', parties: ['DE*CPO', 'NL*OTH'] })
  })
})

it('a CDR is between its owner and its payer, seen from both (INV-021)', () => {
  const one = cdr('A', CPO, MSP)
  expect(isBetween(one, CPO, MSP)).toBe(true)
  expect(isBetween(one, MSP, CPO)).toBe(true)
  expect(isBetween(one, CPO, OTHER)).toBe(false)
})
