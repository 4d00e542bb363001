import type { Command, DriverReservation } from '@interwatt/store'
import type { ReasonCode } from '../charges/charge-state.rules.js'

/** Where a reservation stands, as a driver is told. */
export type ReservationState =
  | 'asked'
  | 'reserved'
  | 'used'
  | 'cancelling'
  | 'cancelled'
  | 'expired'
  | 'refused'
  | 'failed'
  | 'timed_out'

type CommandFacts = Pick<Command, 'state' | 'response' | 'result'>

/** What the state follows from. */
export interface ReservationFacts {
  readonly reservation: Pick<DriverReservation, 'askedAt' | 'expiresAt' | 'failure' | 'cancel'>
  /** The RESERVE_NOW and the CANCEL_RESERVATION. */
  readonly command: CommandFacts | undefined
  readonly cancelCommand: CommandFacts | undefined
  /** Whether charging began with it. */
  readonly isUsed: boolean
  readonly nowMs: number
}

/** Why a reservation stands where it does: as starts do, or in a way of its own. */
export type ReservationReason =
  | ReasonCode
  | 'not_reservable'
  | 'cancelled_by_operator'
  | 'cancel_not_sent'
  | 'cancel_refused'

/** The state, and the reason that belongs to it. */
export interface StateOfReservation {
  readonly state: ReservationState
  readonly reason: ReservationReason | null
}

const LOST_MS = 60_000

const REFUSALS: Readonly<Record<string, ReasonCode>> = {
  NOT_SUPPORTED: 'not_supported',
  EVSE_OCCUPIED: 'evse_occupied',
  EVSE_INOPERATIVE: 'evse_inoperative',
}

const refused = (said: string | null): StateOfReservation => {
  if (said === 'TIMEOUT') return { state: 'timed_out', reason: 'station_timeout' }
  if (said === 'FAILED') return { state: 'failed', reason: 'station_failed' }
  return { state: 'refused', reason: REFUSALS[said ?? ''] ?? 'rejected' }
}

const asked = ({ reservation, command, nowMs }: ReservationFacts): StateOfReservation => {
  if (reservation.failure !== null) {
    const { status, type } = reservation.failure
    if (type === 'party-away') return { state: 'failed', reason: 'operator_away' }
    const reasons: Readonly<Record<string, ReservationReason>> = {
      404: 'place_unknown',
      409: 'not_connected',
      422: 'not_reservable',
    }
    return { state: 'failed', reason: reasons[String(status)] ?? 'not_sent' }
  }
  if (command === undefined)
    return nowMs - Date.parse(reservation.askedAt) > LOST_MS
      ? { state: 'failed', reason: 'not_sent' }
      : { state: 'asked', reason: null }
  const { state, response, result } = command
  if (state === 'REFUSED') return refused(response)
  if (state === 'FAILED') return { state: 'failed', reason: 'no_answer' }
  if (state === 'TIMEOUT')
    return { state: 'timed_out', reason: response === null ? 'no_answer' : 'no_result' }
  if (state !== 'DONE') return { state: 'asked', reason: null }
  if (result === 'CANCELED_RESERVATION') return { state: 'cancelled', reason: 'cancelled_by_operator' }
  return result === 'ACCEPTED' ? { state: 'reserved', reason: null } : refused(result)
}

/** What a wish to cancel makes of a reservation that holds. */
const cancelled = ({ reservation, cancelCommand, nowMs }: ReservationFacts): StateOfReservation => {
  const held = (reason: ReservationReason | null): StateOfReservation => ({ state: 'reserved', reason })
  const { cancel } = reservation
  if (cancel === null) return held(null)
  if (cancel.failure !== undefined) return held('cancel_not_sent')
  if (cancelCommand === undefined)
    return nowMs - Date.parse(String(cancel.asked_at)) > LOST_MS
      ? held('cancel_not_sent')
      : { state: 'cancelling', reason: null }
  const { state, result } = cancelCommand
  if (state === 'PENDING' || state === 'ACCEPTED') return { state: 'cancelling', reason: null }
  const isDone = state === 'DONE' && (result === 'ACCEPTED' || result === 'CANCELED_RESERVATION')
  return isDone ? { state: 'cancelled', reason: null } : held('cancel_refused')
}

/** The state of a reservation, from what is known of its commands and of the time. */
export const stateOfReservation = (facts: ReservationFacts): StateOfReservation => {
  const first = asked(facts)
  if (first.state !== 'reserved') return first
  if (facts.isUsed) return { state: 'used', reason: null }
  const state = cancelled(facts)
  const isPast = Date.parse(facts.reservation.expiresAt) <= facts.nowMs
  return isPast && state.state === 'reserved' ? { state: 'expired', reason: null } : state
}

/** Whether it keeps the plug free, or may yet. */
export const isHeld = ({ state }: Pick<StateOfReservation, 'state'>): boolean =>
  state === 'asked' || state === 'reserved' || state === 'cancelling'
