/** One tariff with four elements, and CDRs of twelve periods charged with it, no two alike. */

const vat = 19

export const ZONE = 'Europe/Berlin'

export const tariff = {
  country_code: 'DE',
  party_id: 'IWC',
  id: 'DAY-AND-NIGHT',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    { price_components: [{ type: 'FLAT', price: 0.5, vat, step_size: 1 }] },
    {
      price_components: [
        { type: 'ENERGY', price: 0.59, vat, step_size: 1 },
        { type: 'PARKING_TIME', price: 6, vat, step_size: 60 },
      ],
      restrictions: { start_time: '08:00', end_time: '20:00' },
    },
    {
      price_components: [{ type: 'TIME', price: 1.2, vat, step_size: 60 }],
      restrictions: { min_duration: 7200 },
    },
    { price_components: [{ type: 'ENERGY', price: 0.4501, vat, step_size: 1 }] },
  ],
  last_updated: '2026-01-01T00:00:00Z',
}

const PERIODS = 12
const FIRST_MS = Date.parse('2026-01-01T00:00:00Z')
const text = (epochMs) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`

/** The CDR of that number: a quarter of an hour each, the last two of parking. */
export const cdr = (number) => {
  const startMs = FIRST_MS + (number % 8000) * 3_900_000 + (number % 3600) * 1000
  const charging_periods = Array.from({ length: PERIODS }, (_, index) => {
    const parks = index >= PERIODS - 2
    const wh = 2000 + ((number * 7919 + index * 104_729) % 9000)
    return {
      start_date_time: text(startMs + index * 900_000),
      dimensions: parks
        ? [{ type: 'PARKING_TIME', volume: 0.25 }]
        : [
            { type: 'ENERGY', volume: wh / 1000 },
            { type: 'TIME', volume: 0.25 },
          ],
      tariff_id: tariff.id,
    }
  })
  return {
    start_date_time: text(startMs),
    end_date_time: text(startMs + PERIODS * 900_000),
    session_id: `S${number}`,
    charging_periods,
    time_zone: ZONE,
  }
}

/** The same CDR as 2.2.1 has it, with its tariff. */
export const cdr221 = (number) => {
  const { tax_included: _, ...others } = tariff
  return {
    country_code: 'DE',
    party_id: 'IWC',
    id: `CDR${number}`,
    ...cdr(number),
    currency: 'EUR',
    cdr_location: { country: 'DEU' },
    tariffs: [others],
    total_cost: { excl_vat: 0 },
    total_energy: 0,
    total_time: 0,
    last_updated: '2026-12-31T00:00:00Z',
  }
}
