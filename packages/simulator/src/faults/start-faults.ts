import type { Misbehaviour } from '../back-ends/misbehaviour.js'
import type { Actor, Trace } from './actor.js'
import type { NetworkTrouble } from './network.js'

/** Who is at fault. */
export type FaultCause = 'driver' | 'provider' | 'operator' | 'station' | 'car' | 'network'

/** A way in which a charge fails to start, or to go on, that can be acted out. */
export interface StartFault {
  readonly name: string
  readonly causedBy: FaultCause
  /** What is acted out, for people. */
  readonly does: string
  /** What the node has to say about it, by code, in this order; the last one is where it ends. */
  readonly codes: readonly [string, ...string[]]
  /** Acts it out at a place of its own; answers where its explanation is to be read. */
  act(actor: Actor): Promise<Trace>
}

/** A start at a station that misbehaves. */
const atStation =
  (misbehaviour: Misbehaviour): StartFault['act'] =>
  (actor) => {
    actor.misbehave(misbehaviour)
    return actor.start()
  }

/** A start whose request meets trouble on its way to the CPO. */
const onTheWay =
  (trouble: NetworkTrouble): StartFault['act'] =>
  (actor) => {
    actor.disturb('cpo', trouble)
    return actor.start()
  }

/** A start that leads to a session which is stopped after it has charged. */
const charged =
  (misbehaviour: Misbehaviour): StartFault['act'] =>
  async (actor) => {
    actor.misbehave(misbehaviour)
    const started = await actor.start()
    await actor.stopAfter(started, 1)
    return started
  }

const answers = (result: string, message?: string): StartFault['act'] =>
  atStation({ answers: message === undefined ? { result } : { result, message } })

const ofToken: readonly StartFault[] = [
  {
    name: 'card-unknown',
    causedBy: 'driver',
    does: 'holds a card to the reader that no provider has issued',
    codes: ['token_unknown'],
    act: (actor) => actor.tap(),
  },
  {
    name: 'card-blocked',
    causedBy: 'driver',
    does: 'holds a blocked card to the reader',
    codes: ['token_blocked'],
    act: async (actor) => {
      await actor.issue({ type: 'RFID', whitelist: 'ALWAYS', valid: false })
      return actor.tap()
    },
  },
  {
    name: 'card-of-another-type',
    causedBy: 'driver',
    does: 'has a token for the app read as a card',
    codes: ['token_wrong_type'],
    act: async (actor) => {
      await actor.issue({ type: 'APP_USER', whitelist: 'NEVER', valid: true })
      return actor.tap()
    },
  },
  {
    name: 'authorization-refused',
    causedBy: 'provider',
    does: 'refuses the card when it is asked in real time',
    codes: ['token_not_allowed'],
    act: async (actor) => {
      await actor.issue({ type: 'RFID', whitelist: 'NEVER', valid: true }, 'NOT_ALLOWED')
      return actor.tap()
    },
  },
  {
    name: 'authorization-times-out',
    causedBy: 'network',
    does: 'does not let the question about the card through',
    codes: ['emsp_no_answer'],
    act: async (actor) => {
      await actor.issue({ type: 'RFID', whitelist: 'NEVER', valid: true })
      actor.disturb('emsp', 'hang')
      return actor.tap()
    },
  },
  ...(['BLOCKED', 'EXPIRED', 'NO_CREDIT'] as const).map(
    (allowed): StartFault => ({
      name: `app-${allowed.toLowerCase().replace('_', '-')}`,
      causedBy: 'provider',
      does: `does not let the driver start with the app: its rule says ${allowed}`,
      codes: [{ BLOCKED: 'token_blocked', EXPIRED: 'token_expired', NO_CREDIT: 'no_credit' }[allowed]],
      act: async (actor) => {
        await actor.issue({ type: 'APP_USER', whitelist: 'NEVER', valid: true }, allowed)
        return actor.start()
      },
    }),
  ),
]

const ofPlace: readonly StartFault[] = [
  {
    name: 'evse-unknown',
    causedBy: 'driver',
    does: 'scans a code of a charge point that does not exist any more',
    codes: ['place_unknown'],
    act: (actor) => actor.start({ evse_uid: 'GONE' }),
  },
  {
    name: 'evse-out-of-order',
    causedBy: 'station',
    does: 'is out of order, and said so',
    codes: ['evse_out_of_order'],
    act: async (actor) => {
      await actor.becomes('fault', 'OUTOFORDER')
      return actor.start()
    },
  },
  {
    name: 'evse-blocked',
    causedBy: 'driver',
    does: 'parks a car at the station that does not charge',
    codes: ['evse_blocked'],
    act: async (actor) => {
      await actor.becomes('block', 'BLOCKED')
      return actor.start()
    },
  },
  {
    name: 'evse-occupied',
    causedBy: 'driver',
    does: 'starts where somebody else charges',
    codes: ['evse_occupied'],
    act: async (actor) => {
      await actor.other().start()
      await actor.isShown('CHARGING')
      return actor.start()
    },
  },
  {
    name: 'evse-reserved',
    causedBy: 'driver',
    does: 'starts where somebody else has reserved',
    codes: ['evse_reserved'],
    act: async (actor) => {
      await actor.other().reserve()
      await actor.isShown('RESERVED')
      return actor.start()
    },
  },
  {
    name: 'reservation-lost',
    causedBy: 'station',
    does: 'fails while it is reserved',
    codes: ['reservation_lost'],
    act: async (actor) => {
      const reserved = await actor.reserve()
      await actor.isShown('RESERVED')
      await actor.becomes('fault', 'OUTOFORDER')
      return reserved
    },
  },
]

const ofStation: readonly StartFault[] = [
  {
    name: 'charger-rejects',
    causedBy: 'station',
    does: 'rejects the remote start',
    codes: ['charger_rejected'],
    act: answers('REJECTED'),
  },
  {
    name: 'charger-fails',
    causedBy: 'station',
    does: 'tries to start and fails',
    codes: ['charger_failed'],
    act: answers('FAILED'),
  },
  {
    name: 'charger-offline',
    causedBy: 'station',
    does: 'has lost its connection to its operator',
    codes: ['charger_offline'],
    act: atStation({ silent: 'idle' }),
  },
  {
    name: 'evse-inoperative',
    causedBy: 'station',
    does: 'turns out not to work when it is to start',
    codes: ['evse_out_of_order'],
    act: answers('EVSE_INOPERATIVE'),
  },
  {
    name: 'not-supported',
    causedBy: 'station',
    does: 'cannot be started from afar, whatever its operator published',
    codes: ['not_supported'],
    act: answers('NOT_SUPPORTED'),
  },
  {
    name: 'unknown-reservation',
    causedBy: 'operator',
    does: 'has forgotten the reservation',
    codes: ['unknown_reservation'],
    act: answers('UNKNOWN_RESERVATION'),
  },
  {
    name: 'connector-lock',
    causedBy: 'station',
    does: 'cannot lock the plug',
    codes: ['connector_lock'],
    act: answers('FAILED', 'ConnectorLockFailure: the plug could not be locked'),
  },
  {
    name: 'cable-never-plugged-in',
    causedBy: 'driver',
    does: 'starts and never plugs in',
    codes: ['waiting_for_cable', 'cable_not_plugged'],
    act: atStation({ noCable: true }),
  },
  {
    name: 'car-refuses',
    causedBy: 'car',
    does: 'is plugged in and takes no energy',
    codes: ['car_took_nothing'],
    act: atStation({ carRefuses: true }),
  },
  {
    name: 'charging-breaks-off',
    causedBy: 'station',
    does: 'fails in the middle of charging',
    codes: ['charging', 'broken_off'],
    act: atStation({ breaksOff: { afterMs: 5_000, what: 'fault' } }),
  },
  {
    name: 'power-cut',
    causedBy: 'station',
    does: 'loses its power together with the whole location',
    codes: ['charging', 'broken_off'],
    act: atStation({ breaksOff: { afterMs: 5_000, what: 'power' } }),
  },
  {
    name: 'stop-refused',
    causedBy: 'station',
    does: 'goes on when it is told to stop',
    codes: ['stop_refused'],
    act: async (actor) => {
      actor.misbehave({ refusesStop: true })
      return actor.stopAfter(await actor.start(), 0)
    },
  },
]

const ofOperator: readonly StartFault[] = [
  {
    name: 'partner-down',
    causedBy: 'network',
    does: 'breaks the connection to the operator',
    codes: ['partner_unreachable'],
    act: onTheWay('cut'),
  },
  {
    name: 'partner-slow',
    causedBy: 'operator',
    does: 'does not answer the command',
    codes: ['partner_slow'],
    act: onTheWay('hang'),
  },
  {
    name: 'partner-answers-503',
    causedBy: 'operator',
    does: 'answers the command with HTTP 503',
    codes: ['partner_error'],
    act: onTheWay({ http: 503 }),
  },
  {
    name: 'partner-answers-2000',
    causedBy: 'operator',
    does: 'answers the command with status code 2000',
    codes: ['request_refused'],
    act: onTheWay({ ocpi: 2000 }),
  },
  {
    name: 'partner-answers-3000',
    causedBy: 'operator',
    does: 'answers the command with status code 3000',
    codes: ['partner_error'],
    act: onTheWay({ ocpi: 3000 }),
  },
  {
    name: 'result-lost',
    causedBy: 'network',
    does: 'loses the result of the command',
    codes: ['no_result'],
    act: (actor) => {
      actor.misbehave({ answers: { result: 'REJECTED', message: actor.mark } })
      actor.disturb('emsp', 'cut')
      return actor.start()
    },
  },
  {
    name: 'no-result-but-charging',
    causedBy: 'operator',
    does: 'starts the charge and never reports that it did',
    codes: ['charging_without_result'],
    act: atStation({ silent: 'acts' }),
  },
  {
    name: 'session-late',
    causedBy: 'operator',
    does: 'tells of the session a while after it began',
    codes: ['session_awaited', 'session_late'],
    act: atStation({ sessionDelayMs: 14_000 }),
  },
  {
    name: 'session-never-told',
    causedBy: 'operator',
    does: 'never tells of the session',
    codes: ['session_awaited', 'no_session'],
    act: atStation({ sessionDelayMs: 3_600_000 }),
  },
  {
    name: 'cdr-missing',
    causedBy: 'operator',
    does: 'never sends the CDR',
    codes: ['receipt_awaited'],
    act: charged({ cdr: 'none' }),
  },
  {
    name: 'cdr-late',
    causedBy: 'operator',
    does: 'sends the CDR a while after the end',
    codes: ['receipt_awaited', 'charged'],
    act: charged({ cdr: { delayMs: 7_000 } }),
  },
  {
    name: 'wrong-price',
    causedBy: 'operator',
    does: 'bills a kWh above its tariff',
    codes: ['price_differs'],
    act: charged({ cdr: 'dear' }),
  },
]

/** Every way in which a start or a charge can be made to fail here. */
export const START_FAULTS: readonly StartFault[] = [...ofToken, ...ofPlace, ...ofStation, ...ofOperator]
