/** Fields of a JSON object, as a cross-field check receives them. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object; lists are not. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list field; none when it is absent. Other items are left out, so indexes may shift. */
export const objectsAt = (value: Fields, name: string): readonly Fields[] => {
  const list = value[name]
  return Array.isArray(list) ? list.filter(isFields) : []
}

/** The object in a field, if there is one. */
export const objectAt = (value: Fields, name: string): Fields | undefined => {
  const found = value[name]
  return isFields(found) ? found : undefined
}

/** The text in a field, if there is one. */
export const textAt = (value: Fields, name: string): string | undefined => {
  const found = value[name]
  return typeof found === 'string' ? found : undefined
}

/** The number in a field, if there is one. */
export const numberAt = (value: Fields, name: string): number | undefined => {
  const found = value[name]
  return typeof found === 'number' ? found : undefined
}

/** Indexes of the keys that came before; keys are compared as given. */
export const repeatedIndexes = (keys: readonly string[]): number[] => {
  const seen = new Set<string>()
  return keys.flatMap((key, index) => {
    if (seen.has(key)) return [index]
    seen.add(key)
    return []
  })
}
