/** Containers inside containers; the deepest OCPI document has nine. */
const MAX_DEPTH = 64

/** A JSON value, or why there is none. The message never quotes the text. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** Escapes that can spell NUL or half a surrogate pair: no database text holds either. */
const DOUBTFUL_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/
const UNSTORABLE = /\0|\p{Cs}/u

/**
 * Parses JSON text; never throws. Refuses nesting deeper than 64, numbers beyond the range of a double, and strings
 * with NUL or half a surrogate pair, which could not be stored or sent on.
 */
export const parseJson = (text: string): ParsedJson => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, message: 'the text is not valid JSON' }
  }
  const message = defectOf(value, MAX_DEPTH, DOUBTFUL_ESCAPE.test(text))
  return message === undefined ? { ok: true, value } : { ok: false, message }
}

/** First defect of a value; strings are looked at only when the text raised doubt. Recursion ends at the depth limit. */
const defectOf = (value: unknown, depthLeft: number, doubtful: boolean): string | undefined => {
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : 'the JSON holds a number that is out of range'
  if (typeof value === 'string')
    return doubtful && UNSTORABLE.test(value) ? 'the JSON holds a text that is not valid Unicode' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depthLeft === 0) return `the JSON is nested deeper than ${MAX_DEPTH}`
  if (Array.isArray(value)) return firstDefect(value, depthLeft - 1, doubtful)
  if (doubtful && Object.keys(value).some((key) => UNSTORABLE.test(key)))
    return 'the JSON holds a name that is not valid Unicode'
  return firstDefect(Object.values(value), depthLeft - 1, doubtful)
}

const firstDefect = (
  values: readonly unknown[],
  depthLeft: number,
  doubtful: boolean,
): string | undefined => {
  for (const value of values) {
    const defect = defectOf(value, depthLeft, doubtful)
    if (defect !== undefined) return defect
  }
  return undefined
}
