import {
  ciString,
  closed,
  dateTime,
  type Infer,
  int,
  many,
  object,
  one,
  opt,
  tolerate,
  url,
} from '../../schema/index.js'
import { Token } from '../tokens/v221.js'
import { DisplayText } from '../types/v221.js'
import { connectorHasEvse, otherResults } from './checks.js'

/** 2.2.1 `mod_commands_commandresponsetype_enum`. */
export const CommandResponseType = closed('CommandResponseType', 'mod_commands_commandresponsetype_enum', [
  'NOT_SUPPORTED',
  'REJECTED',
  'ACCEPTED',
  'UNKNOWN_SESSION',
])
export type CommandResponseType = Infer<typeof CommandResponseType>

/** 2.2.1 `mod_commands_commandresulttype_enum`. */
export const CommandResultType = closed('CommandResultType', 'mod_commands_commandresulttype_enum', [
  'ACCEPTED',
  'CANCELED_RESERVATION',
  'EVSE_OCCUPIED',
  'EVSE_INOPERATIVE',
  'FAILED',
  'NOT_SUPPORTED',
  'REJECTED',
  'TIMEOUT',
  'UNKNOWN_RESERVATION',
])
export type CommandResultType = Infer<typeof CommandResultType>

/** 2.2.1 `mod_commands_commandtype_enum`. */
export const CommandType = closed('CommandType', 'mod_commands_commandtype_enum', [
  'CANCEL_RESERVATION',
  'RESERVE_NOW',
  'START_SESSION',
  'STOP_SESSION',
  'UNLOCK_CONNECTOR',
])
export type CommandType = Infer<typeof CommandType>

/** 2.2.1 `mod_commands_cancelreservation_object`. */
export const CancelReservation = object('CancelReservation', 'mod_commands_cancelreservation_object', {
  response_url: one(url()),
  reservation_id: one(ciString(36)),
})
export type CancelReservation = Infer<typeof CancelReservation>

/** 2.2.1 `mod_commands_commandresponse_object`. */
export const CommandResponse = object('CommandResponse', 'mod_commands_commandresponse_object', {
  result: one(CommandResponseType),
  timeout: one(int()),
  message: many(DisplayText),
})
export type CommandResponse = Infer<typeof CommandResponse>

/** 2.2.1 `mod_commands_commandresult_object`. */
export const CommandResult = object('CommandResult', 'mod_commands_commandresult_object', {
  result: tolerate(one(CommandResultType), otherResults(CommandResultType.values)),
  message: many(DisplayText),
})
export type CommandResult = Infer<typeof CommandResult>

/** 2.2.1 `mod_commands_reservenow_object`. */
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

/** 2.2.1 `mod_commands_startsession_object`. */
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

/** 2.2.1 `mod_commands_stopsession_object`. */
export const StopSession = object('StopSession', 'mod_commands_stopsession_object', {
  response_url: one(url()),
  session_id: one(ciString(36)),
})
export type StopSession = Infer<typeof StopSession>

/** 2.2.1 `mod_commands_unlockconnector_object`. */
export const UnlockConnector = object('UnlockConnector', 'mod_commands_unlockconnector_object', {
  response_url: one(url()),
  location_id: one(ciString(36)),
  evse_uid: one(ciString(36)),
  connector_id: one(ciString(36)),
})
export type UnlockConnector = Infer<typeof UnlockConnector>
