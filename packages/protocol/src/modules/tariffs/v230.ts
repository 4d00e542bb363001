import {
  COUNTRY_ALPHA_2,
  CURRENCY,
  ciString,
  cite,
  closed,
  dateTime,
  type Infer,
  int,
  LOCAL_DATE,
  many,
  number,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  TIME_OF_DAY,
  url,
} from '../../schema/index.js'
import { EnergyMix } from '../locations/v230.js'
import { DisplayText } from '../types/v230.js'
import { bookingDimensions, dimensionsDiffer, exactly, reservationDimensions } from './checks.js'
import { DayOfWeek, PriceComponent, ReservationRestrictionType, TariffType } from './v221.js'

export {
  DayOfWeek,
  PriceComponent,
  ReservationRestrictionType,
  TariffDimensionType,
  TariffType,
} from './v221.js'

/** 2.3.0 Bookings `mod_tariffs_booking_restriction_type`. */
export const BookingRestrictionType = closed(
  'BookingRestrictionType',
  'mod_tariffs_booking_restriction_type',
  ['BOOKING', 'BOOKING_EXPIRES', 'BOOKING_CANCELLATION_FEES', 'BOOKING_OVERTIME'],
)
export type BookingRestrictionType = Infer<typeof BookingRestrictionType>

/** 2.3.0 `mod_tariffs_tariffrestrictions_class`, with `booking` of the Bookings edition. */
export const TariffRestrictions = exactly(
  object('TariffRestrictions', 'mod_tariffs_tariffrestrictions_class', {
    start_time: opt(string(5, TIME_OF_DAY)),
    end_time: opt(string(5, TIME_OF_DAY)),
    start_date: opt(string(10, LOCAL_DATE)),
    end_date: opt(string(10, LOCAL_DATE)),
    min_kwh: opt(number()),
    max_kwh: opt(number()),
    min_current: opt(number()),
    max_current: opt(number()),
    min_power: opt(number()),
    max_power: opt(number()),
    min_duration: opt(int()),
    max_duration: opt(int()),
    day_of_week: many(DayOfWeek),
    reservation: opt(ReservationRestrictionType),
    booking: opt(BookingRestrictionType),
  }),
)
export type TariffRestrictions = Infer<typeof TariffRestrictions>

/** 2.3.0 `mod_tariffs_tariffelement_class`. */
export const TariffElement = exactly(
  object(
    'TariffElement',
    'mod_tariffs_tariffelement_class',
    {
      price_components: cite(some(PriceComponent), 'TAR-030'),
      restrictions: cite(opt(TariffRestrictions), 'TAR-041'),
    },
    reservationDimensions,
    bookingDimensions,
    dimensionsDiffer,
  ),
)
export type TariffElement = Infer<typeof TariffElement>

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
