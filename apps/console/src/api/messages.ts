import { gap } from './gaps.js'
import { flag, listOf, mapOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask, open, type Query } from './request.js'

const object = shape({ kind: text, country_code: optional(text), party_id: optional(text), id: text })
/** The object a message is about; its party is null where the message does not tell. */
export type MessageObject = Read<typeof object>

const finding = shape({
  pointer: text,
  code: text,
  message: text,
  rule: optional(text),
  severity: text,
})

const facts = {
  id: number,
  at: text,
  direction: text,
  partner_id: optional(text),
  partner_name: optional(text),
  method: text,
  origin: optional(text),
  path: text,
  version: optional(text),
  module: optional(text),
  operation: text,
  object: optional(object),
  http_status: optional(number),
  status_code: optional(number),
  outcome: text,
  failure: optional(text),
  duration_ms: number,
  request_id: text,
  correlation_id: text,
  attempt: number,
  findings: listOf(finding),
  request_bytes: number,
  response_bytes: number,
}
const message = shape(facts)
/** One OCPI request with its answer, without headers and bodies. */
export type Message = Read<typeof message>
/** Reads a message of the live stream; throws `Misread`. */
export const readMessage = message

/** How the message deviates from its version. */
export type MessageFinding = Read<typeof finding>

const part = { headers: mapOf(text), body: optional(text), bytes: number, cut: flag }
const whole = shape({
  ...facts,
  request: shape({ ...part, hidden: flag }),
  response: optional(shape(part)),
})
/** A message with headers and bodies; `response` is null when no answer came. */
export type WholeMessage = Read<typeof whole>

const recording = shape({ enabled: flag, gaps: listOf(gap) })
const page = shape({ items: listOf(message), next: optional(text), recording })
/** A part of the conversation, newest first, and whether something is missing in it. */
export type MessagePage = Read<typeof page>

export const getMessages = (query: Query, signal?: AbortSignal): Promise<MessagePage> =>
  ask(address(['messages'], query), page, signal === undefined ? {} : { signal })
export const getMessage = (id: string): Promise<WholeMessage> => ask(address(['messages', id]), whole)

/** The request as a command for a shell, with a placeholder for the token. */
export const getCurl = async (id: number): Promise<string> =>
  (await open(address(['messages', String(id), 'curl']))).text()

const replayed = shape({
  outcome: text,
  http_status: optional(number),
  status_code: optional(number),
  detail: optional(text),
  correlation_id: text,
  message: optional(message),
})
/** Sends a recorded request again; throws `ApiFailure` with the reason where that is not possible. */
export const replayMessage = (id: number): Promise<Read<typeof replayed>> =>
  ask(address(['messages', String(id), 'replay']), replayed, { method: 'POST' })

/** All messages of a correlation, in the order they began. */
export const getCorrelation = async (id: string): Promise<readonly Message[]> =>
  (await ask(address(['correlations', id]), shape({ items: listOf(message) }))).items
