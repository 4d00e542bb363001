/** A JSON object: the fields of a document and whatever else the partner sent. */
export interface JsonObject {
  readonly [field: string]: unknown
}

/** True for JSON objects: not null, not a list. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True when the object itself holds the field; inherited names such as `constructor` do not count. */
export const holds = (subject: JsonObject, field: string): boolean => Object.hasOwn(subject, field)

const pairEquals = (a: unknown, b: unknown, pending: [unknown, unknown][]): boolean => {
  if (a === b) return true
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let index = 0; index < a.length; index += 1) pending.push([a[index], b[index]])
    return true
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
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
