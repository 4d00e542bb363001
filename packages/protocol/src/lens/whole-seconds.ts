import { formatDateTime, parseDateTime } from '../date-time/index.js'
import { holds, isJsonObject, type JsonObject } from '../json/json-object.js'
import type { ObjectSchema, Schema } from '../schema/index.js'
import { withField } from './fields.js'
import type { Step } from './lens.js'

type Cut = (value: unknown) => unknown

const cutText: Cut = (value) => {
  if (typeof value !== 'string' || !value.includes('.')) return value
  const parsed = parseDateTime(value)
  return parsed === undefined ? value : formatDateTime(parsed.epochMs, 0)
}

const cutItems =
  (cut: Cut): Cut =>
  (value) => {
    if (!Array.isArray(value)) return cut(value)
    const items = value.map(cut)
    return items.some((item, index) => item !== value[index]) ? items : value
  }

const cutFields = (cuts: ReadonlyMap<string, Cut>, subject: JsonObject): JsonObject => {
  let rest = subject
  for (const [field, cut] of cuts) if (holds(rest, field)) rest = withField(rest, field, cut(rest[field]))
  return rest
}

const compiled = new WeakMap<ObjectSchema, ReadonlyMap<string, Cut>>()

const cutsOf = (schema: ObjectSchema): ReadonlyMap<string, Cut> => {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const cuts = new Map<string, Cut>()
  for (const [field, { schema: inner }] of Object.entries(schema.fields)) {
    const cut = cutOf(inner)
    if (cut !== undefined) cuts.set(field, cutItems(cut))
  }
  compiled.set(schema, cuts)
  return cuts
}

const cutOf = (schema: Schema): Cut | undefined => {
  if (schema.kind === 'text') return schema.type === 'DateTime' ? cutText : undefined
  if (schema.kind !== 'object') return undefined
  const cuts = cutsOf(schema)
  return cuts.size === 0 ? undefined : (value) => (isJsonObject(value) ? cutFields(cuts, value) : value)
}

/**
 * The older version has no fractions of seconds: they are cut, never rounded, in every DateTime of the object (TYP-023,
 * TYP-025). Not noted as a loss, since no version promises more. First of a lens, so that it comes last on the way down.
 */
export const wholeSeconds = (schema: ObjectSchema): Step => ({
  keepsShape: true,
  declares: [],
  up: (subject) => subject,
  down: (subject) => cutFields(cutsOf(schema), subject),
})
