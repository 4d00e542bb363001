import { holds, type JsonObject } from '../json/json-object.js'

/** The fields as `nameOf` names them; undefined leaves one out. A field called `__proto__` stays a field. */
const renamed = (
  subject: JsonObject,
  nameOf: (field: string) => string | undefined,
): { [field: string]: unknown } => {
  const copy: { [field: string]: unknown } = {}
  const odd = holds(subject, '__proto__')
  for (const field of Object.keys(subject)) {
    const name = nameOf(field)
    if (name === undefined) continue
    if (odd) Object.defineProperty(copy, name, { ...ordinary, value: subject[field] })
    else copy[name] = subject[field]
  }
  return copy
}

const ordinary = { enumerable: true, configurable: true, writable: true }

/** A copy in which the field has the value, in its old place when it was there; the same object when nothing changes. */
export const withField = (subject: JsonObject, field: string, value: unknown): JsonObject =>
  holds(subject, field) && subject[field] === value ? subject : { ...subject, [field]: value }

/** A copy without the fields; the same object when it holds none of them. */
export const withoutFields = (subject: JsonObject, fields: ReadonlySet<string>): JsonObject => {
  for (const field of fields)
    if (holds(subject, field)) return renamed(subject, (name) => (fields.has(name) ? undefined : name))
  return subject
}

/** A copy without one field; the same object when it does not hold it. */
export const withoutField = (subject: JsonObject, field: string): JsonObject =>
  holds(subject, field) ? renamed(subject, (name) => (name === field ? undefined : name)) : subject

/** A copy in which one field has another name, in the same place; the same object when it does not hold the field. */
export const withRenamed = (subject: JsonObject, field: string, name: string): JsonObject =>
  holds(subject, field) ? renamed(subject, (each) => (each === field ? name : each)) : subject

/** A copy in which another field with this value stands in the place of one; the same object when it does not hold the field. */
export const withReplaced = (
  subject: JsonObject,
  field: string,
  name: string,
  value: unknown,
): JsonObject => {
  if (!holds(subject, field)) return subject
  const copy = renamed(subject, (each) => (each === field ? name : each))
  copy[name] = value
  return copy
}

/** New names of fields by their old ones; null leaves a field out. */
export type NewNames = ReadonlyMap<string, string | null>

/**
 * A copy in which some fields have other names, in the same places, and those that the result has among `values` these; the
 * same object when it holds none of them.
 */
export const withNames = (subject: JsonObject, names: NewNames, values?: JsonObject): JsonObject => {
  const nameOf = (field: string): string | undefined => {
    const name = names.get(field)
    return name === undefined ? field : (name ?? undefined)
  }
  for (const field of names.keys()) {
    if (!holds(subject, field)) continue
    const copy = renamed(subject, nameOf)
    for (const name in values) if (holds(copy, name)) copy[name] = values[name]
    return copy
  }
  return subject
}
