import { holds, type JsonObject } from '../json/json-object.js'

/** A copy in which the field has the value, in its old place when it was there; the same object when nothing changes. */
export const withField = (subject: JsonObject, field: string, value: unknown): JsonObject =>
  holds(subject, field) && subject[field] === value ? subject : { ...subject, [field]: value }

/** A copy without the fields; the same object when it holds none of them. */
export const withoutFields = (subject: JsonObject, fields: ReadonlySet<string>): JsonObject => {
  for (const field of fields)
    if (holds(subject, field))
      return Object.fromEntries(Object.entries(subject).filter(([name]) => !fields.has(name)))
  return subject
}

/** A copy without one field; the same object when it does not hold it. */
export const withoutField = (subject: JsonObject, field: string): JsonObject =>
  holds(subject, field)
    ? Object.fromEntries(Object.entries(subject).filter(([name]) => name !== field))
    : subject

/** A copy in which one field has another name, in the same place; the same object when it does not hold the field. */
export const withRenamed = (subject: JsonObject, field: string, name: string): JsonObject =>
  holds(subject, field)
    ? Object.fromEntries(Object.entries(subject).map(([key, value]) => [key === field ? name : key, value]))
    : subject
