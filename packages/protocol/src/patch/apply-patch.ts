import { contentEquals, holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import { withoutFields } from '../lens/fields.js'
import { foldCase } from '../transport/party.js'
import type { Finding } from '../validation/finding.js'
import { type ListRule, type PatchableName, patchables, sameIdentity } from './identity.js'
import { newPeriods, upsertedPeriods } from './periods.js'

/** The object after a PATCH, or why the PATCH is refused (OCPI 2001); nothing of a refused PATCH is applied. */
export type PatchOutcome =
  | { readonly document: JsonObject; readonly changedFields: readonly string[] }
  | { readonly findings: readonly Finding[] }

/** How periods in a PATCH meet those stored: added (SES-030), or in place of those of the same start (SES-039). */
export interface PatchManners {
  readonly periods: 'append' | 'upsert'
}

interface Work {
  readonly pointer: string
  readonly manners: PatchManners
  readonly findings: Finding[]
}

const refuse = (
  work: Work,
  field: string,
  code: Finding['code'],
  rule: string,
  message: string,
): typeof REFUSED => {
  const pointer = `${work.pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
  work.findings.push({ pointer, code, message, rule, severity: 'error' })
  return REFUSED
}

const REFUSED = Symbol('refused')
const CLEARED = Symbol('cleared')

const isRequired = (name: PatchableName, field: string): boolean => {
  const { fields } = patchables[name].schema
  return Object.hasOwn(fields, field) && ['1', '+'].includes(fields[field]?.card ?? '')
}

const isList = (name: PatchableName, field: string): boolean => {
  const { fields } = patchables[name].schema
  return Object.hasOwn(fields, field) && ['*', '+'].includes(fields[field]?.card ?? '')
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

const identityRule: Readonly<Record<PatchableName, string>> = {
  location: 'LOC-079',
  evse: 'LOC-079',
  connector: 'LOC-079',
  tariff: 'TRN-099',
  token: 'TRN-099',
  session: 'TRN-099',
  terminal: 'TRN-099',
  booking_location: 'TRN-099',
  calendar: 'TRN-099',
  booking: 'TRN-099',
}

/** An object nobody knew must be whole: its own required fields are there, and those of what it holds. */
const insert = (name: PatchableName, item: JsonObject, work: Work): JsonObject => {
  const cleared = Object.entries(item).filter(([, value]) => value === null)
  const whole = withoutFields(item, new Set(cleared.map(([field]) => field)))
  for (const field of Object.keys(patchables[name].schema.fields))
    if (isRequired(name, field) && !holds(whole, field))
      refuse(work, field, 'missing', 'TRN-090', `${field} is required in an object that is not known yet`)
  return patchInto(name, whole, pickLists(name, whole), work, 'insert')
}

const pickLists = (name: PatchableName, item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).filter(([field]) => Object.hasOwn(patchables[name].lists, field)))

const upsert = (
  rule: Extract<ListRule, { kind: 'upsert' }>,
  stored: readonly unknown[],
  sent: readonly unknown[],
  work: Work,
): readonly unknown[] => {
  const items = [...stored]
  const positions = new Map<string, number>()
  for (const [index, item] of stored.entries())
    if (isJsonObject(item) && typeof item[rule.key] === 'string')
      positions.set(foldCase(String(item[rule.key])), index)
  for (const [index, item] of sent.entries()) {
    const inner: Work = { ...work, pointer: `${work.pointer}/${index}` }
    const key = isJsonObject(item) ? item[rule.key] : undefined
    if (!isJsonObject(item) || typeof key !== 'string') {
      refuse(
        inner,
        rule.key,
        'missing',
        'LOC-078',
        `${rule.key} is needed to tell which ${rule.item} is meant`,
      )
      continue
    }
    const position = positions.get(foldCase(key))
    const known = position === undefined ? undefined : items[position]
    if (position !== undefined && isJsonObject(known))
      items[position] = patchInto(rule.item, known, item, inner)
    else {
      positions.set(foldCase(key), items.length)
      items.push(insert(rule.item, item, inner))
    }
  }
  return items
}

const listAfter = (
  rule: ListRule,
  stored: unknown,
  sent: readonly unknown[],
  work: Work,
): readonly unknown[] => {
  const before = Array.isArray(stored) ? stored : []
  if (rule.kind === 'upsert') return upsert(rule, before, sent, work)
  return work.manners.periods === 'append'
    ? [...before, ...newPeriods(before, sent)]
    : upsertedPeriods(before, sent)
}

const valueAfter = (
  name: PatchableName,
  field: string,
  before: unknown,
  sent: unknown,
  work: Work,
): unknown => {
  if (patchables[name].identity.includes(field) && before !== undefined) {
    if (sameIdentity(before, sent)) return before
    return refuse(
      work,
      field,
      'identity_changed',
      identityRule[name],
      `${field} cannot be changed by a PATCH`,
    )
  }
  if (sent === null && isRequired(name, field))
    return refuse(work, field, 'null_value', 'TRN-098', `${field} is required and cannot be cleared`)
  const rules = patchables[name].lists
  const rule = Object.hasOwn(rules, field) ? rules[field] : undefined
  // These lists only grow: nothing sent is nothing to add (SES-031, LOC-078).
  if (rule !== undefined && (sent === null || isEmptyList(sent)) && before !== undefined) return before
  if (sent === null) return CLEARED
  if (isList(name, field) && isRequired(name, field) && isEmptyList(sent))
    return refuse(work, field, 'empty_list', 'TRN-098', `${field} needs at least one item`)
  if (rule !== undefined && isEmptyList(sent)) return CLEARED
  if (rule === undefined || !Array.isArray(sent)) return sent
  return listAfter(rule, before, sent, { ...work, pointer: `${work.pointer}/${field}` })
}

const patchInto = (
  name: PatchableName,
  existing: JsonObject,
  patch: JsonObject,
  work: Work,
  mode: 'update' | 'insert' = 'update',
): JsonObject => {
  const changes: [string, unknown][] = []
  const cleared = new Set<string>()
  for (const [field, sent] of Object.entries(patch)) {
    const before = mode === 'update' && holds(existing, field) ? existing[field] : undefined
    const after = valueAfter(name, field, before, sent, work)
    if (after === REFUSED) continue
    if (after === CLEARED) cleared.add(field)
    else if (!contentEquals(before, after)) changes.push([field, after])
  }
  const rest = withoutFields(existing, cleared)
  return changes.length === 0 ? rest : { ...rest, ...Object.fromEntries(changes) }
}

/**
 * Applies a PATCH in canonical shape. Absent fields stay, null clears an optional field, lists and objects replace
 * whole; session periods append (SES-030), EVSEs and connectors are matched by their id and the others kept (LOC-078).
 * Whether `last_updated` has to be there is the caller's question.
 */
export const applyPatch = (
  name: PatchableName,
  existing: JsonObject,
  patch: JsonObject,
  manners: PatchManners = { periods: 'append' },
): PatchOutcome => {
  const findings: Finding[] = []
  const document = patchInto(name, existing, patch, { pointer: '', findings, manners })
  if (findings.length > 0) return { findings }
  return { document, changedFields: changedFieldsBetween(existing, document) }
}

/** Top-level fields that differ in content or exist on one side only. */
export const changedFieldsBetween = (before: JsonObject, after: JsonObject): readonly string[] => {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].filter(
    (field) => holds(before, field) !== holds(after, field) || !contentEquals(before[field], after[field]),
  )
}
