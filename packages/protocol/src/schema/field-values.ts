import { isJsonObject, type JsonObject } from '../json/json-object.js'

/** The objects of a list field; none when it is absent. Other items are left out, so indexes may shift. */
export const objectsAt = (value: JsonObject, name: string): readonly JsonObject[] => {
  const list = value[name]
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

/** The object in a field, if there is one. */
export const objectAt = (value: JsonObject, name: string): JsonObject | undefined => {
  const found = value[name]
  return isJsonObject(found) ? found : undefined
}

/** The text in a field, if there is one. */
export const textAt = (value: JsonObject, name: string): string | undefined => {
  const found = value[name]
  return typeof found === 'string' ? found : undefined
}

/** The number in a field, if there is one. */
export const numberAt = (value: JsonObject, name: string): number | undefined => {
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
