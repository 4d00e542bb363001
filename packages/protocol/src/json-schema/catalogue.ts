import * as v211 from '../modules/v211.js'
import * as v221 from '../modules/v221.js'
import * as v230 from '../modules/v230.js'
import type { EnumSchema, ObjectSchema } from '../schema/index.js'
import type { VersionId } from '../versions/version.js'

/** An object or enumeration of the specification, which has a name of its own. */
export type NamedSchema = ObjectSchema | EnumSchema

/** `start_session`, `StartSession` and `startsession` are one name. */
const foldName = (name: string): string => name.replaceAll('_', '').toLowerCase()

const byName = (schemas: Readonly<Record<string, NamedSchema>>): ReadonlyMap<string, NamedSchema> =>
  new Map(Object.values(schemas).map((schema) => [foldName(schema.name), schema]))

const catalogue: Readonly<Record<VersionId, ReadonlyMap<string, NamedSchema>>> = {
  '2.1.1': byName(v211),
  '2.2.1': byName(v221),
  '2.3.0': byName(v230),
}

/**
 * The schema of an object or enumeration by its specification name (`EVSE`, `CdrToken`) or document name
 * (`start_session`), without regard to case; `undefined` when the version has none of that name.
 */
export const schemaOf = (version: VersionId, name: string): NamedSchema | undefined =>
  catalogue[version].get(foldName(name))

/** Specification names of all objects of a version, sorted. */
export const objectNames = (version: VersionId): string[] =>
  [...catalogue[version].values()]
    .filter((schema) => schema.kind === 'object')
    .map((schema) => schema.name)
    .sort()

/** Specification names of all enumerations of a version, sorted. */
export const enumNames = (version: VersionId): string[] =>
  [...catalogue[version].values()]
    .filter((schema) => schema.kind === 'enum')
    .map((schema) => schema.name)
    .sort()
