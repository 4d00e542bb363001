import { expect, it } from 'vitest'
import { quote } from '../quote/quote.js'
import { isExplanation } from './is-explanation.js'
import { sentences } from './sentences.js'

const component = (type: 'ENERGY' | 'FLAT', price: number) => ({ type, price, vat: 19, step_size: 1 })
const quoted = quote({
  tariffs: [
    {
      country_code: 'DE',
      party_id: 'ABC',
      id: 'T',
      currency: 'EUR',
      tax_included: 'NO',
      min_price: { before_taxes: 90 },
      elements: [
        { price_components: [component('ENERGY', 0.6)], restrictions: { min_kwh: 5 } },
        { price_components: [component('ENERGY', 0.4), component('FLAT', 1)] },
      ],
      last_updated: '2026-01-01T00:00:00Z',
    },
  ],
  start: '2026-11-22T18:00:00Z',
  connector: { maxPowerKw: 11, powerType: 'AC_3_PHASE' },
  energy: { kwh: 10 },
  parkingMinutes: 10,
})
const explained = (): Record<string, never> =>
  JSON.parse(JSON.stringify(quoted.kind === 'quoted' ? quoted.explanation : {}))

it('knows an explanation again after it was stored, and it reads the same in words', () => {
  const stored = explained()
  expect(isExplanation(stored)).toBe(true)
  if (!isExplanation(stored) || quoted.kind !== 'quoted') return
  expect(sentences(stored, 'en')).toEqual(sentences(quoted.explanation, 'en'))
})

it.each([
  ['nothing', () => ({})],
  ['one without a list', () => ({ ...explained(), free: undefined })],
  ['one with an amount that is a text', () => ({ ...explained(), total: { before_taxes: '9' } })],
  ['one with a line nobody knows', () => ({ ...explained(), lines: [{ type: 'DISCOUNT' }] })],
])('takes %s for none', (_what, document) => {
  expect(isExplanation(document())).toBe(false)
})
