import type { AuthorizationRecord, Command, MessageFacts } from '@interwatt/store'

/** A status of an EVSE as it was told, and by which message; null when it is the one stored. */
export interface ToldStatus {
  readonly at: string
  readonly status: string
  readonly message: number | null
}

/** A session as far as it tells why a charge went as it did. */
export interface SessionFacts {
  readonly id: string
  readonly status: string
  readonly kwh: number
  /** Every status that was told, in order; at least the present one. */
  readonly statuses: readonly string[]
  /** When we first heard of it, and of its end; null when that is not known. */
  readonly heardAt: string | null
  readonly endHeardAt: string | null
  readonly messages: readonly number[]
}

/** The CDR of a session, and what its check gave; `codes` of what stands against it. */
export interface ReceiptFacts {
  readonly id: string
  readonly outcome: 'agrees' | 'differs' | 'unpriced' | null
  readonly codes: readonly string[]
  readonly messages: readonly number[]
}

/** All that is known about what a driver asked for. Exactly one of `command` and `decision` is there. */
export interface StartFacts {
  readonly command: Command | undefined
  readonly decision: AuthorizationRecord | undefined
  /** For people: whom the command went to or came from, or who was asked about the token. */
  readonly partnerName: string
  /** Types under which the uid of the token is known, where it is not known as the one that was asked about. */
  readonly otherTypes: readonly string[]
  readonly session: SessionFacts | undefined
  readonly receipt: ReceiptFacts | undefined
  /** Commands that were to stop the session. */
  readonly stops: readonly Command[]
  /** Statuses of the EVSE around the command and the session, in order. */
  readonly statuses: readonly ToldStatus[]
  /** Messages of the command or of the question about the token, in order. */
  readonly messages: readonly MessageFacts[]
  readonly nowMs: number
}

/** A status may be told a moment after what it caused, in milliseconds. */
const SLACK_MS = 2_000

/** The status an EVSE had at a time, as it was told; undefined when nothing was. */
export const statusAt = (facts: StartFacts, at: string | null): ToldStatus | undefined =>
  at === null
    ? undefined
    : facts.statuses.findLast((told) => Date.parse(told.at) <= Date.parse(at) + SLACK_MS)

/** Statuses in which an EVSE cannot charge at all. */
export const BROKEN: readonly string[] = ['INOPERATIVE', 'OUTOFORDER', 'UNKNOWN', 'REMOVED', 'PLANNED']

/** How far around its end a failure of the EVSE explains the end of a session, in milliseconds. */
const AROUND_MS = 90_000

/** The failure of the EVSE at the time at which a session ended, if there was one. */
export const failureAtEnd = ({ session, statuses }: StartFacts): ToldStatus | undefined => {
  const endMs = Date.parse(session?.endHeardAt ?? '')
  if (Number.isNaN(endMs)) return undefined
  return statuses.find(
    ({ at, status }) => BROKEN.includes(status) && Math.abs(Date.parse(at) - endMs) <= AROUND_MS,
  )
}

/** What the operator said in words with an answer or a result, if anything. */
export const operatorWords = (command: Command | undefined): string | null => {
  const message: unknown = command?.state === 'FAILED' ? null : command?.message
  if (typeof message === 'string') return message === '' ? null : message
  const texts: readonly unknown[] = Array.isArray(message) ? message : []
  const said = texts
    .map((each) => (typeof each === 'object' && each !== null ? Reflect.get(each, 'text') : undefined))
    .find((text) => typeof text === 'string' && text !== '')
  return typeof said === 'string' ? said : null
}

/** How the request of a command fared on its way. */
export interface Delivery {
  readonly httpStatus: number | null
  readonly statusCode: number | null
  readonly timedOut: boolean
  /** What went wrong, for engineers. */
  readonly detail: string
}

const numberIn = (text: string, pattern: RegExp): number | null => {
  const [, digits] = pattern.exec(text) ?? []
  return digits === undefined ? null : Number(digits)
}

/** Of the last attempt; from what the command keeps of it where messages are not recorded. */
export const deliveryOf = ({ command, messages }: StartFacts): Delivery => {
  const kept = typeof command?.message === 'string' ? command.message : ''
  const last = messages.findLast(({ direction, operation }) => direction === 'out' && operation !== 'result')
  if (last === undefined)
    return {
      httpStatus: numberIn(kept, /HTTP (\d{3})/),
      statusCode: numberIn(kept, /status code (\d{4})/),
      timedOut: /within \d+ ms|timed? ?out/i.test(kept),
      detail: kept,
    }
  return {
    httpStatus: last.httpStatus,
    statusCode: last.statusCode,
    timedOut: last.outcome === 'timeout',
    detail:
      last.failure ??
      kept.replace(/^The partner (answered )?(HTTP \d{3})?( with status code \d{4})?:? ?/, ''),
  }
}

/** Milliseconds between two times; NaN when one of them is not known. */
export const between = (from: string | null, to: string | null): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')
