import {
  CURRENCY,
  closed,
  dateTime,
  type Infer,
  many,
  number,
  object,
  one,
  opt,
  string,
} from '../../schema/index.js'
import { AuthMethod, ChargingPeriod } from '../cdrs/v211.js'
import { Location } from '../locations/v211.js'

/** 2.1.1 `mod_sessions_sessionstatus_enum`. */
export const SessionStatus = closed('SessionStatus', 'mod_sessions_sessionstatus_enum', [
  'ACTIVE',
  'COMPLETED',
  'INVALID',
  'PENDING',
])
export type SessionStatus = Infer<typeof SessionStatus>

/** 2.1.1 `mod_sessions_session_object`. */
export const Session = object('Session', 'mod_sessions_session_object', {
  id: one(string(36)),
  start_datetime: one(dateTime()),
  end_datetime: opt(dateTime()),
  kwh: one(number()),
  auth_id: one(string(36)),
  auth_method: one(AuthMethod),
  location: one(Location),
  meter_id: opt(string(255)),
  currency: one(string(3, CURRENCY)),
  charging_periods: many(ChargingPeriod),
  total_cost: opt(number()),
  status: one(SessionStatus),
  last_updated: one(dateTime()),
})
export type Session = Infer<typeof Session>
