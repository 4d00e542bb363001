import { schemaOf, type VersionId } from '@interwatt/protocol'

/** The name of a token type in a version: its own where the version lists it, else OTHER (tokens.md 4.1). */
export const knownType = (version: VersionId, type: string): string => {
  const schema = schemaOf(version, 'TokenType')
  if (schema?.kind !== 'enum' || schema.open || schema.values.includes(type.toUpperCase())) return type
  return 'OTHER'
}
