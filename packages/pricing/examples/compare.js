// Where is it cheaper, and why? Run: node packages/pricing/examples/compare.js
import { compareQuotes } from '@interwatt/pricing'

const priced = (id, ...components) => ({
  country_code: 'DE',
  party_id: 'ABC',
  id,
  currency: 'EUR',
  tax_included: 'NO',
  elements: [{ price_components: components.map((one) => ({ ...one, vat: 19, step_size: 1 })) }],
  last_updated: '2026-01-01T00:00:00Z',
})

const wish = {
  start: '2026-11-22T18:00:00Z',
  timeZone: 'Europe/Berlin',
  energy: { fromPercent: 20, toPercent: 80 },
  vehicle: {
    batteryKwh: 60,
    maxAcKw: 11,
    curve: [
      { percent: 0, kw: 120 },
      { percent: 50, kw: 110 },
      { percent: 100, kw: 20 },
    ],
  },
}

const { quotes } = compareQuotes([
  {
    id: 'fast charger',
    plan: {
      ...wish,
      tariffs: [priced('FAST', { type: 'ENERGY', price: 0.59 })],
      connector: { maxPowerKw: 150, powerType: 'DC' },
    },
  },
  {
    id: 'kerb',
    plan: {
      ...wish,
      tariffs: [priced('KERB', { type: 'ENERGY', price: 0.39 }, { type: 'TIME', price: 1.2 })],
      connector: { maxPowerKw: 22, powerType: 'AC_3_PHASE' },
    },
  },
])

for (const { id, quote, dearerBy } of quotes)
  console.log(
    `${id}: ${quote.total.after_taxes} EUR in ${quote.chargingSeconds} s${dearerBy ? `; ${dearerBy.text}` : ''}`,
  )
