import {
  closed,
  dateTime,
  type Infer,
  int,
  object,
  one,
  opt,
  string,
  tolerate,
  url,
} from '../../schema/index.js'
import { Token } from '../tokens/v211.js'
import { oldSuccess } from './checks.js'

/** 2.1.1 `mod_commands_commandresponsetype_enum`: of the answer and of the later result alike. */
export const CommandResponseType = closed('CommandResponseType', 'mod_commands_commandresponsetype_enum', [
  'NOT_SUPPORTED',
  'REJECTED',
  'ACCEPTED',
  'TIMEOUT',
  'UNKNOWN_SESSION',
])
export type CommandResponseType = Infer<typeof CommandResponseType>

/** 2.1.1 `mod_commands_commandtype_enum`. */
export const CommandType = closed('CommandType', 'mod_commands_commandtype_enum', [
  'RESERVE_NOW',
  'START_SESSION',
  'STOP_SESSION',
  'UNLOCK_CONNECTOR',
])
export type CommandType = Infer<typeof CommandType>

/** 2.1.1 `mod_commands_commandresponse_object`. */
export const CommandResponse = object('CommandResponse', 'mod_commands_commandresponse_object', {
  result: tolerate(one(CommandResponseType), oldSuccess(CommandResponseType.values)),
})
export type CommandResponse = Infer<typeof CommandResponse>

/** 2.1.1 `mod_commands_reservenow_object`. */
export const ReserveNow = object('ReserveNow', 'mod_commands_reservenow_object', {
  response_url: one(url()),
  token: one(Token),
  expiry_date: one(dateTime()),
  reservation_id: one(int()),
  location_id: one(string(39)),
  evse_uid: opt(string(39)),
})
export type ReserveNow = Infer<typeof ReserveNow>

/** 2.1.1 `mod_commands_startsession_object`. */
export const StartSession = object('StartSession', 'mod_commands_startsession_object', {
  response_url: one(url()),
  token: one(Token),
  location_id: one(string(39)),
  evse_uid: opt(string(39)),
})
export type StartSession = Infer<typeof StartSession>

/** 2.1.1 `mod_commands_stopsession_object`. */
export const StopSession = object('StopSession', 'mod_commands_stopsession_object', {
  response_url: one(url()),
  session_id: one(string(36)),
})
export type StopSession = Infer<typeof StopSession>

/** 2.1.1 `mod_commands_unlockconnector_object`. */
export const UnlockConnector = object('UnlockConnector', 'mod_commands_unlockconnector_object', {
  response_url: one(url()),
  location_id: one(string(39)),
  evse_uid: one(string(39)),
  connector_id: one(string(36)),
})
export type UnlockConnector = Infer<typeof UnlockConnector>
