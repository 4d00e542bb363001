import {
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
  some,
  string,
} from '../../schema/index.js'
import { Location } from '../locations/v211.js'
import { Tariff } from '../tariffs/v211.js'
import { timesAreOrderedUntil } from './checks.js'

/** 2.1.1 `mod_cdrs_authmethod_enum`. */
export const AuthMethod = closed('AuthMethod', 'mod_cdrs_authmethod_enum', ['AUTH_REQUEST', 'WHITELIST'])
export type AuthMethod = Infer<typeof AuthMethod>

/** 2.1.1 `mod_cdrs_cdrdimensiontype_enum`. */
export const CdrDimensionType = closed('CdrDimensionType', 'mod_cdrs_cdrdimensiontype_enum', [
  'ENERGY',
  'FLAT',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'PARKING_TIME',
  'TIME',
])
export type CdrDimensionType = Infer<typeof CdrDimensionType>

/** 2.1.1 `mod_cdrs_cdrdimension_class`. */
export const CdrDimension = object('CdrDimension', 'mod_cdrs_cdrdimension_class', {
  type: one(CdrDimensionType),
  volume: one(number()),
})
export type CdrDimension = Infer<typeof CdrDimension>

/** 2.1.1 `mod_cdrs_chargingperiod_class`. */
export const ChargingPeriod = object('ChargingPeriod', 'mod_cdrs_chargingperiod_class', {
  start_date_time: one(dateTime()),
  dimensions: cite(some(CdrDimension), 'CDR-033'),
})
export type ChargingPeriod = Infer<typeof ChargingPeriod>

/** 2.1.1 `mod_cdrs_cdr_object`. */
export const CDR = object(
  'CDR',
  'mod_cdrs_cdr_object',
  {
    id: one(ciString(36)),
    start_date_time: one(dateTime()),
    stop_date_time: one(dateTime()),
    auth_id: one(string(36)),
    auth_method: one(AuthMethod),
    location: one(Location),
    meter_id: opt(string(255)),
    currency: one(string(3, CURRENCY)),
    tariffs: many(Tariff),
    charging_periods: cite(some(ChargingPeriod), 'CDR-033'),
    total_cost: one(number()),
    total_energy: one(number()),
    total_time: one(number()),
    total_parking_time: opt(number()),
    remark: opt(string(255)),
    last_updated: one(dateTime()),
  },
  timesAreOrderedUntil('stop_date_time'),
)
export type CDR = Infer<typeof CDR>
