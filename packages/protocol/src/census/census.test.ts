import { describe, expect, it } from 'vitest'
import { enumNames, objectNames, schemaOf } from '../json-schema/index.js'
import { type Row, readCensus as read, rowOf } from './testing/read-census.js'

/** Where the field tables say something else than the census, and why. */
const differences: Readonly<Record<string, { readonly census: Row; readonly reason: string }>> = {
  'EVSE.accepted_service_providers': {
    census: ['accepted_service_providers', 'String', 50, '*'],
    reason: 'the specification writes String for string',
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

/** What packages on top of 2.3.0 add to the core; their own census says what it is, and why it is optional. */
const packages = ['2.3.0-bookings'] as const
const addedFields: Readonly<Record<string, string>> = {
  'CDR.booking_id': '2.3.0-bookings',
  'TariffRestrictions.booking': '2.3.0-bookings',
}
const addedValues: Readonly<Record<string, readonly string[]>> = {
  CdrDimensionType: ['RESERVATION_EXPIRES', 'RESERVATION_OVERTIME'],
}
const ofPackages = (version: string): readonly string[] =>
  packages
    .filter((name) => name.startsWith(`${version}-`))
    .flatMap((name) => [...Object.keys(read(name).objects), ...Object.keys(read(name).enums)])

describe.each(['2.2.1', '2.3.0'] as const)('field tables of %s', (version) => {
  const census = read(version)

  it.each(Object.keys(census.objects))('%s has the fields of the specification, in its order', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'object') throw new Error(`${name} is not modelled`)
    const fields = Object.entries(schema.fields).filter(
      ([field]) => version !== '2.3.0' || addedFields[`${name}.${field}`] === undefined,
    )
    const modelled = fields.map((entry) => {
      const row = rowOf(entry)
      const difference = differences[`${name}.${row[0]}`]
      return difference === undefined ? row : difference.census
    })
    expect(modelled).toEqual(census.objects[name])
  })

  it.each(Object.keys(census.enums))('%s has the values of the specification, in its order', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'enum') throw new Error(`${name} is not modelled`)
    const added = version === '2.3.0' ? (addedValues[name] ?? []) : []
    const values = schema.values.filter((value) => !added.includes(value))
    expect({ open: schema.open, values }).toEqual(census.enums[name])
  })

  it('models nothing that the specification does not have', () => {
    const known = new Set([
      ...Object.keys(census.objects),
      ...Object.keys(census.enums),
      ...Object.keys(beyondCensus),
      ...ofPackages(version),
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
    const [object = '', field = ''] = path.split('.')
    const rows = read('2.3.0').objects[object] ?? []
    expect(rows.find(([name]) => name === field)).toEqual(census)
    const schema = schemaOf('2.3.0', object)
    const modelled = schema?.kind === 'object' ? schema.fields[field] : undefined
    expect(modelled && rowOf([field, modelled])).not.toEqual(census)
  }
})
