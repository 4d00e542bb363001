import type { Finding } from '@interwatt/protocol'
import type { Message, MessageFacts, MessageFilter, NewMessage, StoryMessage } from '../ports/index.js'
import type { StoredColumn } from '../sql/messages/message-columns.js'
import type { BodyPlace } from './body-bytes.js'

/** A message as statements answer it: its object in columns. */
export type FactsRow = Omit<MessageFacts, 'object' | 'findings'> & {
  readonly objectKind: string | null
  readonly objectCountry: string | null
  readonly objectParty: string | null
  readonly objectId: string | null
  readonly findings: readonly Finding[] | null
}

/** A message with its bodies, as statements answer it. */
export type MessageRow = FactsRow & Omit<Message, keyof MessageFacts>
/** A message of a story, as statements answer it. */
export type StoryRow = FactsRow & Omit<StoryMessage, keyof MessageFacts>

type Shared<Row> = Omit<Row, 'objectKind' | 'objectCountry' | 'objectParty' | 'objectId' | 'findings'> &
  Pick<MessageFacts, 'object' | 'findings'>

/** The message a row stands for. */
export const messageOfRow = <Row extends FactsRow>(row: Row): Shared<Row> => {
  const { objectKind, objectCountry, objectParty, objectId, findings, ...rest } = row
  const object =
    objectKind === null || objectId === null
      ? null
      : { kind: objectKind, countryCode: objectCountry, partyId: objectParty, id: objectId }
  return { ...rest, object, findings: findings ?? [] }
}

type PlaceColumn = 'request_at' | 'request_length' | 'response_at' | 'response_length'

/** A message as the JSON that is stored; its bodies stand elsewhere. One literal: spread from another, it takes half as long again to write. */
export const rowOfMessage = (
  message: NewMessage,
  { request, response }: { readonly request: BodyPlace; readonly response: BodyPlace },
): Readonly<Record<StoredColumn | PlaceColumn, unknown>> => ({
  at: message.at,
  direction: message.direction,
  partner_id: message.partnerId,
  partner_name: message.partnerName,
  method: message.method,
  origin: message.origin,
  path: message.path,
  version: message.version,
  module: message.module,
  side: message.side,
  operation: message.operation,
  object_kind: message.object?.kind ?? null,
  object_country: message.object?.countryCode ?? null,
  object_party: message.object?.partyId ?? null,
  object_id: message.object?.id ?? null,
  http_status: message.httpStatus,
  status_code: message.statusCode,
  outcome: message.outcome,
  failure: message.failure,
  duration_ms: message.durationMs,
  request_id: message.requestId,
  correlation_id: message.correlationId,
  attempt: message.attempt,
  findings: message.findings.length === 0 ? null : message.findings,
  request_headers: message.requestHeaders,
  request_bytes: message.requestBytes,
  request_cut: message.requestCut,
  request_hidden: message.requestHidden,
  response_headers: message.responseHeaders,
  response_bytes: message.responseBytes,
  response_cut: message.responseCut,
  request_at: request.at,
  request_length: request.length,
  response_at: response.at,
  response_length: response.length,
})

/** Parameters 1 to 16 of `messageFilter`. */
export const filterParams = (filter: MessageFilter): readonly unknown[] => [
  filter.partnerId === undefined ? null : filter.partnerId === null,
  filter.partnerId ?? null,
  filter.direction ?? null,
  filter.module ?? null,
  filter.objectKind ?? null,
  filter.countryCode ?? null,
  filter.partyId ?? null,
  filter.objectId ?? null,
  filter.correlationId ?? null,
  filter.requestId ?? null,
  filter.outcome ?? null,
  filter.httpStatus ?? null,
  filter.statusCode ?? null,
  filter.from ?? null,
  filter.to ?? null,
  filter.text ?? null,
]
