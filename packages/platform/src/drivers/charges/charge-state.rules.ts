import type { Command, Document, DriverCharge } from '@interwatt/store'

/** Where a charge stands, as a driver is told. */
export type ChargeState =
  | 'asked'
  | 'accepted'
  | 'waiting_for_cable'
  | 'charging'
  | 'paused'
  | 'stopping'
  | 'ended'
  | 'receipt'
  | 'refused'
  | 'failed'
  | 'timed_out'

/** Why a charge stands there, or what else is to be known of it. */
export type ReasonCode =
  | 'place_unknown'
  | 'not_connected'
  | 'operator_away'
  | 'not_possible'
  | 'not_sent'
  | 'no_answer'
  | 'no_result'
  | 'no_session'
  | 'rejected'
  | 'not_supported'
  | 'evse_occupied'
  | 'evse_inoperative'
  | 'station_failed'
  | 'station_timeout'
  | 'reservation_canceled'
  | 'session_invalid'
  | 'late_session'
  | 'stop_refused'
  | 'stop_no_result'
  | 'stop_not_sent'
  | 'stop_accepted'

/** What the state follows from. */
export interface ChargeFacts {
  readonly charge: Pick<DriverCharge, 'askedAt' | 'failure' | 'stop'>
  /** The START_SESSION; undefined when there was none, or it is not known any more. */
  readonly command: CommandFacts | undefined
  readonly stopCommand: CommandFacts | undefined
  readonly session: Document | undefined
  readonly hasCdr: boolean
  readonly nowMs: number
}

type CommandFacts = Pick<Command, 'state' | 'response' | 'result' | 'finishedAt'>

/** The state, and the reason or note that belongs to it. */
export interface StateOfCharge {
  readonly state: ChargeState
  readonly reason: ReasonCode | null
}

/** A request that never left this long after it was asked for has lost its node. */
const LOST_MS = 60_000
/** A start that was accepted and of which nothing came this long after is over for the driver. */
const SILENT_MS = 30 * 60_000

const BY_RESULT: Readonly<Record<string, StateOfCharge>> = {
  ACCEPTED: { state: 'accepted', reason: null },
  REJECTED: { state: 'refused', reason: 'rejected' },
  NOT_SUPPORTED: { state: 'refused', reason: 'not_supported' },
  EVSE_OCCUPIED: { state: 'refused', reason: 'evse_occupied' },
  EVSE_INOPERATIVE: { state: 'refused', reason: 'evse_inoperative' },
  CANCELED_RESERVATION: { state: 'refused', reason: 'reservation_canceled' },
  UNKNOWN_RESERVATION: { state: 'refused', reason: 'rejected' },
  TIMEOUT: { state: 'timed_out', reason: 'station_timeout' },
  FAILED: { state: 'failed', reason: 'station_failed' },
}

const UNKNOWN_RESULT: StateOfCharge = { state: 'failed', reason: 'station_failed' }

const reasonOfFailure = ({ status, type }: Document): ReasonCode => {
  if (type === 'party-away') return 'operator_away'
  if (status === 404) return 'place_unknown'
  if (status === 409) return 'not_connected'
  return status === 422 ? 'not_possible' : 'not_sent'
}

const silentSince = (finishedAt: string | null, { charge, nowMs }: ChargeFacts): boolean =>
  nowMs - Date.parse(finishedAt ?? charge.askedAt) > SILENT_MS

const ofCommand = (command: CommandFacts, facts: ChargeFacts): StateOfCharge => {
  switch (command.state) {
    case 'PENDING':
      return { state: 'asked', reason: null }
    case 'ACCEPTED':
      return { state: 'accepted', reason: null }
    case 'REFUSED':
      return BY_RESULT[command.response ?? ''] ?? { state: 'refused', reason: 'rejected' }
    case 'TIMEOUT':
      return { state: 'timed_out', reason: command.response === null ? 'no_answer' : 'no_result' }
    case 'FAILED':
      return { state: 'failed', reason: 'no_answer' }
    case 'DONE': {
      const result = BY_RESULT[command.result ?? ''] ?? UNKNOWN_RESULT
      return result.state === 'accepted' && silentSince(command.finishedAt, facts)
        ? { state: 'timed_out', reason: 'no_session' }
        : result
    }
  }
}

const withoutSession = (facts: ChargeFacts): StateOfCharge => {
  const { charge, command, nowMs } = facts
  if (charge.failure !== null) return { state: 'failed', reason: reasonOfFailure(charge.failure) }
  if (command !== undefined) return ofCommand(command, facts)
  return nowMs - Date.parse(charge.askedAt) > LOST_MS
    ? { state: 'failed', reason: 'not_sent' }
    : { state: 'asked', reason: null }
}

/** What became of the wish to stop a session that still runs. */
const stopping = ({ charge, stopCommand, nowMs }: ChargeFacts): StateOfCharge | undefined => {
  if (charge.stop === null) return undefined
  const still = (reason: ReasonCode): StateOfCharge => ({ state: 'charging', reason })
  if (charge.stop.failure !== undefined && charge.stop.failure !== null) return still('stop_not_sent')
  if (stopCommand === undefined)
    return nowMs - Date.parse(String(charge.stop.asked_at)) > LOST_MS
      ? still('stop_not_sent')
      : { state: 'stopping', reason: null }
  const { state, result } = stopCommand
  if (state === 'REFUSED') return still('stop_refused')
  if (state === 'TIMEOUT' || state === 'FAILED') return still('stop_no_result')
  if (state !== 'DONE') return { state: 'stopping', reason: null }
  if (result === 'ACCEPTED') return { state: 'stopping', reason: 'stop_accepted' }
  return still(result === 'TIMEOUT' ? 'stop_no_result' : 'stop_refused')
}

const numberOf = (dimensions: unknown, type: string): number => {
  const found = Array.isArray(dimensions) ? dimensions.find((one) => one?.type === type) : undefined
  return typeof found?.volume === 'number' ? found.volume : 0
}

/** Whether the last period that the session tells has parking and no energy: the car takes nothing. */
const takesNothing = ({ charging_periods: periods }: Document): boolean => {
  const last: unknown = Array.isArray(periods) ? periods.at(-1) : undefined
  if (typeof last !== 'object' || last === null || !('dimensions' in last)) return false
  const { dimensions } = last
  return numberOf(dimensions, 'PARKING_TIME') > 0 && numberOf(dimensions, 'ENERGY') === 0
}

/** A session that came although its command ended otherwise counts; the driver is told why it looked different. */
const lateNote = (facts: ChargeFacts): ReasonCode | null => {
  const { state } = withoutSession(facts)
  return facts.command !== undefined && ['timed_out', 'failed', 'refused'].includes(state)
    ? 'late_session'
    : null
}

const ofSession = (session: Document, facts: ChargeFacts): StateOfCharge => {
  switch (session.status) {
    case 'COMPLETED':
      return { state: 'ended', reason: null }
    case 'INVALID':
      return { state: 'failed', reason: 'session_invalid' }
    case 'RESERVATION':
      return { state: 'accepted', reason: null }
    case 'PENDING':
      return stopping(facts) ?? { state: 'waiting_for_cable', reason: lateNote(facts) }
    default:
      return (
        stopping(facts) ?? { state: takesNothing(session) ? 'paused' : 'charging', reason: lateNote(facts) }
      )
  }
}

/** The state of a charge, from what is known of its command, its session and its CDRs; the latest of them counts. */
export const stateOfCharge = (facts: ChargeFacts): StateOfCharge => {
  if (facts.hasCdr) return { state: 'receipt', reason: null }
  return facts.session === undefined ? withoutSession(facts) : ofSession(facts.session, facts)
}

const OVER: readonly ChargeState[] = ['ended', 'receipt', 'refused', 'failed', 'timed_out']

/** Whether nothing more is expected while the driver waits; a session or CDR may still come. */
export const isOver = ({ state }: Pick<StateOfCharge, 'state'>): boolean => OVER.includes(state)
