import type { Finding } from '@interwatt/protocol'
import type { Message, MessageFacts, MessageFilter, StoryMessage } from '../ports/index.js'
import { withIds } from './header-ids.js'

/** A message as statements answer it: its object in columns. */
export type FactsRow = Omit<MessageFacts, 'object' | 'findings'> & {
  readonly objectKind: string | null
  readonly objectCountry: string | null
  readonly objectParty: string | null
  readonly objectId: string | null
  readonly findings: readonly Finding[] | null
}

/** A message with its bodies, as statements answer it; ids stand in its headers by their names alone. */
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

/** The message with its bodies that a row stands for. */
export const wholeMessageOfRow = (row: MessageRow): Message => ({
  ...messageOfRow(row),
  requestHeaders: withIds(row.requestHeaders, row),
  responseHeaders: row.responseHeaders && withIds(row.responseHeaders, row),
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
