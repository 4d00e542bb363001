import {
  boolean,
  COUNTRY_ALPHA_2,
  CURRENCY,
  ciString,
  closed,
  dateTime,
  type Infer,
  many,
  number,
  object,
  one,
  opt,
  PARTY_ID,
  string,
  tolerate,
} from '../../schema/index.js'
import { AuthMethod, CdrToken, ChargingPeriod } from '../cdrs/v221.js'
import { Price } from '../types/v221.js'
import { energyNeedIsPossible, RESERVED_AS_RESERVATION } from './checks.js'
import { ProfileType } from './profile-type.js'

export { ProfileType } from './profile-type.js'

/** 2.2.1 `mod_sessions_charging_preferences_response_enum`. */
export const ChargingPreferencesResponse = closed(
  'ChargingPreferencesResponse',
  'mod_sessions_charging_preferences_response_enum',
  ['ACCEPTED', 'DEPARTURE_REQUIRED', 'ENERGY_NEED_REQUIRED', 'NOT_POSSIBLE', 'PROFILE_TYPE_NOT_SUPPORTED'],
)
export type ChargingPreferencesResponse = Infer<typeof ChargingPreferencesResponse>

/** 2.2.1 `mod_sessions_sessionstatus_enum`. */
export const SessionStatus = closed('SessionStatus', 'mod_sessions_sessionstatus_enum', [
  'ACTIVE',
  'COMPLETED',
  'INVALID',
  'PENDING',
  'RESERVATION',
])
export type SessionStatus = Infer<typeof SessionStatus>

/** 2.2.1 `mod_sessions_session_object`. */
export const Session = object('Session', 'mod_sessions_session_object', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  id: one(ciString(36)),
  start_date_time: one(dateTime()),
  end_date_time: opt(dateTime()),
  kwh: one(number()),
  cdr_token: one(CdrToken),
  auth_method: one(AuthMethod),
  authorization_reference: opt(ciString(36)),
  location_id: one(ciString(36)),
  evse_uid: one(ciString(36)),
  connector_id: one(ciString(36)),
  meter_id: opt(string(255)),
  currency: one(string(3, CURRENCY)),
  charging_periods: many(ChargingPeriod),
  total_cost: opt(Price),
  status: tolerate(one(SessionStatus), RESERVED_AS_RESERVATION),
  last_updated: one(dateTime()),
})
export type Session = Infer<typeof Session>

/** 2.2.1 `mod_sessions_charging_preferences_object`. */
export const ChargingPreferences = object(
  'ChargingPreferences',
  'mod_sessions_charging_preferences_object',
  {
    profile_type: one(ProfileType),
    departure_time: opt(dateTime()),
    energy_need: opt(number()),
    discharge_allowed: opt(boolean()),
  },
  energyNeedIsPossible,
)
export type ChargingPreferences = Infer<typeof ChargingPreferences>
