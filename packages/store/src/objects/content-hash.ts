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

/** Hash (hex) of what an object says: document and unmapped fields, apart from `last_updated` (LOC-096). */
export const contentHash = ({ document, unmapped }: Pick<Upsert, 'document' | 'unmapped'>): string =>
  hash('sha256', `${canonicalText(content(document))}\n${canonicalText(unmapped ?? null)}`, 'hex').slice(
    0,
    32,
  )
