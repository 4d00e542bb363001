import {
  canonicalVersion,
  type DocumentName,
  isJsonObject,
  type JsonSchema,
  jsonSchema,
  schemaOf,
} from '@interwatt/protocol'

/** JSON Schemas of the canonical documents, placed where OpenAPI looks for them. */
export interface DocumentSchemas {
  /** By specification name, for `#/components/schemas`. */
  readonly components: Readonly<Record<string, unknown>>
  /** Reference to the schema of each document asked for. */
  readonly references: ReadonlyMap<string, JsonSchema>
}

const relocate = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relocate)
  if (typeof value === 'string') return value.replace(/^#\/\$defs\//, '#/components/schemas/')
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, relocate(item)]))
}

/** Collects the schemas of the named documents (a profile is none of its own, but what our API takes) and of everything inside them. */
export const collectDocumentSchemas = (
  documents: readonly (DocumentName | 'charging_profile')[],
): DocumentSchemas => {
  const components: Record<string, unknown> = {}
  const references = new Map<string, JsonSchema>()
  for (const document of documents) {
    const named = schemaOf(canonicalVersion.id, document)
    if (named === undefined) continue
    const definitions = relocate(jsonSchema(named).$defs)
    if (isJsonObject(definitions)) Object.assign(components, definitions)
    references.set(document, { $ref: `#/components/schemas/${named.name}` })
  }
  return { components, references }
}
