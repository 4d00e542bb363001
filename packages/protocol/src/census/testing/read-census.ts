import { readFileSync } from 'node:fs'
import type { Field, Schema } from '../../schema/index.js'

/** Facts of the specification tables: name, type, length or digits, cardinality. */
export type Row = readonly [name: string, type: string, max: number | null, card: string]

/** The field tables and enumerations of one edition. */
export interface Census {
  readonly objects: Readonly<Record<string, readonly Row[]>>
  readonly enums: Readonly<Record<string, { readonly open: boolean; readonly values: readonly string[] }>>
  readonly notModelled: Readonly<Record<string, string>>
}

/** Reads the census of an edition, such as `2.3.0` or `2.3.0-bookings`. */
export const readCensus = (edition: string): Census =>
  JSON.parse(readFileSync(new URL(`../${edition}.json`, import.meta.url), 'utf8'))

const typeOf = (schema: Schema): string =>
  schema.kind === 'text' || schema.kind === 'number'
    ? schema.type
    : schema.kind === 'boolean'
      ? 'boolean'
      : schema.name

/** DateTime and URL have a length of their own, which the tables do not repeat. */
const maxOf = (schema: Schema): number | null => {
  if (schema.kind === 'number') return schema.digits ?? null
  if (schema.kind !== 'text' || schema.type === 'DateTime' || schema.type === 'URL') return null
  return schema.max ?? null
}

/** A modelled field as a row of a census. */
export const rowOf = ([name, { schema, card }]: readonly [string, Field]): Row => [
  name,
  typeOf(schema),
  maxOf(schema),
  card,
]
