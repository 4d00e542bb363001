import { withField } from '../../lens/fields.js'
import { lens, newerDocument, note, type Step } from '../../lens/lens.js'
import { nearest } from '../../lens/older-steps.js'
import { declareSetAside, inField, leaveOut, newerOnly, setAsideFields } from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { commandToken } from '../tokens/v211-v221.lens.js'
import { ReserveNow, StartSession } from './v211.js'

const hashed = 'the target version has whole numbers; this one stands for the id, always the same'
const noTimeout = 'the target version does not say how long to wait'
const noLateAnswer = 'TIMEOUT is no answer of the target version'
const noSession = 'UNKNOWN_SESSION is no result of the target version'

/** StartSession: connector and reference are new (commands.md, translation). */
export const startSession = lens(
  wholeSeconds(StartSession),
  inField('token', commandToken, 'required'),
  newerOnly('connector_id'),
  newerOnly('authorization_reference'),
)

const FIRST_HASHED = 1_000_000_000
const HASHED = 2_147_483_648 - FIRST_HASHED

/**
 * The number that stands for a reservation id at a partner that knows only numbers: the number it is, else one of ten
 * digits made from its characters, upper case, by FNV-1a. Always the same, so that a replacement meets its reservation.
 */
export const reservationNumber = (id: string): number => {
  if (/^(0|[1-9]\d{0,8})$/.test(id)) return Number(id)
  let hash = 0x811c9dc5
  for (const character of id.toUpperCase()) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return FIRST_HASHED + (hash % HASHED)
}

/** The id of a reservation was a number. */
const reservationId: Step = {
  keepsShape: false,
  declares: [{ direction: 'down', pointer: '/reservation_id', reason: hashed }],
  up: (command) =>
    typeof command.reservation_id === 'number'
      ? withField(command, 'reservation_id', String(command.reservation_id))
      : command,
  down(command, at, crossing) {
    const id = command.reservation_id
    if (typeof id !== 'string') return command
    const number = reservationNumber(id)
    if (String(number) !== id) note(crossing, at, 'reservation_id', { reason: hashed, severity: 'changed' })
    return withField(command, 'reservation_id', number)
  },
}

/** ReserveNow: the id became text, the reference is new. */
export const reserveNow = lens(
  wholeSeconds(ReserveNow),
  inField('token', commandToken, 'required'),
  reservationId,
  newerOnly('authorization_reference'),
)

/** Reservations could not be cancelled. */
export const cancelReservation = newerDocument('the version has no CANCEL_RESERVATION')

/** Seconds a result is waited for when the partner cannot say (CMD-069). */
const USUAL_TIMEOUT_S = 60

/** The answer came to say how long to wait; TIMEOUT left it. */
const timeout: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('timeout'),
    { direction: 'up', pointer: '/result', reason: noLateAnswer },
    { direction: 'down', pointer: '/timeout', reason: noTimeout },
  ],
  up(response, at, crossing) {
    const own = withField(setAsideFields(response, ['timeout'], at, crossing), 'timeout', USUAL_TIMEOUT_S)
    if (own.result !== 'TIMEOUT') return own
    note(crossing, at, 'result', { reason: noLateAnswer, severity: 'changed' })
    return withField(own, 'result', 'REJECTED')
  },
  down: (response, at, crossing) => leaveOut(response, 'timeout', at, crossing, noTimeout),
}

/** CommandResponse: time to wait and message are new. */
export const commandResponse = lens(timeout, newerOnly('message'))

/** There were no results of their own: the later result was a second answer. */
const noUnknownSession: Step = {
  keepsShape: false,
  declares: [{ direction: 'up', pointer: '/result', reason: noSession }],
  up(result, at, crossing) {
    if (result.result !== 'UNKNOWN_SESSION') return result
    note(crossing, at, 'result', { reason: noSession, severity: 'changed' })
    return withField(result, 'result', 'FAILED')
  },
  down: (result) => result,
}

/** CommandResult: was a CommandResponse with fewer values (CMD-009). */
export const commandResult = lens(
  nearest('result', {
    CANCELED_RESERVATION: 'REJECTED',
    EVSE_INOPERATIVE: 'REJECTED',
    EVSE_OCCUPIED: 'REJECTED',
    FAILED: 'REJECTED',
    UNKNOWN_RESERVATION: 'REJECTED',
  }),
  noUnknownSession,
  newerOnly('message'),
)
