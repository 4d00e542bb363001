import type { EnumSchema, NumberSchema } from '../schema/index.js'
import { foldCase } from '../transport/party.js'
import { ABSENT, deviate, fail, nameOf, type Reader, repaired } from './context.js'
import { hasBadCharacters, readEmpty } from './read-text.js'
import type { Spot } from './spot.js'

/** Stands for a value that cannot exist, in text fields only (TYP-012). */
const NOT_AVAILABLE = '#NA'

const DECIMAL_TEXT = /^-?\d{1,30}(?:\.\d{1,30})?$/

/** Reader of a number or int: a text that holds one is repaired (TYP-040), a fraction in an int is an error (TYP-045). */
export const compileNumber = (schema: NumberSchema, spot: Spot): Reader => {
  const whole = schema.type === 'int'
  const limit = schema.digits === undefined ? Number.POSITIVE_INFINITY : 10 ** schema.digits
  return (given, context, key) => {
    let value = given
    if (typeof given === 'string' && DECIMAL_TEXT.test(given)) {
      value = Number(given)
      const message = `${nameOf(key)} is a number in quotes`
      repaired(context, key, { code: 'wrong_type', message, rule: 'TYP-040' })
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      const message = `${nameOf(key)} must be a number`
      return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? 'TYP-040' })
    }
    if (whole && !Number.isInteger(value)) {
      const message = `${nameOf(key)} must be a whole number`
      return fail(context, key, { code: 'not_an_integer', message, rule: 'TYP-045' })
    }
    if (value < limit && value > -limit) return value
    const message = `${nameOf(key)} has more than ${schema.digits} digits`
    return fail(context, key, { code: 'too_long', message, rule: 'TYP-007' })
  }
}

/** Reader of a boolean: `true` and `false` only. */
export const compileBoolean =
  (spot: Spot): Reader =>
  (value, context, key) => {
    if (value === true || value === false) return value
    const message = `${nameOf(key)} must be true or false`
    return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? spot.anchor })
  }

/** A value from outside, shown only when it is short and harmless. */
const shown = (value: string): string => (/^[\x20-\x7e]{1,40}$/.test(value) ? ` "${value}"` : '')

/** Longest value of an open enumeration that nobody listed: such values are kept, and become parts of keys. */
const OPEN_VALUE_MAX = 255

/**
 * Reader of an enumeration: other casing is repaired (TYP-010); an unlisted value is kept when open, left out of an
 * optional list when closed (LOC-143), refused elsewhere (TYP-056).
 */
export const compileEnum = (schema: EnumSchema, spot: Spot): Reader => {
  const values = new Set(schema.values)
  const folded = new Map(schema.values.map((value) => [foldCase(value), value]))
  return (value, context, key) => {
    if (typeof value !== 'string') {
      const message = `${nameOf(key)} must be a text (${schema.name})`
      return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? spot.anchor })
    }
    if (values.has(value)) return value
    if (value.length === 0) return readEmpty(context, key, spot)
    const meant = value.length > 64 ? undefined : folded.get(foldCase(value))
    if (meant !== undefined) {
      const message = `${nameOf(key)} is written${shown(value)} instead of "${meant}"`
      repaired(context, key, { code: 'unknown_value', message, rule: 'TYP-010' })
      return meant
    }
    if (spot.tolerance?.alsoReceived?.includes(value)) {
      const { rule, note } = spot.tolerance
      deviate(context, key, { code: 'unknown_value', message: `${nameOf(key)} ${note}`, rule })
      return value
    }
    if (schema.open && value !== NOT_AVAILABLE) {
      if (value.length > OPEN_VALUE_MAX) {
        const message = `${nameOf(key)} has more than ${OPEN_VALUE_MAX} characters`
        return fail(context, key, { code: 'too_long', message, rule: 'TYP-055' })
      }
      if (!hasBadCharacters('string', value)) return value
      const message = `${nameOf(key)} holds control characters`
      return fail(context, key, { code: 'bad_characters', message, rule: 'TYP-004' })
    }
    const message = `${nameOf(key)} has the value${shown(value)}, which ${schema.name} does not list`
    const rule = value === NOT_AVAILABLE ? 'TYP-012' : 'TYP-056'
    if (!spot.droppable) return fail(context, key, { code: 'unknown_value', message, rule })
    deviate(context, key, { code: 'unknown_value', message: `${message}; left out`, rule: 'LOC-143' })
    return ABSENT
  }
}
