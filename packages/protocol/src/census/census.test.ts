import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { enumNames, objectNames, schemaOf } from '../json-schema/index.js'
import type { Field, Schema } from '../schema/index.js'

/** Facts of the specification tables: name, type, length or digits, cardinality. */
type Row = readonly [name: string, type: string, max: number | null, card: string]

interface Census {
  readonly objects: Readonly<Record<string, readonly Row[]>>
  readonly enums: Readonly<Record<string, { readonly open: boolean; readonly values: readonly string[] }>>
  readonly notModelled: Readonly<Record<string, string>>
}

const read = (version: string): Census =>
  JSON.parse(readFileSync(new URL(`./${version}.json`, import.meta.url), 'utf8'))

/** Where the field tables say something else than the census, and why; by version where only one does. */
const differences: Readonly<Record<string, { readonly census: Row; readonly reason: string }>> = {
  'EVSE.accepted_service_providers': {
    census: ['accepted_service_providers', 'String', 50, '*'],
    reason: 'the specification writes String for string',
  },
  '2.1.1 Hours.twentyfourseven': {
    census: ['twentyfourseven', 'boolean', null, '1'],
    reason: 'one of two: left out where regular hours are given (LOC-115)',
  },
  'Parking.physical_reference': {
    census: ['physical_reference', 'String', 12, '?'],
    reason: 'the specification writes String for string',
  },
}

/** Enumerations and objects that no numbered table of the specification gives, and why they are modelled. */
const beyondCensus: Readonly<Record<string, string>> = {
  ModuleID: 'its table has no column of values; the names are those of the modules',
}

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

const rowOf = ([name, { schema, card }]: readonly [string, Field]): Row => [
  name,
  typeOf(schema),
  maxOf(schema),
  card,
]

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('field tables of %s', (version) => {
  const census = read(version)

  it.each(Object.keys(census.objects))('%s has the fields of the specification, in its order', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'object') throw new Error(`${name} is not modelled`)
    const modelled = Object.entries(schema.fields).map((entry) => {
      const row = rowOf(entry)
      const difference = differences[`${version} ${name}.${row[0]}`] ?? differences[`${name}.${row[0]}`]
      return difference === undefined ? row : difference.census
    })
    expect(modelled).toEqual(census.objects[name])
  })

  it.each(Object.keys(census.enums))('%s has the values of the specification, in its order', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'enum') throw new Error(`${name} is not modelled`)
    expect({ open: schema.open, values: schema.values }).toEqual(census.enums[name])
  })

  it('models nothing that the specification does not have', () => {
    const known = new Set([
      ...Object.keys(census.objects),
      ...Object.keys(census.enums),
      ...Object.keys(beyondCensus),
    ])
    expect([...objectNames(version), ...enumNames(version)].filter((name) => !known.has(name))).toEqual([])
  })

  it('gives a reason for everything it leaves out, and leaves it out', () => {
    for (const [name, reason] of Object.entries(census.notModelled)) {
      expect(reason).not.toBe('')
      expect(schemaOf(version, name)).toBeUndefined()
    }
  })
})

it('lists no difference that is gone', () => {
  for (const [path, { census }] of Object.entries(differences)) {
    const [, of = '2.3.0', object = '', field = ''] = /^(?:(2\.1\.1) )?(\w+)\.(\w+)$/.exec(path) ?? []
    const version = of === '2.1.1' ? of : '2.3.0'
    const rows = read(version).objects[object] ?? []
    expect(rows.find(([name]) => name === field)).toEqual(census)
    const schema = schemaOf(version, object)
    const modelled = schema?.kind === 'object' ? schema.fields[field] : undefined
    expect(modelled && rowOf([field, modelled])).not.toEqual(census)
  }
})
