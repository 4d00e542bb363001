import type { ClientMessage } from '@interwatt/client'
import { isSuccess, readEnvelope, readRouting } from '@interwatt/protocol'
import type { MessageOutcome, NewMessage, Partner } from '@interwatt/store'
import { cleanTexts, HIDDEN_PATH, keptHeaders, keptPath } from './exchange-text.js'
import type { FormsOf } from './incoming-message.js'
import { namesInBody, objectOf } from './object-of.rules.js'
import { formsOf } from './redact.rules.js'

/** Answers up to this length are parsed for their status code; of longer ones both ends are searched. */
const PARSED_MAX = 4096
const END_LENGTH = 400

const STATUS_CODE = /"status_code"\s*:\s*(\d{4})\b/g

const codeWithin = (text: string): number | undefined => {
  const last = [...text.matchAll(STATUS_CODE)].at(-1)
  return last === undefined ? undefined : Number(last[1])
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Status code of an envelope, undefined when it is none. Whatever stands beside `data` is at the beginning or at the end. */
export const statusCodeOf = (text: string): number | undefined =>
  text.length <= PARSED_MAX
    ? readEnvelope(parsed(text))?.statusCode
    : (codeWithin(text.slice(-END_LENGTH)) ?? codeWithin(text.slice(0, END_LENGTH)))

/** How a request of ours ended; `code` is the status code of the envelope, where one came. */
export const outgoingOutcome = (
  { answer, failure, method }: ClientMessage,
  code: number | undefined,
): MessageOutcome => {
  if (answer === undefined) return failure?.timedOut === true ? 'timeout' : 'failed'
  const { httpStatus, text } = answer
  if (httpStatus === 408) return 'timeout'
  if (httpStatus >= 500 || httpStatus === 429) return 'failed'
  if (code !== undefined) return isSuccess(httpStatus, code) ? 'ok' : 'refused'
  if (httpStatus >= 400) return 'refused'
  // The empty answer of a write counts as success, as the client has it (TRN-052).
  return text.trim() === '' && (method !== 'GET' || httpStatus === 204) ? 'ok' : 'failed'
}

interface Place {
  readonly module: string | null
  readonly side: string | null
}

/** Module and side: of the operation, or of the endpoint an address that was given lies below. */
export const placeOf = (message: ClientMessage, partner: Partner | undefined): Place => {
  const [module = '', side = ''] = message.operation.split('.')
  if (module === 'credentials') return { module, side: null }
  if (side !== '') return { module, side: side.toUpperCase() }
  // What is read before a version is chosen is the list of versions and its details.
  if (message.operation === 'link' && message.version === undefined) return { module: 'versions', side: null }
  const address = message.origin + message.path
  const below = partner?.endpoints.find(({ url }) => url !== '' && address.startsWith(url))
  return { module: below?.module ?? null, side: below?.side ?? null }
}

/** Headers by name; a repeated one counts once. */
const pairsOf = (headers: readonly string[]): readonly (readonly [string, string])[] =>
  headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as const] : []))

const objectIn = (message: ClientMessage, { module, side }: Place, partner: Partner | undefined) => {
  const theirs = partner?.roles[0]?.party
  const routing = readRouting(Object.fromEntries(pairsOf(message.requestHeaders)))
  const { requestText } = message
  return objectOf({
    module,
    side,
    operation: message.operation,
    params: message.params,
    body: namesInBody(module) && requestText !== undefined ? parsed(requestText) : undefined,
    to: routing.ok ? routing.routing.to : undefined,
    ends: partner?.own == null || !theirs ? undefined : { sender: partner.own.party, receiver: theirs },
  })
}

/** A request of ours as it is stored, without secrets; `endedMs` is the time its answer was read. */
export const outgoingMessage = (
  message: ClientMessage,
  { endedMs, partner, remembered }: { endedMs: number; partner: Partner | undefined; remembered: FormsOf },
): NewMessage => {
  const { answer, failure } = message
  const place = placeOf(message, partner)
  const { request, response, line } = cleanTexts(
    {
      isCredentials: place.module === 'credentials',
      tokenForms: remembered(message.token),
      path: message.path,
      request: message.requestText,
      response: answer?.text,
    },
    formsOf,
  )
  const statusCode = answer === undefined ? undefined : statusCodeOf(answer.text)
  // Where a result goes is a secret between two parties.
  const isResult = message.operation === 'result'
  const path = isResult ? HIDDEN_PATH : keptPath(message.path, line)
  return {
    at: new Date(endedMs - message.durationMs).toISOString(),
    direction: 'out',
    partnerId: message.partnerId,
    partnerName: partner?.name ?? null,
    method: message.method,
    origin: message.origin,
    path,
    version: message.version ?? null,
    ...place,
    operation: message.operation,
    object: objectIn(message, place, partner) ?? null,
    httpStatus: answer?.httpStatus ?? null,
    statusCode: statusCode ?? null,
    outcome: outgoingOutcome(message, statusCode),
    failure: failure === undefined ? null : line(failure.message).slice(0, 1000),
    durationMs: message.durationMs,
    requestId: message.requestId,
    correlationId: message.correlationId,
    attempt: message.attempt,
    findings: [],
    requestBytes: request.bytes,
    responseBytes: response.bytes,
    requestHeaders: keptHeaders(pairsOf(message.requestHeaders), line),
    requestBody: request.text,
    requestCut: request.isCut,
    requestHidden: request.isHidden || path !== message.path,
    responseHeaders: answer === undefined ? null : keptHeaders(Object.entries(answer.headers), line),
    responseBody: response.text,
    responseCut: response.isCut,
  }
}
