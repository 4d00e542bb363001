/** What a text that was typed or scanned may mean, most certain first; codes are letters and digits in upper case. */
export interface PrintedCode {
  /** EVSE ids in it, each once, as written. */
  readonly evseIds: readonly string[]
  /** What else might be printed on a charging station. */
  readonly references: readonly string[]
}

/** Longer texts are no codes of charging stations. */
export const MOST_CODE_CHARACTERS = 2_000
/** A part of an address that is shorter tells nothing: a version, a language. */
const LEAST_REFERENCE = 3

/** ISO 15118 (`DE*ABC*E123*1`, stars or dashes optional) and the older DIN form (`+49*822*1234`). */
const EVSE_ID = /^[A-Z]{2}[*-]?[A-Z0-9]{3}[*-]?E[A-Z0-9][A-Z0-9*-]{0,40}$/
const DIN_EVSE_ID = /^\+?\d{1,3}\*\d{3}\*\d[\d*]{0,40}$/

/** Upper case, without separators: as codes are compared. */
export const codeKey = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

const isEvseId = (text: string): boolean => {
  const upper = text.toUpperCase()
  return EVSE_ID.test(upper) || DIN_EVSE_ID.test(upper)
}

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', '%2B'))
  } catch {
    return text
  }
}

const unique = (texts: readonly string[]): readonly string[] => [
  ...new Map(texts.map((text) => [text.toUpperCase(), text])).values(),
]

/** The parts of an address that may be a code: segments of its path, values of its query, and its fragment. */
const partsOf = (text: string): readonly string[] => {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?(.*)$/i.exec(text) ?? []
  return rest
    .split(/[/?#&=;]/)
    .map((part) => unescaped(part).trim())
    .filter((part) => part !== '')
}

/**
 * Reads what was typed, or the content of a QR code: an EVSE id in any spelling, an address with one in it, or the number printed on the
 * station.
 */
export const readPrintedCode = (text: string): PrintedCode => {
  const trimmed = text.trim().slice(0, MOST_CODE_CHARACTERS)
  const isAddress = /^[a-z][a-z0-9+.-]*:/i.test(trimmed)
  const parts = isAddress ? partsOf(trimmed) : [trimmed.replace(/\s+/g, ' ')]
  const evseIds = unique(parts.map((part) => part.replace(/ /g, '')).filter(isEvseId))
  const references = unique(parts.filter((part) => codeKey(part).length >= (isAddress ? LEAST_REFERENCE : 1)))
  return { evseIds, references: references.filter((part) => !evseIds.includes(part)) }
}
