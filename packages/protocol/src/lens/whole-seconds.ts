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
    let items = value
    for (let index = 0; index < value.length; index += 1) {
      const item = cut(value[index])
      if (item === value[index]) continue
      if (items === value) items = [...value]
      items[index] = item
    }
    return items
  }

/** The fields of an object that hold times, directly or further inside. */
type Cuts = readonly { readonly field: string; readonly cut: Cut }[]

const cutFields = (cuts: Cuts, subject: JsonObject): JsonObject => {
  let rest = subject
  for (const { field, cut } of cuts) if (holds(rest, field)) rest = withField(rest, field, cut(rest[field]))
  return rest
}

const compiled = new WeakMap<ObjectSchema, Cuts>()

const cutsOf = (schema: ObjectSchema): Cuts => {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const cuts = Object.entries(schema.fields).flatMap(([field, { schema: inner }]) => {
    const cut = cutOf(inner)
    return cut === undefined ? [] : [{ field, cut: cutItems(cut) }]
  })
  compiled.set(schema, cuts)
  return cuts
}

const cutOf = (schema: Schema): Cut | undefined => {
  if (schema.kind === 'text') return schema.type === 'DateTime' ? cutText : undefined
  if (schema.kind !== 'object') return undefined
  const cuts = cutsOf(schema)
  return cuts.length === 0 ? undefined : (value) => (isJsonObject(value) ? cutFields(cuts, value) : value)
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
