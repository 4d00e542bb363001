import { isJsonObject } from '../json/json-object.js'
import type { Field, ObjectCheck, ObjectSchema, Schema } from '../schema/index.js'
import {
  ABSENT,
  type Context,
  FAILED,
  fail,
  hideValues,
  nameOf,
  type Reader,
  ROOT,
  repaired,
  warn,
} from './context.js'
import { compileBoolean, compileEnum, compileNumber } from './read-scalar.js'
import { compileText } from './read-text.js'
import type { Spot } from './spot.js'

interface FieldReader {
  readonly name: string
  readonly required: boolean
  readonly rule: string
  /** Stands for the field when it is required and not there. */
  readonly ifMissing: unknown
  readonly read: Reader
}

interface ObjectReader {
  readonly fields: readonly FieldReader[]
  readonly checks: readonly ObjectCheck[]
}

const objectReaders = new WeakMap<ObjectSchema, ObjectReader>()

/** The readers of an object's fields, compiled at first use. */
export const compileObject = (schema: ObjectSchema): ObjectReader => {
  const known = objectReaders.get(schema)
  if (known !== undefined) return known
  const fields = Object.entries(schema.fields).map(([name, field]) =>
    compileField(name, field, schema.anchor),
  )
  const compiled = { fields, checks: schema.checks }
  objectReaders.set(schema, compiled)
  return compiled
}

const compileField = (name: string, field: Field, anchor: string): FieldReader => {
  const list = field.card === '*' || field.card === '+'
  const required = field.card === '1' || field.card === '+'
  const { rule, tolerance } = field
  const spot: Spot = { anchor, rule, tolerance, required, droppable: field.card === '*' }
  const open = withRepair(compileValue(field.schema, spot), spot)
  const item = tolerance?.hidesValue === true ? hiding(open) : open
  return {
    name,
    required,
    rule: rule ?? anchor,
    ifMissing: tolerance?.ifMissing,
    read: list ? compileList(item, spot) : item,
  }
}

/** Reader of one value of a schema at a place of a document. */
export const compileValue = (schema: Schema, spot: Spot): Reader => {
  switch (schema.kind) {
    case 'text':
      return compileText(schema, spot)
    case 'number':
      return compileNumber(schema, spot)
    case 'boolean':
      return compileBoolean(spot)
    case 'enum':
      return compileEnum(schema, spot)
    case 'object':
      return nestedReader(schema, spot)
  }
}

const withRepair = (read: Reader, { tolerance }: Spot): Reader => {
  const repair = tolerance?.repair
  if (repair === undefined) return read
  return (value, context, key) => {
    const meant = repair(value)
    if (meant === undefined) return read(value, context, key)
    const message = `${nameOf(key)} ${tolerance?.note ?? 'is a known variant; repaired'}`
    repaired(context, key, { code: 'bad_format', message, rule: tolerance?.rule ?? '' })
    return read(meant, context, key)
  }
}

/** A reader whose findings do not tell the value. */
const hiding =
  (read: Reader): Reader =>
  (value, context, key) => {
    const [errors, warnings] = [context.errors.length, context.warnings.length]
    const result = read(value, context, key)
    hideValues(context.errors, errors)
    hideValues(context.warnings, warnings)
    return result
  }

const compileList =
  (readItem: Reader, spot: Spot): Reader =>
  (value, context, key) => {
    if (!Array.isArray(value)) {
      const message = `${nameOf(key)} must be a list`
      return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? spot.anchor })
    }
    context.path.push(key)
    const items = readItems(value, readItem, context)
    context.path.pop()
    if (items === FAILED || items.length > 0 || !spot.required) return items
    const message = `${nameOf(key)} must hold at least one item`
    return fail(context, key, { code: 'empty_list', message, rule: spot.rule ?? spot.anchor })
  }

/** The same list when every item is kept as it is. */
const readItems = (value: readonly unknown[], readItem: Reader, context: Context) => {
  let kept: unknown[] | undefined
  let failed = false
  for (let index = 0; index < value.length; index++) {
    const given = value[index]
    const item = given === null ? dropNull(context, index) : readItem(given, context, index)
    if (item === given) {
      kept?.push(item)
      continue
    }
    kept ??= value.slice(0, index)
    if (item === FAILED) failed = true
    else if (item !== ABSENT) kept.push(item)
  }
  return failed ? FAILED : (kept ?? value)
}

const dropNull = (context: Context, index: number) => {
  repaired(context, index, {
    code: 'null_value',
    message: `item ${index} is null; left out`,
    rule: 'TYP-059',
  })
  return ABSENT
}

const nestedReader = (schema: ObjectSchema, spot: Spot): Reader => {
  const compiled = compileObject(schema)
  return (value, context, key) => {
    if (!isJsonObject(value)) {
      const message = `${nameOf(key)} must be an object (${schema.name})`
      return fail(context, key, { code: 'wrong_type', message, rule: spot.rule ?? schema.anchor })
    }
    context.path.push(key)
    const read = readFields(compiled, value, context, false)
    context.path.pop()
    return read
  }
}

/** Reads the fields of an object; gives back the same object when nothing was repaired. */
export const readFields = (
  { fields, checks }: ObjectReader,
  value: Record<string, unknown>,
  context: Context,
  patch: boolean,
): unknown => {
  const errorsBefore = context.errorCount
  let copy: Record<string, unknown> | undefined
  for (const field of fields) {
    const { name } = field
    const given = value[name]
    if (given === undefined && (patch || !field.required)) continue
    const read =
      given === undefined || given === null
        ? readNothing(field, given, context, patch)
        : field.read(given, context, name)
    if (read === given || read === FAILED) continue
    copy ??= { ...value }
    if (read !== ABSENT) copy[name] = read
    // An empty text in a patch means "unset", which a patch says with null (TRN-098).
    else if (patch) copy[name] = null
    else delete copy[name]
  }
  if (context.errorCount > errorsBefore) return FAILED
  const result = copy ?? value
  if (checks.length > 0) runChecks(checks, result, context, patch)
  return context.errorCount > errorsBefore ? FAILED : result
}

/** A field that is null, or required and not there. Null equals absent (TYP-059); in a patch it clears (TRN-098). */
const readNothing = (
  field: FieldReader,
  given: undefined | null,
  context: Context,
  patch: boolean,
): unknown => {
  const { name } = field
  if (field.required && field.ifMissing !== undefined && !patch && !context.strict) {
    repaired(context, name, {
      code: 'missing',
      message: `${name} is required but missing; ${JSON.stringify(field.ifMissing)} stands for it`,
      rule: field.rule,
    })
    return field.ifMissing
  }
  if (field.required) {
    const message = patch ? `${name} is required and cannot be cleared` : `${name} is required but missing`
    return fail(context, name, {
      code: patch ? 'null_value' : 'missing',
      message,
      rule: patch ? 'TRN-098' : field.rule,
    })
  }
  if (context.strict)
    return fail(context, name, {
      code: 'null_value',
      message: `${name} is null; leave it out`,
      rule: 'TYP-059',
    })
  return patch ? given : ABSENT
}

const isGiven = (value: Record<string, unknown>, name: string): boolean =>
  value[name] !== undefined && value[name] !== null

const runChecks = (
  checks: readonly ObjectCheck[],
  value: Record<string, unknown>,
  context: Context,
  patch: boolean,
): void => {
  for (const check of checks) {
    if (patch && !check.needs?.every((name) => isGiven(value, name))) continue
    for (const { pointer, message, rule, severity, code = 'rule_broken' } of check(value)) {
      const report = severity === 'error' ? fail : warn
      report(context, ROOT, { code, message, rule, below: pointer })
    }
  }
}
