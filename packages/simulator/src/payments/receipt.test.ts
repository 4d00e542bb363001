import { describe, expect, it } from 'vitest'
import type { CDR } from '../back-ends/documents.js'
import { testLocations } from '../testing/locations.js'
import { receiptLines, receiptUrl } from './receipt.js'
import { terminalPlace, withCardReader } from './terminal-place.js'

describe('the receipt of a card payment', () => {
  it('is found at one slash behind the base, with the reference encoded (PAY-028)', () => {
    expect(receiptUrl('https://i.example/a', 'R 1/2')).toBe('https://i.example/a/R%201%2F2')
    expect(receiptUrl('https://i.example/a//', 'R1')).toBe('https://i.example/a/R1')
  })

  it('adds taxes exactly and prints the lines of the terminal as they are (PAY-027)', () => {
    const cdr = {
      cdr_location: { address: 'Am Hof 1', city: 'Wien' },
      currency: 'EUR',
      total_energy: 1.5,
      total_cost: { before_taxes: 0.1, taxes: [{ name: 'VAT', amount: 0.2 }] },
      invoice_reference_id: 'inv-1',
    } as CDR
    expect(receiptLines({ seller: 'Strom', cdr, eftData: ['Trace: 1', 'trace: 1'] })).toEqual([
      'Strom',
      'Am Hof 1, Wien',
      'Invoice inv-1',
      '1.5 kWh: 0.1 EUR',
      'VAT: 0.2 EUR',
      'Total: 0.3 EUR',
      'Trace: 1',
      'trace: 1',
    ])
  })
})

describe('the place of a terminal', () => {
  it('says of each EVSE that it takes cards, once, and keeps what it could before (PAY-043)', () => {
    const [place] = testLocations()
    if (place === undefined) throw new Error('no location')
    const evses = withCardReader(withCardReader(place)).evses ?? []
    expect(evses).toHaveLength(4)
    for (const { capabilities = [] } of evses) {
      expect(new Set(capabilities).size).toBe(capabilities.length)
      expect(capabilities).toEqual(
        expect.arrayContaining(['RFID_READER', 'CREDIT_CARD_PAYABLE', 'PED_TERMINAL']),
      )
    }
  })

  it('is where the most power is; nowhere without locations', () => {
    expect(terminalPlace(testLocations())?.id).toBe('LOC2')
    expect(terminalPlace([])).toBeUndefined()
  })
})
