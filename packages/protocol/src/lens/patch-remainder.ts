import { holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import { foldCase } from '../transport/party.js'

/** Lists that a PATCH adds to and changes without shortening, and the field that tells their items apart (LOC-078). */
const upserted: Readonly<Record<string, string>> = { evses: 'uid', connectors: 'id' }

const fieldsOf = (difference: unknown): JsonObject =>
  isJsonObject(difference) && isJsonObject(difference.fields) ? difference.fields : {}

const itemsOf = (difference: unknown, key: string): JsonObject | undefined =>
  isJsonObject(difference) && difference.by === key && isJsonObject(difference.items)
    ? difference.items
    : undefined

const afterItems = (stored: unknown, sent: readonly unknown[], ofPatch: unknown, key: string): unknown => {
  const before = itemsOf(stored, key)
  // Matched by position: a PATCH appends to this list, so what is stored stays where it is.
  if (before === undefined) return stored
  const after = itemsOf(ofPatch, key) ?? {}
  const patches = new Map(
    sent.map((item) => [isJsonObject(item) ? foldCase(String(item[key])) : undefined, item]),
  )
  const kept = Object.entries(before).map(([name, difference]): [string, unknown] => {
    const patch = patches.get(name)
    const own = holds(after, name) ? after[name] : null
    return [name, isJsonObject(patch) ? patchUnmapped(difference, patch, own) : difference]
  })
  const items = [...Object.entries(after), ...kept].filter(([, difference]) => difference !== null)
  return items.length === 0 ? null : { items: Object.fromEntries(items), by: key }
}

/** What was kept for one field of the older object, after the PATCH; null when nothing is left to keep. */
const afterField = (field: string, stored: unknown, sentPatch: JsonObject, ofPatch: JsonObject): unknown => {
  if (!holds(sentPatch, field)) return stored
  const own = holds(ofPatch, field) ? ofPatch[field] : null
  const key = Object.hasOwn(upserted, field) ? upserted[field] : undefined
  if (key === undefined) return own
  const sent = sentPatch[field]
  return Array.isArray(sent) ? afterItems(stored, sent, own, key) : stored
}

/**
 * The `unmapped` of an object after a PATCH of the same version: what was kept for fields the PATCH names gives way
 * to what the PATCH itself left. `sentPatch` is the body before lifting, `ofPatch` the `unmapped` of lifting it.
 */
export const patchUnmapped = (stored: unknown, sentPatch: JsonObject, ofPatch: unknown): unknown => {
  const after = fieldsOf(ofPatch)
  const kept = Object.entries(fieldsOf(stored)).map(([field, difference]): [string, unknown] => [
    field,
    afterField(field, difference, sentPatch, after),
  ])
  const fields = Object.entries(Object.fromEntries([...Object.entries(after), ...kept])).filter(
    ([, difference]) => difference !== null,
  )
  return fields.length === 0 ? null : { fields: Object.fromEntries(fields) }
}
