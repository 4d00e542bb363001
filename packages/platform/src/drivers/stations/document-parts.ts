import { parseDateTime } from '@interwatt/protocol'
import { recordsOf } from '../../stations/records.js'

export { recordsOf }

/** A text of a document; null when it has none. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

/** A DateTime of a document with its zone; null when it has none. Without a zone it is UTC (types.md 1.2), which browsers would take for their own time. */
export const instantOf = (value: unknown): string | null => {
  const ms = typeof value === 'string' ? parseDateTime(value)?.epochMs : undefined
  if (typeof value !== 'string' || ms === undefined) return null
  return value.endsWith('Z') ? value : new Date(ms).toISOString()
}

/** A number of a document as exact text; null when it has none. */
export const numberTextOf = (value: unknown): string | null =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : null

export const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** The DisplayText in a language, else in English, else the first. */
export const inLanguage = (value: unknown, language: string): string | null => {
  const texts = recordsOf(value)
  const find = (wanted: string) =>
    texts.find(({ language: tag }) => typeof tag === 'string' && tag.toLowerCase().startsWith(wanted))
  return textOf((find(language) ?? find('en') ?? texts[0])?.text)
}

/** An address that a page may link to: http and https only, so that nothing a partner sends runs as a script. */
export const linkOf = (value: unknown): string | null =>
  typeof value === 'string' && /^https?:\/\//i.test(value) ? value : null
