import type { NewMessage } from '../ports/index.js'
import type { BodyPlace } from './body-bytes.js'
import { withoutIds } from './header-ids.js'

/** What separates fields and messages, and stands for null. They are control characters, which no field keeps. */
export const FIELD = '\u001f'
export const MESSAGE = '\u001e'
export const NULL = '\u001d'

/** A text of somebody else as a field. */
const written = (text: string | null): string => {
  if (text === null) return NULL
  if (!text.includes(FIELD) && !text.includes(MESSAGE) && !text.includes(NULL)) return text
  return text.replaceAll(FIELD, ' ').replaceAll(MESSAGE, ' ').replaceAll(NULL, ' ')
}

/** A value of ours, which holds no control character. */
const plain = (value: string | number | boolean | null): string => (value === null ? NULL : String(value))

/**
 * A message as the statement that stores it reads it: its fields in the order of `storedColumns`, then where its bodies stand. JSON
 * that names each field takes the database three times as long to read.
 */
export const textOfMessage = (message: NewMessage, request: BodyPlace, response: BodyPlace): string => {
  const { object, findings, responseHeaders } = message
  return [
    message.at,
    message.direction,
    written(message.partnerId),
    written(message.partnerName),
    written(message.method),
    written(message.origin),
    written(message.path),
    plain(message.version),
    plain(message.module),
    plain(message.side),
    written(message.operation),
    plain(object === null ? null : object.kind),
    written(object === null ? null : object.countryCode),
    written(object === null ? null : object.partyId),
    written(object === null ? null : object.id),
    plain(message.httpStatus),
    plain(message.statusCode),
    message.outcome,
    written(message.failure),
    plain(message.durationMs),
    written(message.requestId),
    written(message.correlationId),
    plain(message.attempt),
    findings.length === 0 ? NULL : JSON.stringify(findings),
    JSON.stringify(withoutIds(message.requestHeaders, message)),
    plain(message.requestBytes),
    plain(message.requestCut),
    plain(message.requestHidden),
    responseHeaders === null ? NULL : JSON.stringify(withoutIds(responseHeaders, message)),
    plain(message.responseBytes),
    plain(message.responseCut),
    plain(request.at),
    plain(request.length),
    plain(response.at),
    plain(response.length),
  ].join(FIELD)
}
