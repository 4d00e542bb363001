import { headerText, readRouting, tokenCandidates } from '@interwatt/protocol'
import type { ServerMessage } from '@interwatt/server'
import type { MessageOutcome, NewMessage } from '@interwatt/store'
import { cleanTexts, keptHeaders, keptPath } from './exchange-text.js'
import { objectOf } from './object-of.rules.js'
import { formsOf } from './redact.rules.js'

/** Forms of secrets, remembered for tokens that come again and again. */
export type FormsOf = (secret: string) => readonly string[]

/** How a partner's request ended, by what it was answered. */
export const incomingOutcome = ({
  httpStatus,
  statusCode,
}: Pick<ServerMessage, 'httpStatus' | 'statusCode'>): MessageOutcome => {
  if (statusCode < 2000) return 'ok'
  if (httpStatus === 408) return 'timeout'
  return httpStatus >= 500 || statusCode === 3000 ? 'failed' : 'refused'
}

const endsOf = ({ caller }: ServerMessage) =>
  caller?.parties && { sender: caller.parties.theirs, receiver: caller.parties.own }

const objectIn = (message: ServerMessage) => {
  const routing = readRouting(message.requestHeaders)
  return objectOf({
    module: message.module ?? null,
    side: message.side ?? null,
    operation: message.operation,
    params: message.params,
    body: message.json,
    to: routing.ok ? routing.routing.to : undefined,
    ends: endsOf(message),
  })
}

/** Forms of what was presented as token, by whoever it was; those of strangers are not worth remembering. */
const presented = ({ requestHeaders, caller }: ServerMessage, remembered: FormsOf): readonly string[] =>
  caller === undefined
    ? tokenCandidates(requestHeaders.authorization).flatMap(formsOf)
    : remembered(caller.token)

/** A partner's request as it is stored, without secrets; `endedMs` is the time its answer was written. */
export const incomingMessage = (message: ServerMessage, endedMs: number, remembered: FormsOf): NewMessage => {
  const path = message.queryText === '' ? message.path : `${message.path}?${message.queryText}`
  const texts = cleanTexts(
    {
      isCredentials: message.module === 'credentials',
      tokenForms: presented(message, remembered),
      path,
      request: message.requestText,
      response: message.responseBody,
    },
    formsOf,
  )
  const { request, response, line } = texts
  return {
    at: new Date(endedMs - message.durationMs).toISOString(),
    direction: 'in',
    partnerId: message.caller?.partnerId ?? null,
    partnerName: message.caller?.partnerName ?? null,
    method: message.method.slice(0, 20),
    origin: null,
    path: keptPath(path, line),
    version: message.version ?? null,
    module: message.module ?? null,
    side: message.side ?? null,
    operation: message.operation,
    object: objectIn(message) ?? null,
    httpStatus: message.httpStatus,
    statusCode: message.statusCode,
    outcome: incomingOutcome(message),
    failure: null,
    durationMs: message.durationMs,
    requestId: line(message.requestId),
    correlationId: line(message.correlationId),
    attempt: 1,
    findings: message.findings,
    requestBytes: Math.max(request.bytes, announced(message)),
    responseBytes: response.bytes,
    requestHeaders: keptHeaders(Object.entries(message.requestHeaders), line),
    requestBody: request.text,
    requestCut: request.isCut,
    requestHidden: request.isHidden,
    responseHeaders: keptHeaders(Object.entries(message.responseHeaders), line),
    responseBody: response.text,
    responseCut: response.isCut,
  }
}

const LENGTH_MAX = 2 ** 31 - 1

/** How long the caller said its body is, where it was not read. */
const announced = ({ requestHeaders, requestText }: ServerMessage): number => {
  if (requestText !== undefined) return 0
  const length = Number(headerText(requestHeaders, 'content-length') ?? 0)
  return Number.isInteger(length) && length > 0 ? Math.min(length, LENGTH_MAX) : 0
}
