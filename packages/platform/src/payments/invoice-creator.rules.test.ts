import { describe, expect, it } from 'vitest'
import { invoiceFindings, invoiceUrl, paidPlaceOf } from './invoice-creator.rules.js'

const token = { country_code: 'at', party_id: 'PTP', type: 'AD_HOC_USER' }
const place = { id: 'LOC1', evse_uid: 'E1' }

describe('who makes the invoice of a card payment', () => {
  it('is doubted when every terminal that says something says otherwise (PAY-026)', () => {
    const byCpo = { invoice_reference_id: 'INV1' }
    expect(invoiceFindings(byCpo, [{ invoice_creator: 'PTP' }, {}])).toMatchObject([
      { pointer: '/invoice_reference_id', rule: 'PAY-026', message: expect.stringContaining('its provider') },
    ])
    expect(invoiceFindings({}, [{ invoice_creator: 'CPO' }])).toMatchObject([{ severity: 'warning' }])
  })

  it('is not doubted when one terminal agrees, none says, or there is none (PAY-026)', () => {
    const both = [{ invoice_creator: 'PTP' }, { invoice_creator: 'CPO' }]
    for (const cdr of [{}, { invoice_reference_id: 'INV1' }])
      for (const terminals of [both, [{}], [{ invoice_creator: 'BANK' }], []])
        expect(invoiceFindings(cdr, terminals)).toEqual([])
  })

  it('is asked of tokens for one payment only (PAY-037)', () => {
    const cdr = { cdr_token: token, cdr_location: place }
    expect(paidPlaceOf(cdr)).toEqual({
      ptp: { countryCode: 'AT', partyId: 'PTP' },
      locationId: 'LOC1',
      evseUid: 'E1',
    })
    expect(paidPlaceOf({ ...cdr, cdr_token: { ...token, type: 'RFID' } })).toBeUndefined()
    for (const broken of [{}, { cdr_token: token }, { cdr_location: place }, { ...cdr, cdr_token: 5 }])
      expect(paidPlaceOf(broken)).toBeUndefined()
  })
})

describe('the address of an invoice', () => {
  it('joins base and reference by exactly one slash and encodes the reference (PAY-028)', () => {
    for (const base of ['https://i.example/a', 'https://i.example/a/', 'https://i.example/a//'])
      expect(invoiceUrl(base, 'R/1 ä')).toBe('https://i.example/a/R%2F1%20%C3%A4')
  })

  it('is none without a base', () => {
    for (const base of [undefined, null, '', 5]) expect(invoiceUrl(base, 'R1')).toBeNull()
  })
})
