import { contentEquals, holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import { type PatchableName, patchables, sameIdentity } from './identity.js'
import { newPeriods } from './periods.js'

const LAST_UPDATED = 'last_updated'
const INEXPRESSIBLE = Symbol('inexpressible')

const holdsNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** True when a value, or a field somewhere in an object, is no longer there. Lists are replaced whole (TRN-097). */
const removesSomething = (before: unknown, after: unknown): boolean => {
  if (holdsNothing(before)) return false
  if (holdsNothing(after)) return true
  if (!isJsonObject(before) || !isJsonObject(after)) return false
  return Object.keys(before).some((field) =>
    removesSomething(before[field], holds(after, field) ? after[field] : undefined),
  )
}

const appendedPeriods = (before: unknown, after: unknown): unknown => {
  const stored = Array.isArray(before) ? before : []
  const wanted = Array.isArray(after) ? after : []
  if (wanted.length < stored.length) return INEXPRESSIBLE
  if (!stored.every((period, index) => contentEquals(period, wanted[index]))) return INEXPRESSIBLE
  const appended = wanted.slice(stored.length)
  // A period that repeats a stored one would be taken for a repeated message and not be added (SES-038).
  return newPeriods(stored, appended).length === appended.length ? appended : INEXPRESSIBLE
}

const change = (name: PatchableName, field: string, before: unknown, after: unknown): unknown => {
  const { identity, lists } = patchables[name]
  if (identity.includes(field)) return sameIdentity(before, after) ? undefined : INEXPRESSIBLE
  const rule = Object.hasOwn(lists, field) ? lists[field] : undefined
  if (rule?.kind === 'append') return appendedPeriods(before, after)
  // Nested EVSEs and connectors are never sent in a PATCH of what holds them: receivers disagree on its meaning (LOC-077).
  if (rule?.kind === 'upsert' || removesSomething(before, after)) return INEXPRESSIBLE
  return after
}

/**
 * The PATCH body that turns `before` into `after`: changed fields and `last_updated` (LOC-070, SES-027). Undefined when
 * a PATCH cannot say it and PUT has to be used: something was removed (LOC-075), periods changed other than by
 * appending (SES-032), EVSEs or connectors inside differ (patch those), the identity differs, no `last_updated`.
 */
export const patchBetween = (
  name: PatchableName,
  before: JsonObject,
  after: JsonObject,
): JsonObject | undefined => {
  if (typeof after[LAST_UPDATED] !== 'string') return undefined
  const body: [string, unknown][] = []
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = holds(before, field) ? before[field] : undefined
    const is = holds(after, field) ? after[field] : undefined
    if (field === LAST_UPDATED || contentEquals(was, is) || (holdsNothing(was) && holdsNothing(is))) continue
    const sent = change(name, field, was, is)
    if (sent === INEXPRESSIBLE) return undefined
    if (sent !== undefined) body.push([field, sent])
  }
  return Object.fromEntries([...body, [LAST_UPDATED, after[LAST_UPDATED]]])
}
