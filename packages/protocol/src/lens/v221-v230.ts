import type { DocumentName } from '../contract/endpoint.js'
import { bookingDocument } from '../modules/bookings/v221-v230.lens.js'
import { cdr } from '../modules/cdrs/v221-v230.lens.js'
import { commandWithToken } from '../modules/commands/v221-v230.lens.js'
import { credentials } from '../modules/credentials/v221-v230.lens.js'
import { clientInfo } from '../modules/hubclientinfo/v221-v230.lens.js'
import { connector, evse, location } from '../modules/locations/v221-v230.lens.js'
import { session } from '../modules/sessions/v221-v230.lens.js'
import { tariff } from '../modules/tariffs/v221-v230.lens.js'
import { authorizationInfo, token } from '../modules/tokens/v221-v230.lens.js'
import { type Lens, newerDocument, same } from './lens.js'

/** 2.2.1 and 2.3.0: one lens per document; a new document does not compile until it is answered. */
export const v221ToV230: Readonly<Record<DocumentName, Lens>> = {
  location,
  evse,
  connector,
  tariff,
  token,
  session,
  cdr,
  credentials,
  authorization_info: authorizationInfo,
  location_references: same,
  charging_preferences: same,
  charging_preferences_response: same,
  start_session: commandWithToken,
  stop_session: same,
  reserve_now: commandWithToken,
  cancel_reservation: same,
  unlock_connector: same,
  command_response: same,
  command_result: same,
  set_charging_profile: same,
  charging_profile_response: same,
  active_charging_profile: same,
  active_charging_profile_result: same,
  charging_profile_result: same,
  clear_profile_result: same,
  client_info: clientInfo,
  terminal: newerDocument('the target version has no payments module'),
  financial_advice_confirmation: newerDocument('the target version has no payments module'),
  invoice_reconciliation_record: newerDocument('the target version has no invoicereconciliation module'),
  booking_location: bookingDocument,
  calendar: bookingDocument,
  booking: bookingDocument,
  booking_request: bookingDocument,
}
