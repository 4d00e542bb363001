import { decimal, toText } from '../decimal/index.js'

const EXPONENT = /[0-9]e[+-][0-9]/
const NUMBER_WITH_EXPONENT = /-?\d+(?:\.\d+)?e[+-]\d+/g

const expand = (part: string): string => part.replace(NUMBER_WITH_EXPONENT, (found) => toText(decimal(found)))

/** Index of the quote that ends the string opened before `from`. */
const closingQuote = (text: string, from: number): number => {
  let at = text.indexOf('"', from)
  while (at !== -1) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++
    if (backslashes % 2 === 0) return at
    at = text.indexOf('"', at + 1)
  }
  return text.length
}

/** Expands exponents outside strings; JSON.stringify wrote the text, so it is well-formed. */
const withoutExponents = (text: string): string => {
  const parts: string[] = []
  let from = 0
  while (from < text.length) {
    const opening = text.indexOf('"', from)
    if (opening === -1) return parts.join('') + expand(text.slice(from))
    const end = closingQuote(text, opening + 1) + 1
    parts.push(expand(text.slice(from, opening)), text.slice(opening, end))
    from = end
  }
  return parts.join('')
}

/**
 * JSON text without exponent notation in numbers (TYP-043). `undefined` is written as `null`. Throws TypeError, as
 * JSON.stringify, for a bigint or a cycle.
 */
export const jsonText = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'null'
  return EXPONENT.test(text) ? withoutExponents(text) : text
}
