import { type Doc, isDoc, type Json } from './reading.js'

/** The value at a path of names and list positions; undefined where nothing is. */
export const at = (value: Json, ...path: readonly (string | number)[]): Json =>
  path.reduce<Json>((from, step) => {
    if (Array.isArray(from) && typeof step === 'number') return from[step]
    return isDoc(from) && typeof step === 'string' ? from[step] : undefined
  }, value)

/** The text at a path; empty where there is none. Numbers and flags are written out. */
export const textAt = (value: Json, ...path: readonly (string | number)[]): string => {
  const found = at(value, ...path)
  if (typeof found === 'string') return found
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : ''
}

/** The number at a path; undefined where there is none. */
export const numberAt = (value: Json, ...path: readonly (string | number)[]): number | undefined => {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

/** The list at a path; empty where there is none. */
export const listAt = (value: Json, ...path: readonly (string | number)[]): readonly Json[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The objects in the list at a path. */
export const docsAt = (value: Json, ...path: readonly (string | number)[]): readonly Doc[] =>
  listAt(value, ...path).filter(isDoc)
