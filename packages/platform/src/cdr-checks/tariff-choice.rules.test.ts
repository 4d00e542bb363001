import type { ocpi230 } from '@interwatt/protocol'
import { expect, it } from 'vitest'
import { chooseTariff } from './tariff-choice.rules.js'

const tariff = (id: string, others: Partial<ocpi230.Tariff> = {}): ocpi230.Tariff => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, step_size: 1 }] }],
  tax_included: 'NO',
  last_updated: '2026-01-01T00:00:00Z',
  ...others,
})
const STARTED = '2026-03-01T10:00:00Z'

it.each([
  ['the only one', [tariff('A')], 'A'],
  ['an exact type before none (4.2)', [tariff('A'), tariff('B', { type: 'REGULAR' })], 'B'],
  ['none for another way of charging', [tariff('A', { type: 'AD_HOC_PAYMENT' })], undefined],
  ['none that begins later', [tariff('A', { start_date_time: '2026-03-01T10:00:01Z' })], undefined],
  ['none that has ended', [tariff('A', { end_date_time: STARTED })], undefined],
  [
    'of several the one that began last (#519)',
    [
      tariff('A', { start_date_time: '2026-01-01T00:00:00Z' }),
      tariff('B', { start_date_time: '2026-02-01T00:00:00Z' }),
    ],
    'B',
  ],
])('takes %s', (_what, tariffs, id) => {
  expect(chooseTariff(tariffs, STARTED)?.id).toBe(id)
})
