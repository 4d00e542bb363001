import { describe, expect, it } from 'vitest'
import { lift, lower } from '../../lens/crossing.js'

describe('CDR between 2.2.1 and 2.3.0', () => {
  it('is withheld when its connector standard has no name in 2.2.1, and says where', () => {
    const cdr = {
      id: 'C1',
      cdr_location: { id: 'L1', connector_standard: 'MCS' },
      total_cost: { before_taxes: 1 },
    }
    expect(lower('cdr', '2.2.1', cdr, 'whole')).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('MCS'),
      losses: [{ pointer: '/cdr_location/connector_standard', severity: 'lost' }],
    })
  })

  it('translates every price and embedded tariff in place', () => {
    const prices = ['cost', 'fixed_cost', 'energy_cost', 'time_cost', 'parking_cost', 'reservation_cost']
    const sent = {
      tariffs: [{ id: 'T1', elements: [] }],
      ...Object.fromEntries(prices.map((name) => [`total_${name}`, { excl_vat: 1, incl_vat: 1.19 }])),
    }
    const { document, unmapped } = lift('cdr', '2.2.1', sent, 'whole')
    expect(document.tariffs).toEqual([{ id: 'T1', elements: [], tax_included: 'NO' }])
    for (const name of prices)
      expect(document[`total_${name}`]).toEqual({ before_taxes: 1, taxes: [{ name: 'VAT', amount: 0.19 }] })
    expect(unmapped).toBeNull()
  })

  it('calls a token type OTHER that 2.2.1 does not list, in every object that holds a token', () => {
    const token = { uid: '1', type: 'EMAID' }
    const other = { uid: '1', type: 'OTHER' }
    const crossed = (name: 'cdr' | 'session' | 'start_session' | 'authorization_info', field: string) =>
      lower(name, '2.2.1', { [field]: token }, 'whole')
    for (const [name, field] of [
      ['cdr', 'cdr_token'],
      ['session', 'cdr_token'],
      ['start_session', 'token'],
      ['authorization_info', 'token'],
    ] as const) {
      const result = crossed(name, field)
      expect(result).toMatchObject({ document: { [field]: other } })
      expect(result.losses).toMatchObject([{ pointer: `/${field}/type`, severity: 'changed' }])
    }
  })
})
