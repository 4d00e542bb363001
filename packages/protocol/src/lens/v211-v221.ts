import type { DocumentName } from '../contract/endpoint.js'
import { cdr } from '../modules/cdrs/v211-v221.lens.js'
import {
  cancelReservation,
  commandResponse,
  commandResult,
  reserveNow,
  startSession,
} from '../modules/commands/v211-v221.lens.js'
import { credentials } from '../modules/credentials/v211-v221.lens.js'
import { connector, evse, location } from '../modules/locations/v211-v221.lens.js'
import { session } from '../modules/sessions/v211-v221.lens.js'
import { tariff } from '../modules/tariffs/v211-v221.lens.js'
import { authorizationInfo, locationReferences, token } from '../modules/tokens/v211-v221.lens.js'
import { type Lens, newerDocument, same } from './lens.js'

const noPreferences = newerDocument('the version has no charging preferences')
const noProfiles = newerDocument('the version has no charging profiles')

/** 2.1.1 and 2.2.1: one lens per document; a new document does not compile until it is answered. */
export const v211ToV221: Readonly<Record<DocumentName, Lens>> = {
  location,
  evse,
  connector,
  tariff,
  token,
  session,
  cdr,
  credentials,
  authorization_info: authorizationInfo,
  location_references: locationReferences,
  charging_preferences: noPreferences,
  charging_preferences_response: noPreferences,
  start_session: startSession,
  stop_session: same,
  reserve_now: reserveNow,
  cancel_reservation: cancelReservation,
  unlock_connector: same,
  command_response: commandResponse,
  command_result: commandResult,
  set_charging_profile: noProfiles,
  charging_profile_response: noProfiles,
  active_charging_profile: noProfiles,
  active_charging_profile_result: noProfiles,
  charging_profile_result: noProfiles,
  clear_profile_result: noProfiles,
  booking_location: newerDocument('the version has no bookings'),
  calendar: newerDocument('the version has no bookings'),
  booking: newerDocument('the version has no bookings'),
  booking_request: newerDocument('the version has no bookings'),
  client_info: newerDocument('the version has no hub client info'),
  terminal: newerDocument('the version has no payments'),
  financial_advice_confirmation: newerDocument('the version has no payments'),
  invoice_reconciliation_record: newerDocument('the version has no invoice reconciliation'),
}
