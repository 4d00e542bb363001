import { ciString, dateTime, type Infer, object, one, open, opt, url } from '../../schema/index.js'
import { Token } from '../tokens/v230.js'
import { connectorHasEvse } from './checks.js'

export {
  CancelReservation,
  CommandResponse,
  CommandResponseType,
  CommandResult,
  CommandResultType,
  StopSession,
  UnlockConnector,
} from './v221.js'

/** 2.3.0 `mod_commands_commandtype_enum`. */
export const CommandType = open('CommandType', 'mod_commands_commandtype_enum', [
  'CANCEL_RESERVATION',
  'RESERVE_NOW',
  'START_SESSION',
  'STOP_SESSION',
  'UNLOCK_CONNECTOR',
])
export type CommandType = Infer<typeof CommandType>

/** 2.3.0 `mod_commands_reservenow_object`. */
export const ReserveNow = object('ReserveNow', 'mod_commands_reservenow_object', {
  response_url: one(url()),
  token: one(Token),
  expiry_date: one(dateTime()),
  reservation_id: one(ciString(36)),
  location_id: one(ciString(36)),
  evse_uid: opt(ciString(36)),
  authorization_reference: opt(ciString(36)),
})
export type ReserveNow = Infer<typeof ReserveNow>

/** 2.3.0 `mod_commands_startsession_object`. */
export const StartSession = object(
  'StartSession',
  'mod_commands_startsession_object',
  {
    response_url: one(url()),
    token: one(Token),
    location_id: one(ciString(36)),
    evse_uid: opt(ciString(36)),
    connector_id: opt(ciString(36)),
    authorization_reference: opt(ciString(36)),
  },
  connectorHasEvse,
)
export type StartSession = Infer<typeof StartSession>
