import type { Party } from '../back-ends/documents.js'
import { berlinTariffs, type TariffDraft } from '../tariffs.js'
import type { FaultKind } from '../world-options.js'

const VAT = 19

/**
 * Tariffs of an operator that overcharges: with a fee, steps, two prices of a session, a price of parking and a maximum,
 * so that there is an opportunity for every fault. Steps of 500 Wh are large enough to be worth it.
 */
export const faultTariffs = (countryCode: string, partyId: string): readonly TariffDraft[] => [
  {
    country_code: countryCode,
    party_id: partyId,
    id: 'SIM-TEMPTING',
    type: 'REGULAR',
    currency: 'EUR',
    tax_included: 'NO',
    max_price: { before_taxes: 12, after_taxes: 14.28 },
    elements: [
      { price_components: [{ type: 'FLAT', price: 0.84, vat: VAT, step_size: 1 }] },
      {
        price_components: [{ type: 'ENERGY', price: 0.39, vat: VAT, step_size: 500 }],
        restrictions: { max_kwh: 5 },
      },
      {
        price_components: [
          { type: 'ENERGY', price: 0.44, vat: VAT, step_size: 500 },
          { type: 'PARKING_TIME', price: 1.2, vat: VAT, step_size: 60 },
        ],
      },
    ],
  },
]

/** What an operator offers where nothing else is said. */
export const usualTariffs = (
  { countryCode, partyId }: Party,
  faults: FaultKind | undefined,
): readonly TariffDraft[] =>
  faults !== 'billing' ? berlinTariffs(countryCode, partyId) : faultTariffs(countryCode, partyId)
