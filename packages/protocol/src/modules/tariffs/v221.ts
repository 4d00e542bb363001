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
import { EnergyMix } from '../locations/v221.js'
import { DisplayText, Price } from '../types/v221.js'
import { dimensionsDiffer, exactly, reservationDimensions, stepIsNotNegative } from './checks.js'

/** 2.2.1 `mod_tariffs_dayofweek_enum`. */
export const DayOfWeek = closed('DayOfWeek', 'mod_tariffs_dayofweek_enum', [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
])
export type DayOfWeek = Infer<typeof DayOfWeek>

/** 2.2.1 `mod_tariffs_reservation_restriction_type_enum`. */
export const ReservationRestrictionType = closed(
  'ReservationRestrictionType',
  'mod_tariffs_reservation_restriction_type_enum',
  ['RESERVATION', 'RESERVATION_EXPIRES'],
)
export type ReservationRestrictionType = Infer<typeof ReservationRestrictionType>

/** 2.2.1 `mod_tariffs_tariffdimensiontype_enum`. */
export const TariffDimensionType = closed('TariffDimensionType', 'mod_tariffs_tariffdimensiontype_enum', [
  'ENERGY',
  'FLAT',
  'PARKING_TIME',
  'TIME',
])
export type TariffDimensionType = Infer<typeof TariffDimensionType>

/** 2.2.1 `mod_tariffs_tariff_type_enum`. */
export const TariffType = closed('TariffType', 'mod_tariffs_tariff_type_enum', [
  'AD_HOC_PAYMENT',
  'PROFILE_CHEAP',
  'PROFILE_FAST',
  'PROFILE_GREEN',
  'REGULAR',
])
export type TariffType = Infer<typeof TariffType>

/** 2.2.1 `mod_tariffs_pricecomponent_class`. */
export const PriceComponent = object(
  'PriceComponent',
  'mod_tariffs_pricecomponent_class',
  {
    type: one(TariffDimensionType),
    price: one(number()),
    vat: opt(number()),
    step_size: one(int()),
  },
  stepIsNotNegative,
)
export type PriceComponent = Infer<typeof PriceComponent>

/** 2.2.1 `mod_tariffs_tariffrestrictions_class`. */
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
  }),
)
export type TariffRestrictions = Infer<typeof TariffRestrictions>

/** 2.2.1 `mod_tariffs_tariffelement_class`. */
export const TariffElement = exactly(
  object(
    'TariffElement',
    'mod_tariffs_tariffelement_class',
    {
      price_components: cite(some(PriceComponent), 'TAR-030'),
      restrictions: cite(opt(TariffRestrictions), 'TAR-041'),
    },
    reservationDimensions,
    dimensionsDiffer,
  ),
)
export type TariffElement = Infer<typeof TariffElement>

/** 2.2.1 `mod_tariffs_tariff_object`. */
export const Tariff = exactly(
  object('Tariff', 'mod_tariffs_tariff_object', {
    country_code: one(ciString(2, COUNTRY_ALPHA_2)),
    party_id: one(ciString(3, PARTY_ID)),
    id: one(ciString(36)),
    currency: one(string(3, CURRENCY)),
    type: opt(TariffType),
    tariff_alt_text: many(DisplayText),
    tariff_alt_url: opt(url()),
    min_price: opt(Price),
    max_price: opt(Price),
    elements: cite(some(TariffElement), 'TAR-030'),
    start_date_time: opt(dateTime()),
    end_date_time: opt(dateTime()),
    energy_mix: opt(EnergyMix),
    last_updated: one(dateTime()),
  }),
)
export type Tariff = Infer<typeof Tariff>
