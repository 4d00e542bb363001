/** Reading of JSON that came from elsewhere: nothing is assumed about it. */
export type JsonRecord = { readonly [field: string]: unknown }

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value behind a path of fields; undefined where the path ends early. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, field) => (isRecord(inner) ? inner[field] : undefined), value)

/** The text behind a path; `''` when there is none. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** The number behind a path; 0 when there is none. */
export const numberAt = (value: unknown, ...path: readonly string[]): number => {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : 0
}

/** The list behind a path; empty when there is none. */
export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}
