import { formatDateTime, isListedDateTime, parseDateTime } from '../date-time/index.js'
import type { TextSchema } from '../schema/index.js'
import { parseUrl } from '../transport/url.js'
import { ABSENT, type Context, deviate, fail, type Key, nameOf, type Reader, repaired } from './context.js'
import type { Spot } from './spot.js'

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/
const CONTROL_OR_BROKEN = /[\p{Cc}\p{Cs}]/u
/** Hosts that end in a letter label: those that a URL parser takes without a closer look. */
const PLAIN_URL =
  /^https?:\/\/(?!xn--)(?:[a-z0-9]+[.-](?!-|xn--))*[a-z][a-z0-9]*(?::\d{1,4})?(?:[/?#][\x21-\x7e]*)?$/i
const ANY_URL = /^https?:\/\/[^\s/?#]/i
/** Longer texts are no DateTime whatever they hold; keeps the pattern off hostile input. */
const MAX_DATE_TIME_LENGTH = 64

/** Whether a text has more than `max` Unicode code points; code units are counted only when they exceed it. */
const isLongerThan = (text: string, max: number): boolean => {
  if (text.length <= max) return false
  if (text.length > max * 2) return true
  let points = 0
  for (const _ of text) points++
  return points > max
}

/** The first `max` code points. */
const firstPoints = (text: string, max: number): string => [...text.slice(0, max * 2)].slice(0, max).join('')

/** An empty text: unset when the field may be absent, an error when it must be filled (TYP-011). */
export const readEmpty = (context: Context, key: Key, spot: Spot) => {
  if (spot.required) {
    const message = `${nameOf(key)} is empty but required`
    return fail(context, key, { code: 'missing', message, rule: spot.rule ?? 'TYP-011' })
  }
  const message = `${nameOf(key)} is empty and counts as not given`
  repaired(context, key, { code: 'bad_format', message, rule: 'TYP-011' })
  return ABSENT
}

/** Whether the characters are allowed: printable ASCII for CiString, no control characters elsewhere. */
export const hasBadCharacters = (type: TextSchema['type'], text: string): boolean =>
  type === 'CiString' ? !PRINTABLE_ASCII.test(text) : CONTROL_OR_BROKEN.test(text)

const parses = (text: string): boolean => (parseUrl(text)?.host ?? '') !== ''

/** Absolute http or https URL without blanks or control characters (TYP-050). */
export const isUrl = (text: string): boolean =>
  PLAIN_URL.test(text) || (ANY_URL.test(text) && !/[\s\p{Cc}\p{Cs}]/u.test(text) && parses(text))

const readDateTime = (value: string, context: Context, key: Key): unknown => {
  if (isListedDateTime(value)) return value
  const parsed = value.length > MAX_DATE_TIME_LENGTH ? undefined : parseDateTime(value)
  if (parsed === undefined) {
    const message = `${nameOf(key)} is not a date and time such as 2026-01-31T12:00:00Z`
    return fail(context, key, { code: 'bad_date_time', message, rule: 'TYP-020' })
  }
  const text = formatDateTime(parsed.epochMs, value.includes('.') ? 3 : 0)
  const message = `${nameOf(key)} is not in UTC with Z and at most 3 decimals; read as ${text}`
  repaired(context, key, {
    code: 'bad_date_time',
    message,
    rule: value.includes(':60') ? 'TYP-029' : 'TYP-020',
  })
  return text
}

const readUrl = (value: string, context: Context, key: Key, max: number): unknown => {
  if (isLongerThan(value, max)) {
    const message = `${nameOf(key)} has more than ${max} characters`
    return fail(context, key, { code: 'too_long', message, rule: 'TYP-050' })
  }
  if (isUrl(value)) return value
  const message = `${nameOf(key)} is not an absolute http or https URL`
  return fail(context, key, { code: 'bad_url', message, rule: 'TYP-050' })
}

const readPlain = (
  schema: TextSchema,
  spot: Spot,
): ((value: string, context: Context, key: Key) => unknown) => {
  const { type, format, max = Number.POSITIVE_INFINITY } = schema
  const maxReceived = spot.tolerance?.maxReceived ?? max
  const characterRule = type === 'CiString' ? 'TYP-003' : 'TYP-004'
  const unwanted = type === 'CiString' ? 'characters other than printable ASCII' : 'control characters'
  return (value, context, key) => {
    if (hasBadCharacters(type, value)) {
      const message = `${nameOf(key)} holds ${unwanted}`
      return fail(context, key, { code: 'bad_characters', message, rule: characterRule })
    }
    if (value.length > max && isLongerThan(value, max)) {
      const message = `${nameOf(key)} has more than ${max} characters`
      if (isLongerThan(value, maxReceived)) {
        const mayCut = context.cutsLongTexts && type === 'string' && format === undefined
        if (!mayCut) return fail(context, key, { code: 'too_long', message, rule: 'TYP-007' })
        deviate(context, key, { code: 'too_long', message: `${message}; cut`, rule: 'TYP-007' })
        return firstPoints(value, max)
      }
      deviate(context, key, { code: 'too_long', message, rule: spot.tolerance?.rule ?? 'TYP-007' })
    }
    if (format === undefined || format.accepts(value)) return value
    const message = `${nameOf(key)} does not have the form: ${format.name}`
    return fail(context, key, { code: 'bad_format', message, rule: format.rule })
  }
}

/** Reader of a text field: type, emptiness, characters, length in code points, format. */
export const compileText = (schema: TextSchema, spot: Spot): Reader => {
  const { type, max = 255 } = schema
  const read =
    type === 'DateTime'
      ? readDateTime
      : type === 'URL'
        ? (value: string, context: Context, key: Key) => readUrl(value, context, key, max)
        : readPlain(schema, spot)
  return (value, context, key) => {
    if (typeof value !== 'string') {
      const message = `${nameOf(key)} must be a text (${type})`
      return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? spot.anchor })
    }
    return value.length === 0 ? readEmpty(context, key, spot) : read(value, context, key)
  }
}
