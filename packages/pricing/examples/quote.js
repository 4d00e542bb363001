// What would it cost to charge here this evening? Run: node packages/pricing/examples/quote.js
import { quote } from '@interwatt/pricing'

const tariff = {
  country_code: 'DE',
  party_id: 'ABC',
  id: 'EVENING',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    {
      price_components: [{ type: 'ENERGY', price: 0.6, vat: 19, step_size: 1 }],
      restrictions: { start_time: '17:00', end_time: '20:00' },
    },
    {
      price_components: [
        { type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 },
        { type: 'PARKING_TIME', price: 6, vat: 19, step_size: 60 },
      ],
    },
  ],
  last_updated: '2026-01-01T00:00:00Z',
}

const outcome = quote({
  tariffs: [tariff],
  start: '2026-11-22T18:00:00Z',
  timeZone: 'Europe/Berlin',
  connector: { maxPowerKw: 11, powerType: 'AC_3_PHASE' },
  energy: { kwh: 22 },
  parkingMinutes: 30,
  unknown: { parkingMinutes: { from: 0, to: 90 } },
})

if (outcome.kind === 'refused') throw new Error(outcome.message)
const { total, chargedAt, range, explanation } = outcome
console.log(`${total.before_taxes} EUR, ${total.after_taxes} with VAT, charged at ${chargedAt}`)
console.log(
  `between ${range.low.after_taxes} and ${range.high.after_taxes} by ${range.dependsOn[0]?.unknown}`,
)
for (const line of explanation.lines) console.log(line.type, line.billed, line.before_taxes)
