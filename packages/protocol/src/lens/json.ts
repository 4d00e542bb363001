/** A JSON object: the fields of a document and whatever else the partner sent. */
export interface JsonObject {
  readonly [field: string]: unknown
}

/** True for JSON objects: not null, not a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True when the object itself holds the field; inherited names such as `constructor` do not count. */
export const holds = (subject: JsonObject, field: string): boolean => Object.hasOwn(subject, field)

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

const pairEquals = (a: unknown, b: unknown, pending: [unknown, unknown][]): boolean => {
  if (a === b) return true
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let index = 0; index < a.length; index += 1) pending.push([a[index], b[index]])
    return true
  }
  if (!isObject(a) || !isObject(b)) return false
  const fields = Object.keys(a)
  if (fields.length !== Object.keys(b).length) return false
  for (const field of fields) {
    if (!holds(b, field)) return false
    pending.push([a[field], b[field]])
  }
  return true
}

/** True when two JSON values say the same, whatever the order of their fields. Iterative: depth costs no stack. */
export const contentEquals = (a: unknown, b: unknown): boolean => {
  const pending: [unknown, unknown][] = [[a, b]]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop())
    if (!pairEquals(pair[0], pair[1], pending)) return false
  return true
}
