import {
  boolean,
  COUNTRY_ALPHA_2,
  COUNTRY_ALPHA_3,
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
  tolerate,
} from '../../schema/index.js'
import { ConnectorFormat, ConnectorType, GeoLocation, PowerType } from '../locations/v230.js'
import { Tariff } from '../tariffs/v230.js'
import { TokenType } from '../tokens/v230.js'
import { Price } from '../types/v230.js'
import {
  creditIsComplete,
  dimensionsBelong,
  idFits,
  LONG_ADDRESS,
  LONG_STATE,
  TAX_NOT_STATED,
  tariffsFit,
  timesAreOrderedUntil,
  totalIsPlausible,
  unusedReservation,
} from './checks.js'
import { AuthMethod, SignedData } from './v221.js'

export { AuthMethod, SignedData, SignedValue } from './v221.js'

/** 2.3.0 `mod_cdrs_cdrdimensiontype_enum`, with the two dimensions of the Bookings edition. */
export const CdrDimensionType = closed('CdrDimensionType', 'mod_cdrs_cdrdimensiontype_enum', [
  'CURRENT',
  'ENERGY',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'MAX_POWER',
  'MIN_POWER',
  'PARKING_TIME',
  'POWER',
  'RESERVATION_TIME',
  'RESERVATION_EXPIRES',
  'RESERVATION_OVERTIME',
  'STATE_OF_CHARGE',
  'TIME',
])
export type CdrDimensionType = Infer<typeof CdrDimensionType>

/** 2.3.0 `mod_cdrs_cdrdimension_class`. */
export const CdrDimension = object('CdrDimension', 'mod_cdrs_cdrdimension_class', {
  type: one(CdrDimensionType),
  volume: one(number()),
})
export type CdrDimension = Infer<typeof CdrDimension>

/** 2.3.0 `mod_cdrs_chargingperiod_class`. */
export const ChargingPeriod = object('ChargingPeriod', 'mod_cdrs_chargingperiod_class', {
  start_date_time: one(dateTime()),
  dimensions: cite(some(CdrDimension), 'CDR-033'),
  tariff_id: opt(ciString(36)),
})
export type ChargingPeriod = Infer<typeof ChargingPeriod>

/** 2.3.0 `mod_cdrs_cdr_token_object`. */
export const CdrToken = object('CdrToken', 'mod_cdrs_cdr_token_object', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  uid: one(ciString(36)),
  type: one(TokenType),
  contract_id: one(ciString(36)),
})
export type CdrToken = Infer<typeof CdrToken>

/** 2.3.0 `mod_cdrs_cdr_location_class`. */
export const CdrLocation = object('CdrLocation', 'mod_cdrs_cdr_location_class', {
  id: one(ciString(36)),
  name: opt(string(255)),
  address: tolerate(one(string(45)), LONG_ADDRESS),
  city: one(string(45)),
  postal_code: opt(string(10)),
  state: tolerate(opt(string(20)), LONG_STATE),
  country: one(string(3, COUNTRY_ALPHA_3)),
  coordinates: one(GeoLocation),
  evse_uid: one(ciString(36)),
  evse_id: one(ciString(48)),
  connector_id: one(ciString(36)),
  connector_standard: one(ConnectorType),
  connector_format: one(ConnectorFormat),
  connector_power_type: one(PowerType),
})
export type CdrLocation = Infer<typeof CdrLocation>

/** 2.3.0 `mod_cdrs_cdr_object`. */
export const CDR = object(
  'CDR',
  'mod_cdrs_cdr_object',
  {
    country_code: one(ciString(2, COUNTRY_ALPHA_2)),
    party_id: one(ciString(3, PARTY_ID)),
    id: one(ciString(39)),
    start_date_time: one(dateTime()),
    end_date_time: one(dateTime()),
    booking_id: opt(ciString(36)),
    session_id: opt(ciString(36)),
    cdr_token: one(CdrToken),
    auth_method: one(AuthMethod),
    authorization_reference: opt(ciString(36)),
    cdr_location: tolerate(
      one(CdrLocation),
      unusedReservation({
        connector_standard: ConnectorType,
        connector_format: ConnectorFormat,
        connector_power_type: PowerType,
      }),
    ),
    meter_id: opt(string(255)),
    currency: one(string(3, CURRENCY)),
    tariffs: tolerate(many(Tariff), TAX_NOT_STATED),
    charging_periods: cite(some(ChargingPeriod), 'CDR-033'),
    signed_data: opt(SignedData),
    total_cost: one(Price),
    total_fixed_cost: opt(Price),
    total_energy: one(number()),
    total_energy_cost: opt(Price),
    total_time: one(number()),
    total_time_cost: opt(Price),
    total_parking_time: opt(number()),
    total_parking_cost: opt(Price),
    total_reservation_cost: opt(Price),
    remark: opt(string(255)),
    invoice_reference_id: opt(ciString(39)),
    credit: opt(boolean()),
    credit_reference_id: opt(ciString(39)),
    home_charging_compensation: opt(boolean()),
    last_updated: one(dateTime()),
  },
  creditIsComplete,
  idFits,
  totalIsPlausible('before_taxes'),
  timesAreOrderedUntil('end_date_time'),
  dimensionsBelong,
  tariffsFit,
)
export type CDR = Infer<typeof CDR>
