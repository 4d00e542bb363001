import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

type Schemas<
  A extends Schema,
  B extends Schema,
  C extends Schema,
  D extends Schema,
  E extends Schema,
  R extends Schema,
  X extends Schema,
> = {
  StartSession: A
  StopSession: B
  ReserveNow: C
  CancelReservation: D
  UnlockConnector: E
  CommandResponse: R
  CommandResult: X
}

/** The result of a command we sent, on the `response_url` we made. */
const commandResult = <X extends Schema>(schema: X) =>
  ({
    operation: 'commands.sender.result',
    module: 'commands',
    side: 'SENDER',
    anchor: 'mod_commands_emsp_interface',
    method: 'POST',
    path: '/{command}/{response_id}',
    body: { document: 'command_result', schema, form: 'whole', mayBeEnveloped: true },
  }) as const

/** Commands: the CPO receives them, the eMSP receives their results (2.2.1 `mod_commands_interfaces_and_endpoints`). */
export const commands = <
  A extends Schema,
  B extends Schema,
  C extends Schema,
  D extends Schema,
  E extends Schema,
  R extends Schema,
  X extends Schema,
>(
  v: Schemas<A, B, C, D, E, R, X>,
) => {
  const startSession = { document: 'start_session', schema: v.StartSession } as const
  const stopSession = { document: 'stop_session', schema: v.StopSession } as const
  const reserveNow = { document: 'reserve_now', schema: v.ReserveNow } as const
  const cancelReservation = { document: 'cancel_reservation', schema: v.CancelReservation } as const
  const unlockConnector = { document: 'unlock_connector', schema: v.UnlockConnector } as const
  const receiver = {
    module: 'commands',
    side: 'RECEIVER',
    anchor: 'mod_commands_cpo_interface',
    method: 'POST',
    data: { document: 'command_response', schema: v.CommandResponse },
  } as const
  return {
    id: 'commands',
    kind: 'functional',
    endpoints: [
      {
        operation: 'commands.receiver.startSession',
        ...receiver,
        path: '/START_SESSION',
        body: { ...startSession, form: 'whole' },
      },
      {
        operation: 'commands.receiver.stopSession',
        ...receiver,
        path: '/STOP_SESSION',
        body: { ...stopSession, form: 'whole' },
      },
      {
        operation: 'commands.receiver.reserveNow',
        ...receiver,
        path: '/RESERVE_NOW',
        body: { ...reserveNow, form: 'whole' },
      },
      {
        operation: 'commands.receiver.cancelReservation',
        ...receiver,
        path: '/CANCEL_RESERVATION',
        body: { ...cancelReservation, form: 'whole' },
      },
      {
        operation: 'commands.receiver.unlockConnector',
        ...receiver,
        path: '/UNLOCK_CONNECTOR',
        body: { ...unlockConnector, form: 'whole' },
      },
      /** A command nobody listed: answered NOT_SUPPORTED (CMD-033). */
      { operation: 'commands.receiver.unknown', ...receiver, path: '/{command}' },
      commandResult(v.CommandResult),
    ],
  } as const satisfies ModuleContract
}

/** Commands of 2.1.1: reservations cannot be cancelled, and the later result is a CommandResponse (2.1.1 `mod_commands`). */
export const commandsWithoutCancelling = <
  A extends Schema,
  B extends Schema,
  C extends Schema,
  E extends Schema,
  R extends Schema,
>(
  v: Omit<Schemas<A, B, C, never, E, R, never>, 'CancelReservation' | 'CommandResult'>,
) => {
  const whole = commands({ ...v, CancelReservation: v.StopSession, CommandResult: v.CommandResponse })
  const [start, stop, reserve, , unlock, unknown, result] = whole.endpoints
  return {
    ...whole,
    endpoints: [start, stop, reserve, unlock, unknown, result],
  } as const satisfies ModuleContract
}
