import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { lift, lower } from '../../lens/crossing.js'

const component = (fields: JsonObject): JsonObject => ({
  type: 'ENERGY',
  price: 0.25,
  step_size: 1,
  ...fields,
})

const tariff = (fields: JsonObject, ...components: readonly JsonObject[]): JsonObject => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: components }],
  last_updated: '2026-01-01T00:00:00Z',
  ...fields,
})

const lowered = (document: JsonObject) => lower('tariff', '2.2.1', document, 'whole')

describe('Tariff between 2.2.1 and 2.3.0', () => {
  it('says tax_included NO on the way up and nothing on the way down', () => {
    const sent = tariff({}, component({ vat: 19 }))
    const { document, unmapped, losses } = lift('tariff', '2.2.1', sent, 'whole')
    expect(document).toEqual({ ...sent, tax_included: 'NO' })
    expect({ unmapped, losses }).toEqual({ unmapped: null, losses: [] })
    expect(lowered(document)).toEqual({ kind: 'document', document: sent, losses: [] })
  })

  it('renames the amounts of its limits', () => {
    const sent = tariff(
      { min_price: { excl_vat: 1, incl_vat: 1.19 }, max_price: { excl_vat: 9 } },
      component({}),
    )
    expect(lift('tariff', '2.2.1', sent, 'whole').document).toMatchObject({
      min_price: { before_taxes: 1, after_taxes: 1.19 },
      max_price: { before_taxes: 9 },
    })
  })

  it('states prices without VAT when they included it, to six decimals half up', () => {
    const gross = tariff({ tax_included: 'YES' }, component({ price: 0.25, vat: 19 }), component({ vat: 0 }))
    const result = lowered(gross)
    expect(result).toMatchObject({
      kind: 'document',
      document: {
        elements: [
          {
            price_components: [
              { price: 0.210084, vat: 19 },
              { price: 0.25, vat: 0 },
            ],
          },
        ],
      },
    })
    expect(result.losses.map(({ pointer, severity }) => [pointer, severity])).toEqual([
      ['/tax_included', 'changed'],
      ['/elements/0/price_components/0/price', 'changed'],
    ])
  })

  it('leaves limits alone when prices include tax: before_taxes is without tax anyway', () => {
    const gross = tariff({ tax_included: 'YES', max_price: { before_taxes: 50 } }, component({ vat: 20 }))
    expect(lowered(gross)).toMatchObject({ document: { max_price: { excl_vat: 50 } } })
  })

  it('is withheld when a price includes tax of an unknown rate', () => {
    const result = lowered(tariff({ tax_included: 'YES' }, component({ vat: 19 }), component({})))
    expect(result).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('VAT rate is not known'),
    })
    expect(lowered(tariff({ tax_included: 'YES' }, component({ vat: -100 }))).kind).toBe('withheld')
  })

  it('leaves vat out when no taxes apply', () => {
    const result = lowered(tariff({ tax_included: 'N/A' }, component({ vat: 0 }), component({})))
    expect(result).toMatchObject({
      document: { elements: [{ price_components: [component({}), component({})] }] },
    })
    expect(result.losses.map(({ pointer }) => pointer)).toEqual([
      '/tax_included',
      '/elements/0/price_components/0/vat',
    ])
  })

  it('does not believe tax_included in a 2.2.1 tariff, and gives it back', () => {
    const sent = tariff({ tax_included: 'YES' }, component({}))
    const { document, unmapped, losses } = lift('tariff', '2.2.1', sent, 'whole')
    expect(document.tax_included).toBe('NO')
    expect(losses).toMatchObject([{ pointer: '/tax_included', severity: 'lost' }])
    expect(lower('tariff', '2.2.1', document, 'whole', unmapped)).toMatchObject({
      document: sent,
      losses: [],
    })
  })

  it('is left out of a CDR that can hold it only by changing a price it cannot compute', () => {
    const withheld = tariff({ tax_included: 'YES' }, component({}))
    const carried = tariff({ tax_included: 'NO' }, component({}))
    const cdr = { id: 'C1', tariffs: [withheld, carried] }
    const result = lower('cdr', '2.2.1', cdr, 'whole')
    expect(result).toMatchObject({ document: { id: 'C1', tariffs: [tariff({}, component({}))] } })
    expect(result.losses).toMatchObject([{ pointer: '/tariffs/0', severity: 'lost' }])
  })
})
