import {
  COUNTRY_ALPHA_2,
  CURRENCY,
  ciString,
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
import { AuthMethod, CdrToken, ChargingPeriod } from '../cdrs/v230.js'
import { Price } from '../types/v230.js'
import { RESERVED_AS_RESERVATION } from './checks.js'
import { SessionStatus } from './v221.js'

export { ProfileType } from './profile-type.js'
export { ChargingPreferences, ChargingPreferencesResponse, SessionStatus } from './v221.js'

/** 2.3.0 `mod_sessions_session_object`. */
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
