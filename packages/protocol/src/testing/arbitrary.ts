import fc from 'fast-check'
import type { Field, Infer, NumberSchema, ObjectSchema, Schema } from '../schema/index.js'
import { agreements } from './agreements.js'
import { textOf } from './texts.js'

/** What to generate besides plain whole documents. */
export interface ArbitraryOptions {
  /** Adds fields nobody specified, at every depth. Default false. */
  readonly vendorFields?: boolean
  /** Adds values to open enumerations that nobody listed. Default false. */
  readonly openValues?: boolean
  /** Items of a list, at most. Default 3. */
  readonly maxItems?: number
}

type Settings = Required<ArbitraryOptions>

/**
 * Valid documents of a schema for property tests: no findings in either direction, rules over several fields
 * included. Amounts have at most 4 decimals, lists at most `maxItems` items. Throws for a text format without texts.
 */
export const arbitraryOf = <S extends Schema>(
  schema: S,
  options: ArbitraryOptions = {},
): fc.Arbitrary<Infer<S>> => {
  const settings = { vendorFields: false, openValues: false, maxItems: 3, ...options }
  // NOTE: the generated values follow the field table from which Infer takes the type.
  return anyOf(schema, settings) as fc.Arbitrary<Infer<S>>
}

/**
 * Valid patches of an object schema: some of its fields, at least one; optional fields may be null when `nulls` is
 * set. Rules over several fields hold where all their fields are given.
 */
export const patchOf = <S extends ObjectSchema>(
  schema: S,
  options: ArbitraryOptions & { readonly nulls?: boolean } = {},
): fc.Arbitrary<Partial<Infer<S>>> => {
  const { nulls = false, ...rest } = options
  const names = Object.keys(schema.fields)
  const chosen = fc.subarray(names, { minLength: 1 })
  const patch = fc.tuple(arbitraryOf(schema, rest), chosen, chosen).map(([document, kept, cleared]) => {
    const whole: Readonly<Record<string, unknown>> = { ...Object(document) }
    const entries = kept.flatMap((name): [string, unknown][] => {
      const card = schema.fields[name]?.card
      if (nulls && cleared.includes(name) && (card === '?' || card === '*')) return [[name, null]]
      return whole[name] === undefined ? [] : [[name, whole[name]]]
    })
    return Object.fromEntries(entries)
  })
  // NOTE: a choice of the fields of a valid document.
  return patch.filter((value) => Object.keys(value).length > 0) as fc.Arbitrary<Partial<Infer<S>>>
}

const anyOf = (schema: Schema, settings: Settings): fc.Arbitrary<unknown> => {
  switch (schema.kind) {
    case 'text':
      return textOf(schema)
    case 'number':
      return numberOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'enum': {
      const listed = fc.constantFrom(...schema.values)
      return schema.open && settings.openValues ? fc.oneof(listed, fc.constant('VENDOR_VALUE')) : listed
    }
    case 'object':
      return objectOf(schema, settings)
  }
}

const numberOf = ({ type, digits }: NumberSchema): fc.Arbitrary<number> => {
  const max = digits === undefined ? 1_000_000 : 10 ** digits - 1
  const whole = fc.integer({ min: 0, max })
  return type === 'int' ? whole : whole.map((value) => value / 10_000)
}

const objectOf = (schema: ObjectSchema, settings: Settings): fc.Arbitrary<unknown> => {
  const model = Object.fromEntries(
    Object.entries(schema.fields).map(([name, field]) => [name, fieldOf(field, settings)]),
  )
  const requiredKeys = Object.keys(schema.fields).filter((name) =>
    ['1', '+'].includes(schema.fields[name]?.card ?? ''),
  )
  const plain = fc.record(model, { requiredKeys })
  const agree = agreements[schema.name] ?? ((value) => value)
  if (!settings.vendorFields) return plain.map(agree)
  return fc.tuple(plain, vendorFields).map(([value, extra]) => ({ ...agree(value), ...extra }))
}

/** Names no version uses; values of every JSON kind. */
const vendorFields = fc.dictionary(
  fc.constantFrom('acme_rating', 'x y', 'a/b~c', 'größe'),
  fc.oneof(
    fc.integer(),
    fc.constant('text'),
    fc.constant(null),
    fc.constant({ deep: [1, { deeper: true }] }),
  ),
  { maxKeys: 2 },
)

const fieldOf = ({ schema, card }: Field, settings: Settings): fc.Arbitrary<unknown> => {
  const value = anyOf(schema, settings)
  if (card === '1' || card === '?') return value
  return fc.array(value, { minLength: card === '+' ? 1 : 0, maxLength: settings.maxItems })
}
