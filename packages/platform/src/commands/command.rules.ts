import { foldCase, ocpi230 } from '@interwatt/protocol'
import type { Command, CommandType, Document } from '@interwatt/store'

/** What the CPO side says at once to a command (commands.md, receiver rules), before any charger is asked. */
export interface Verdict {
  readonly result: 'ACCEPTED' | 'REJECTED' | 'NOT_SUPPORTED' | 'UNKNOWN_SESSION'
  readonly message?: string
}

const ACCEPTED: Verdict = { result: 'ACCEPTED' }
const rejected = (message: string): Verdict => ({ result: 'REJECTED', message })
const notSupported = (message: string): Verdict => ({ result: 'NOT_SUPPORTED', message })

/** What is known of the place a command is for. */
export interface Place {
  readonly evses: readonly Document[]
}

const capabilities = (evse: Document): readonly unknown[] =>
  Array.isArray(evse.capabilities) ? evse.capabilities : []
const connectors = (evse: Document): readonly Document[] =>
  Array.isArray(evse.connectors) ? evse.connectors : []
const has = (evse: Document, capability: string): boolean => capabilities(evse).includes(capability)
const same = (a: unknown, b: string): boolean => foldCase(String(a)) === foldCase(b)

/** The capability each command needs of an EVSE (CMD-029). */
const NEEDED: Readonly<Partial<Record<CommandType, string>>> = {
  START_SESSION: 'REMOTE_START_STOP_CAPABLE',
  RESERVE_NOW: 'RESERVABLE',
  UNLOCK_CONNECTOR: 'UNLOCK_CAPABLE',
}

/** Statuses in which an EVSE cannot take a new driver at all (CMD-041). */
const UNUSABLE: readonly unknown[] = ['INOPERATIVE', 'OUTOFORDER', 'PLANNED', 'REMOVED']

/** The capability an EVSE lacks for a command, undefined when it has it or needs none (CMD-029, CMD-076). */
export const lacksCapability = (type: CommandType, evse: Document): string | undefined => {
  const needed = NEEDED[type]
  return needed === undefined || has(evse, needed) ? undefined : needed
}

/** Whether START_SESSION at this EVSE must name the connector (CMD-031, CMD-067). */
export const needsConnector = (evse: Document): boolean => has(evse, 'START_SESSION_CONNECTOR_REQUIRED')

const judgeEvse = (type: CommandType, evse: Document, connectorId: string | undefined): Verdict => {
  const lacking = lacksCapability(type, evse)
  if (lacking !== undefined) return notSupported(`EVSE ${String(evse.uid)} lacks ${lacking}.`)
  if (connectorId !== undefined && !connectors(evse).some((connector) => same(connector.id, connectorId))) {
    return rejected(`EVSE ${String(evse.uid)} has no connector ${connectorId}.`)
  }
  if (type === 'UNLOCK_CONNECTOR') return ACCEPTED
  if (UNUSABLE.includes(evse.status)) return rejected(`EVSE ${String(evse.uid)} is ${String(evse.status)}.`)
  if (type === 'START_SESSION' && connectorId === undefined && needsConnector(evse)) {
    return rejected(`EVSE ${String(evse.uid)} needs a connector_id (START_SESSION_CONNECTOR_REQUIRED).`)
  }
  return ACCEPTED
}

/** Start, reserve and unlock: the EVSE named, or any EVSE of the location that could do it (CMD-025, CMD-029 to CMD-031, CMD-044). */
export const judgePlace = (
  type: CommandType,
  place: Place,
  target: { readonly evse_uid?: string | undefined; readonly connector_id?: string | undefined },
): Verdict => {
  const { evse_uid: uid } = target
  if (uid !== undefined) {
    const evse = place.evses.find((candidate) => same(candidate.uid, uid))
    return evse
      ? judgeEvse(type, evse, target.connector_id)
      : rejected(`There is no EVSE ${uid} at this location.`)
  }
  const verdicts = place.evses.map((evse) => judgeEvse(type, evse, undefined))
  return (
    verdicts.find((verdict) => verdict.result === 'ACCEPTED') ??
    verdicts[0] ??
    rejected('This location has no EVSE.')
  )
}

/** Stop: only a running session of the caller's own customers (CMD-026, CMD-027). */
export const judgeStop = (session: Document | undefined, isCallers: boolean): Verdict => {
  if (!session) return { result: 'UNKNOWN_SESSION', message: 'There is no such session.' }
  if (!isCallers) return rejected('This session belongs to a token of another party.')
  return session.status === 'ACTIVE' || session.status === 'PENDING' || session.status === 'RESERVATION'
    ? ACCEPTED
    : rejected(`This session is ${String(session.status)}.`)
}

/** A reservation that ends in the past reserves nothing (CMD-039). */
export const judgeExpiry = (expiryMs: number | undefined, nowMs: number): Verdict =>
  expiryMs !== undefined && expiryMs <= nowMs ? rejected('expiry_date is in the past.') : ACCEPTED

/** Results a charger or back end may give (2.2.1 `mod_commands_commandresulttype_enum`). */
export const COMMAND_RESULTS = ocpi230.CommandResultType.values

export type CommandResult = ocpi230.CommandResultType

/** A result outside the enumeration counts as FAILED (CMD-074); old spellings of success are understood (trap 3). */
export const readResult = (text: unknown): CommandResult => {
  if (text === 'SUCCESSFUL') return 'ACCEPTED'
  return COMMAND_RESULTS.find((result) => result === text) ?? 'FAILED'
}

/**
 * The states in which a command we sent takes this result: open, out of time, and FAILED, which it is when the answer to the
 * command was lost (CMD-070). A finished one takes none, but a reservation may be cancelled later (CMD-071, CMD-037).
 */
export const statesTaking = (
  type: Command['type'],
  result: CommandResult,
): readonly [Command['state'], ...Command['state'][]] =>
  type === 'RESERVE_NOW' && result === 'CANCELED_RESERVATION'
    ? ['PENDING', 'ACCEPTED', 'TIMEOUT', 'FAILED', 'DONE']
    : ['PENDING', 'ACCEPTED', 'TIMEOUT', 'FAILED']

/** How long a result that comes after its time is still taken, in milliseconds (CMD-070). */
const LATE_MS = 60 * 60_000

/**
 * When the address for the result of a command we sent ends, in epoch milliseconds: an hour after its time is up, for a reservation an
 * hour after it ends, since it may be cancelled until then (CMD-037, CMD-062).
 */
export const addressEndsMs = ({
  deadline,
  createdAt,
  request,
}: Pick<Command, 'deadline' | 'createdAt' | 'request'>): number => {
  const { expiry_date: reservedUntil } = request
  const ends = [deadline ?? createdAt, reservedUntil].map((time) => Date.parse(String(time)))
  return Math.max(...ends.filter((time) => !Number.isNaN(time))) + LATE_MS
}

/** Seconds a partner asks us to wait, held to 5…600 (trap 16). */
export const waitSeconds = (timeout: number): number => Math.min(600, Math.max(5, timeout))

const RESPONSES = [
  'ACCEPTED',
  'NOT_SUPPORTED',
  'REJECTED',
  'UNKNOWN_SESSION',
] as const satisfies readonly ocpi230.CommandResponseType[]

/** Seconds a result is awaited when the partner does not say (CMD-069). */
const DEFAULT_WAIT_S = 60

/**
 * What a malformed answer to a request with a later result still says of it; undefined when it says nothing. Partners leave
 * out `timeout`, or put the object into a list of one; their charger acts all the same.
 */
export const salvageAnswer = (
  data: unknown,
  responses: readonly string[],
): { readonly result: string; readonly timeout: number } | undefined => {
  const answer: unknown = Array.isArray(data) && data.length === 1 ? data[0] : data
  if (typeof answer !== 'object' || answer === null) return undefined
  const said: unknown = Reflect.get(answer, 'result')
  const timeout: unknown = Reflect.get(answer, 'timeout')
  const result = responses.find((known) => known === said)
  return result === undefined
    ? undefined
    : { result, timeout: typeof timeout === 'number' ? timeout : DEFAULT_WAIT_S }
}

/** What a malformed CommandResponse still says of the command. */
export const salvageResponse = (data: unknown): ReturnType<typeof salvageAnswer> =>
  salvageAnswer(data, RESPONSES)

/** RFID tokens that came with a command need no new authorization at that place for this long (CMD-015). */
export const COMMAND_TOKEN_MS = 15 * 60_000
