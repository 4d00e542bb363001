import { isJsonObject, type JsonObject } from '@interwatt/protocol'

/** The objects in a list of a document; empty where there is no list. */
export const recordsOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : []
