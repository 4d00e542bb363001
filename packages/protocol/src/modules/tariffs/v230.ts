import {
  COUNTRY_ALPHA_2,
  CURRENCY,
  ciString,
  cite,
  closed,
  dateTime,
  type Infer,
  many,
  number,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  url,
} from '../../schema/index.js'
import { EnergyMix } from '../locations/v230.js'
import { DisplayText } from '../types/v230.js'
import { exactly } from './checks.js'
import { TariffElement, TariffType } from './v221.js'

export {
  DayOfWeek,
  PriceComponent,
  ReservationRestrictionType,
  TariffDimensionType,
  TariffElement,
  TariffRestrictions,
  TariffType,
} from './v221.js'

/** 2.3.0 `mod_tariffs_taxincluded_enum`. */
export const TaxIncluded = closed('TaxIncluded', 'mod_tariffs_taxincluded_enum', ['YES', 'NO', 'N/A'])
export type TaxIncluded = Infer<typeof TaxIncluded>

/** 2.3.0 `mod_tariffs_pricelimit_class`. */
export const PriceLimit = object('PriceLimit', 'mod_tariffs_pricelimit_class', {
  before_taxes: one(number()),
  after_taxes: opt(number()),
})
export type PriceLimit = Infer<typeof PriceLimit>

/** 2.3.0 `mod_tariffs_tariff_object`. */
export const Tariff = exactly(
  object('Tariff', 'mod_tariffs_tariff_object', {
    country_code: one(ciString(2, COUNTRY_ALPHA_2)),
    party_id: one(ciString(3, PARTY_ID)),
    id: one(ciString(36)),
    currency: one(string(3, CURRENCY)),
    type: opt(TariffType),
    tariff_alt_text: many(DisplayText),
    tariff_alt_url: opt(url()),
    min_price: opt(PriceLimit),
    max_price: opt(PriceLimit),
    /** Of the Payments edition: what a PTP reserves on the card (PAY-029). */
    preauthorize_amount: opt(number()),
    elements: cite(some(TariffElement), 'TAR-030'),
    tax_included: cite(one(TaxIncluded), 'TAR-042'),
    start_date_time: opt(dateTime()),
    end_date_time: opt(dateTime()),
    energy_mix: opt(EnergyMix),
    last_updated: one(dateTime()),
  }),
)
export type Tariff = Infer<typeof Tariff>
