import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { type CrossingFacts, lift, lower } from '../../lens/index.js'

const energy = { type: 'ENERGY', price: 0.5, step_size: 1 }
const tariff = (change: JsonObject = {}): JsonObject => ({
  country_code: 'DE',
  party_id: 'ABC',
  id: 'T1',
  currency: 'EUR',
  elements: [{ price_components: [{ ...energy, vat: 19 }] }],
  tax_included: 'NO',
  last_updated: '2026-01-01T10:00:00.500Z',
  ...change,
})
const down = (change: JsonObject = {}, facts: CrossingFacts = {}) =>
  lower('tariff', '2.1.1', tariff(change), 'whole', undefined, facts)
const elementsOf = (restrictions: readonly JsonObject[]) => {
  const elements = restrictions.map((each) => ({ price_components: [energy], restrictions: each }))
  const lowered = down({ elements })
  if (lowered.kind !== 'document') return lowered.reason
  return (lowered.document.elements as { restrictions: JsonObject }[]).map((each) => each.restrictions)
}

describe('a tariff for a partner on 2.1.1', () => {
  it('has no owner, tax or fraction of a second', () => {
    const lowered = down()
    expect(lowered).toMatchObject({ kind: 'document' })
    expect(lowered.kind === 'document' && lowered.document).toEqual({
      id: 'T1',
      currency: 'EUR',
      elements: [{ price_components: [energy] }],
      last_updated: '2026-01-01T10:00:00Z',
    })
  })

  it('has prices without the tax they include (tariffs.md 6.1)', () => {
    const elements = [{ price_components: [{ ...energy, price: 1.19, vat: 19 }] }]
    expect(down({ tax_included: 'YES', elements })).toMatchObject({
      document: { elements: [{ price_components: [{ price: 1 }] }] },
    })
  })

  it('is for everybody: tariffs of profiles and ways of paying are withheld', () => {
    expect(down({ type: 'REGULAR' }).kind).toBe('document')
    for (const type of ['PROFILE_FAST', 'AD_HOC_PAYMENT'])
      expect(down({ type })).toMatchObject({ kind: 'withheld', reason: expect.stringContaining('profile') })
  })

  it('is withheld while it is not valid', () => {
    const dates = { start_date_time: '2026-02-01T00:00:00Z', end_date_time: '2026-03-01T00:00:00Z' }
    const at = (text: string) => down(dates, { nowMs: Date.parse(text) }).kind
    expect([at('2026-01-31T23:59:59Z'), at('2026-02-01T00:00:00Z'), at('2026-03-01T00:00:00Z')]).toEqual([
      'withheld',
      'document',
      'withheld',
    ])
  })

  it('loses elements for reservations, which it would bill while charging (tariffs.md 6.3)', () => {
    expect(elementsOf([{ reservation: 'RESERVATION' }, { max_kwh: 5 }])).toEqual([{ max_kwh: 5 }])
    expect(elementsOf([{ reservation: 'RESERVATION' }])).toContain('nothing left')
  })

  it('is withheld when a price depends on the current: the next element would price it', () => {
    expect(elementsOf([{ max_current: 32 }, {}])).toContain('current')
  })

  it('has windows over midnight in two, and no end at midnight (tariffs.md 6.3)', () => {
    expect(
      elementsOf([
        { start_time: '22:00', end_time: '06:00', day_of_week: ['FRIDAY'] },
        { start_time: '08:00', end_time: '00:00' },
        { start_time: '08:00', end_time: '20:00' },
      ]),
    ).toEqual([
      { start_time: '22:00', day_of_week: ['FRIDAY'] },
      { end_time: '06:00', day_of_week: ['FRIDAY'] },
      { start_time: '08:00' },
      { start_time: '08:00', end_time: '20:00' },
    ])
  })

  it('says its limits in a text, beside the texts it has', () => {
    const change = { max_price: { before_taxes: 20 }, tariff_alt_text: [{ language: 'de', text: 'Strom' }] }
    expect(down(change)).toMatchObject({
      document: {
        tariff_alt_text: [{ language: 'de' }, { language: 'en', text: expect.stringMatching(/20 EUR/) }],
      },
      losses: expect.arrayContaining([expect.objectContaining({ pointer: '/max_price' })]),
    })
  })
})

it('a tariff of 2.1.1 gets its owner from outside and prices without tax', () => {
  const sent = {
    id: 'T1',
    currency: 'EUR',
    elements: [{ price_components: [energy] }],
    last_updated: '2026-01-01T10:00:00Z',
  }
  const { document, unmapped } = lift('tariff', '2.1.1', sent, 'whole', {
    owner: { countryCode: 'NL', partyId: 'XYZ' },
  })
  expect(document).toMatchObject({ country_code: 'NL', party_id: 'XYZ', tax_included: 'NO' })
  expect(unmapped).toBeNull()
  expect(lift('tariff', '2.1.1', { elements: sent.elements }, 'patch').document).toEqual({
    elements: sent.elements,
    tax_included: 'NO',
  })
})
