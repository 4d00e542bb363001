import { contentEquals, holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import { foldCase } from '../transport/party.js'
import { withField, withoutField } from './fields.js'
import { type Place, pointerTo } from './lens.js'

/**
 * The structural difference between what a document becomes when it is lowered again and what had been sent.
 * A leaf holds both values (left out where there was none): it is put back only where the lowered value is still
 * `was`, so a remainder that outlives a change of its object restores nothing wrong.
 */
export type Difference =
  | { readonly was?: unknown; readonly sent?: unknown }
  /** `of` is the id of the object, which has to be the same object still when it is put back. */
  | { readonly fields: Readonly<Record<string, Difference>>; readonly of?: string }
  | { readonly items: Readonly<Record<string, Difference>>; readonly by: ItemKey | null }

/** Lists of things with identity are matched by it, other lists by position. */
export type ItemKey = 'uid' | 'id'

const keyed = (items: readonly unknown[], by: ItemKey): boolean => {
  const seen = new Set<unknown>()
  for (const item of items) {
    const key = isJsonObject(item) ? item[by] : undefined
    if (typeof key !== 'string' || seen.has(foldCase(key))) return false
    seen.add(foldCase(key))
  }
  return true
}

const itemKeyOf = (items: readonly unknown[]): ItemKey | null =>
  keyed(items, 'uid') ? 'uid' : keyed(items, 'id') ? 'id' : null

const nameOf = (item: unknown, index: number, by: ItemKey | null): string =>
  by !== null && isJsonObject(item) ? foldCase(String(item[by])) : String(index)

const betweenLists = (was: readonly unknown[], sent: readonly unknown[]): Difference | undefined => {
  const by = itemKeyOf(was)
  const aligned =
    was.length === sent.length && was.every((item, i) => nameOf(item, i, by) === nameOf(sent[i], i, by))
  if (!aligned) return { was, sent }
  const items: [string, Difference][] = []
  for (const [index, item] of was.entries()) {
    const inner = between(item, sent[index])
    if (inner !== undefined) items.push([nameOf(item, index, by), inner])
  }
  return items.length === 0 ? undefined : { items: Object.fromEntries(items), by }
}

const betweenObjects = (was: JsonObject, sent: JsonObject): Difference | undefined => {
  const fields: [string, Difference][] = []
  for (const field of Object.keys(was)) {
    const inner = holds(sent, field) ? between(was[field], sent[field]) : { was: was[field] }
    if (inner !== undefined) fields.push([field, inner])
  }
  for (const field of Object.keys(sent)) if (!holds(was, field)) fields.push([field, { sent: sent[field] }])
  if (fields.length === 0) return undefined
  const same = typeof was.id === 'string' && was.id === sent.id ? { of: was.id } : {}
  return { fields: Object.fromEntries(fields), ...same }
}

/** What has to be done to `was` to make it `sent`; undefined when they say the same. Shared parts cost nothing. */
export const between = (was: unknown, sent: unknown): Difference | undefined => {
  if (was === sent) return undefined
  if (Array.isArray(was) && Array.isArray(sent)) return betweenLists(was, sent)
  if (isJsonObject(was) && isJsonObject(sent)) return betweenObjects(was, sent)
  return contentEquals(was, sent) ? undefined : { was, sent }
}

const ABSENT = Symbol('absent')

type Restored = (at: Place | undefined) => void

const restoreLeaf = (
  value: unknown,
  leaf: JsonObject,
  at: Place | undefined,
  restored: Restored,
): unknown | typeof ABSENT => {
  const expected = holds(leaf, 'was') ? leaf.was : ABSENT
  const asExpected =
    expected === ABSENT || value === ABSENT ? expected === value : contentEquals(value, expected)
  if (!asExpected) return value
  restored(at)
  return holds(leaf, 'sent') ? leaf.sent : ABSENT
}

const restoreFields = (
  value: JsonObject,
  fields: JsonObject,
  at: Place | undefined,
  restored: Restored,
): JsonObject => {
  let subject = value
  for (const [field, inner] of Object.entries(fields)) {
    const before = holds(subject, field) ? subject[field] : ABSENT
    const after = restoreIn(before, inner, { parent: at, key: field }, restored)
    if (after === ABSENT) subject = withoutField(subject, field)
    else if (after !== before) subject = withField(subject, field, after)
  }
  return subject
}

const restoreItems = (
  value: readonly unknown[],
  items: JsonObject,
  by: ItemKey | null,
  at: Place | undefined,
  restored: Restored,
): readonly unknown[] =>
  value.map((item, index) => {
    const name = nameOf(item, index, by)
    if (!holds(items, name)) return item
    const after = restoreIn(item, items[name], { parent: at, key: index }, restored)
    return after === ABSENT ? item : after
  })

const isSameObject = (value: JsonObject, id: unknown): boolean =>
  typeof id !== 'string' || (typeof value.id === 'string' && foldCase(value.id) === foldCase(id))

const restoreIn = (
  value: unknown | typeof ABSENT,
  stored: unknown,
  at: Place | undefined,
  restored: Restored,
): unknown | typeof ABSENT => {
  if (!isJsonObject(stored)) return value
  if (isJsonObject(stored.fields))
    return isJsonObject(value) && isSameObject(value, stored.of)
      ? restoreFields(value, stored.fields, at, restored)
      : value
  if (isJsonObject(stored.items)) {
    const by = stored.by === 'uid' || stored.by === 'id' ? stored.by : null
    return Array.isArray(value) ? restoreItems(value, stored.items, by, at, restored) : value
  }
  return restoreLeaf(value, stored, at, restored)
}

/** A document with a difference put back, and the pointers at which something was. */
export const restore = (
  document: JsonObject,
  difference: unknown,
): { readonly document: JsonObject; readonly pointers: ReadonlySet<string> } => {
  const pointers = new Set<string>()
  const value = restoreIn(document, difference, undefined, (at) => pointers.add(pointerTo(at)))
  return { document: isJsonObject(value) ? value : document, pointers }
}
