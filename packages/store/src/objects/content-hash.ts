import { hash } from 'node:crypto'
import { isJsonObject } from '@interwatt/protocol'
import type { Document, Upsert } from '../ports/objects.js'

/** JSON text that does not depend on the order of keys. */
const canonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null'
  const fields = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join()}}`
}

const withoutTime = ({ last_updated: _, ...rest }: Document): Document => rest

// The own time of a connector or calendar says no more about its content than that of the object.
const TIMED_PARTS = ['connectors', 'calendars'] as const

const content = (document: Document): Document => {
  const rest = withoutTime(document)
  for (const field of TIMED_PARTS) {
    const parts = rest[field]
    if (Array.isArray(parts))
      rest[field] = parts.map((part: unknown) => (isJsonObject(part) ? withoutTime(part) : part))
  }
  return rest
}

const fieldsOf = (kept: unknown): Document | undefined =>
  isJsonObject(kept) && isJsonObject(kept.fields) ? withoutTime(kept.fields) : undefined

const itemsOf = (kept: unknown): unknown => {
  if (!isJsonObject(kept) || !isJsonObject(kept.items)) return kept
  const items = Object.entries(kept.items).map(([name, item]): [string, unknown] => [
    name,
    fieldsOf(item) ?? item,
  ])
  const said = items.filter(([, item]) => !isJsonObject(item) || Object.keys(item).length > 0)
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

/** What a remainder says apart from the times that `contentHash` leaves out too; null when nothing is left of it. */
export const contentOfRemainder = (unmapped: unknown): unknown => {
  const fields = fieldsOf(unmapped)
  if (fields === undefined) return unmapped ?? null
  for (const field of TIMED_PARTS) if (fields[field] !== undefined) fields[field] = itemsOf(fields[field])
  return Object.values(fields).every((value) => value === undefined) ? null : fields
}

/** Hash (hex) of what an object says: document and unmapped fields, apart from `last_updated` (LOC-096). */
export const contentHash = ({ document, unmapped }: Pick<Upsert, 'document' | 'unmapped'>): string =>
  hash(
    'sha256',
    `${canonicalText(content(document))}\n${canonicalText(contentOfRemainder(unmapped))}`,
    'hex',
  ).slice(0, 32)
