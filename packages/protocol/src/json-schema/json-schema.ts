import type { Field, ObjectSchema, Schema, TextSchema } from '../schema/index.js'

/** A JSON Schema of draft 2020-12, ready to be written as JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>

type Definitions = Map<string, JsonSchema>

const DATE_TIME_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z?$'

/**
 * JSON Schema (draft 2020-12) of what may be sent: named objects and enumerations under `$defs`, each with its anchor
 * in the description; an open enumeration is a text with `examples`; unknown fields are allowed. Rules over several
 * fields are not expressed.
 */
export const jsonSchema = (schema: Schema): JsonSchema => {
  const definitions: Definitions = new Map()
  const root = describe(schema, definitions)
  const $defs = Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...root,
    ...(definitions.size > 0 ? { $defs } : {}),
  }
}

const describe = (schema: Schema, definitions: Definitions): JsonSchema => {
  switch (schema.kind) {
    case 'text':
      return describeText(schema)
    case 'number': {
      const type = schema.type === 'int' ? 'integer' : 'number'
      if (schema.digits === undefined) return { type }
      const limit = 10 ** schema.digits - 1
      return { type, minimum: -limit, maximum: limit }
    }
    case 'boolean':
      return { type: 'boolean' }
    case 'enum': {
      const values = schema.open ? { type: 'string', examples: schema.values } : { enum: schema.values }
      return define(schema, definitions, () => values)
    }
    case 'object':
      return define(schema, definitions, () => describeObject(schema, definitions))
  }
}

const define = (
  { name, anchor }: { readonly name: string; readonly anchor: string },
  definitions: Definitions,
  build: () => JsonSchema,
): JsonSchema => {
  if (!definitions.has(name)) {
    definitions.set(name, {})
    definitions.set(name, { title: name, description: anchor, ...build() })
  }
  return { $ref: `#/$defs/${name}` }
}

const describeText = ({ type, max, format }: TextSchema): JsonSchema => ({
  type: 'string',
  description: format === undefined ? type : `${type}, ${format.name}`,
  ...(max === undefined ? {} : { maxLength: max }),
  ...(type === 'DateTime' ? { pattern: DATE_TIME_PATTERN } : {}),
  ...(type === 'CiString' && format?.pattern === undefined ? { pattern: '^[\\x20-\\x7e]*$' } : {}),
  ...(type === 'URL' ? { format: 'uri' } : {}),
  ...(format?.pattern === undefined ? {} : { pattern: format.pattern }),
})

const describeObject = (schema: ObjectSchema, definitions: Definitions): JsonSchema => {
  const entries = Object.entries(schema.fields)
  const required = entries.filter(([, { card }]) => card === '1' || card === '+').map(([name]) => name)
  const properties = Object.fromEntries(
    entries.map(([name, field]) => [name, describeField(field, definitions)]),
  )
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

const describeField = ({ schema, card }: Field, definitions: Definitions): JsonSchema => {
  const items = describe(schema, definitions)
  if (card === '*') return { type: 'array', items }
  return card === '+' ? { type: 'array', items, minItems: 1 } : items
}
