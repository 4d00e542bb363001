import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import { type Loss, startCrossing } from '../../lens/lens.js'
import { price } from './v221-v230.lens.js'

const cross = (direction: 'up' | 'down', value: JsonObject): { value: unknown; losses: readonly Loss[] } => {
  const crossing = startCrossing('whole')
  return { value: price[direction](value, undefined, crossing), losses: crossing.losses }
}

describe('Price between 2.2.1 and 2.3.0', () => {
  it('states no taxes when incl_vat is absent (TYP-047)', () => {
    expect(cross('up', { excl_vat: 10 })).toEqual({ value: { before_taxes: 10 }, losses: [] })
    expect(cross('down', { before_taxes: 10 })).toEqual({ value: { excl_vat: 10 }, losses: [] })
    expect(cross('down', { before_taxes: 10, taxes: [] }).value).toEqual({ excl_vat: 10 })
  })

  it('keeps a stated VAT of zero apart from no statement', () => {
    const lifted = { before_taxes: 10, taxes: [{ name: 'VAT', amount: 0 }] }
    expect(cross('up', { excl_vat: 10, incl_vat: 10 }).value).toEqual(lifted)
    expect(cross('down', lifted)).toEqual({ value: { excl_vat: 10, incl_vat: 10 }, losses: [] })
  })

  it('subtracts exactly and invents no rate (TYP-042)', () => {
    expect(cross('up', { excl_vat: 0.1, incl_vat: 0.3 }).value).toEqual({
      before_taxes: 0.1,
      taxes: [{ name: 'VAT', amount: 0.2 }],
    })
  })

  it('adds several taxes exactly and says that their details are lost', () => {
    const taxes = [
      { name: 'QST', percentage: 9.975, account_number: '1', amount: 0.1 },
      { name: 'GST', amount: 0.2 },
    ]
    const { value, losses } = cross('down', { before_taxes: 0.7, taxes })
    expect(value).toEqual({ excl_vat: 0.7, incl_vat: 1 })
    expect(losses).toMatchObject([{ pointer: '/taxes', severity: 'changed' }])
  })

  it('carries credits, whose amounts are negative', () => {
    expect(cross('up', { excl_vat: -13.3, incl_vat: -15.96 }).value).toEqual({
      before_taxes: -13.3,
      taxes: [{ name: 'VAT', amount: -2.66 }],
    })
  })

  it('does not take a vendor field for an official one', () => {
    const up = cross('up', { excl_vat: 1, taxes: 'none', before_taxes: 9 })
    expect(up.value).toEqual({ before_taxes: 1 })
    expect(up.losses.map(({ pointer }) => pointer).sort()).toEqual(['/before_taxes', '/taxes'])
    expect(cross('down', { before_taxes: 1, incl_vat: 9 }).value).toEqual({ excl_vat: 1 })
  })

  it('gives both amounts back for any amounts with at most eight decimals', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 }).map((n) => n / 1e8)
    fc.assert(
      fc.property(amount, amount, (excl, incl) => {
        const { value } = cross('up', { excl_vat: excl, incl_vat: incl })
        expect(isJsonObject(value) && cross('down', value).value).toEqual({ excl_vat: excl, incl_vat: incl })
      }),
    )
  })
})
