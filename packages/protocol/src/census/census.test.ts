import { describe, expect, it } from 'vitest'
import { enumNames, objectNames, schemaOf } from '../json-schema/index.js'
import { type Census, type Row, readCensus as read, rowOf } from './testing/read-census.js'

/** Packages on top of the core of 2.3.0 whose census names their objects, and core objects with the fields they add. */
const packages = ['2.3.0-payments'] as const

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
  'InvoiceReconciliationRecord.cdrs': {
    census: ['cdrs', 'CiString', 36, '+'],
    reason: 'the id of a credit CDR has 39 characters and could not be listed otherwise (INV-018)',
  },
}

const anyScript = 'a text for people, which takes every script (PAY-039)'

/** The same for the Payments package. */
const packageDifferences: typeof differences = {
  'Terminal.address': { census: ['address', 'CiString', 45, '?'], reason: anyScript },
  'Terminal.city': { census: ['city', 'CiString', 45, '?'], reason: anyScript },
  'Terminal.state': { census: ['state', 'CiString', 20, '?'], reason: anyScript },
  'FinancialAdviceConfirmation.eft_data': {
    census: ['eft_data', 'CiString', 255, '+'],
    reason: 'lines for an invoice, whose letters keep their case',
  },
  'FinancialAdviceConfirmation.capture_status_message': {
    census: ['capture_status_message', 'CiString', 255, '?'],
    reason: anyScript,
  },
}

/** Enumerations and objects that no numbered table of the specification gives, and why they are modelled. */
const beyondCensus: Readonly<Record<string, string>> = {
  ModuleID: 'its table has no column of values; the names are those of the modules',
}

/** What the Bookings package adds to objects and enumerations of the core; its own test says what it is, and why it is optional. */
const addedByBookings = ['CDR.booking_id', 'TariffRestrictions.booking']
const addedValues: Readonly<Record<string, readonly string[]>> = {
  CdrDimensionType: ['RESERVATION_EXPIRES', 'RESERVATION_OVERTIME'],
}

/** Names of everything that packages on top of a version model. */
const ofPackages = (version: string): readonly string[] =>
  [...packages, '2.3.0-bookings']
    .filter((name) => name.startsWith(`${version}-`))
    .flatMap((name) => [...Object.keys(read(name).objects), ...Object.keys(read(name).enums)])

/** Fields that a package adds to objects of the core: they are not in the tables of the core. */
const addedByPackages = (core: Census): ReadonlySet<string> =>
  new Set(
    packages.flatMap((name) =>
      Object.entries(read(name).objects).flatMap(([object, rows]) => {
        const known = core.objects[object]
        const added =
          known === undefined ? [] : rows.filter(([field]) => !known.some(([own]) => own === field))
        return added.map(([field]) => `${object}.${field}`)
      }),
    ),
  )

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('field tables of %s', (version) => {
  const census = read(version)
  const added = version === '2.3.0' ? new Set([...addedByPackages(census), ...addedByBookings]) : new Set()

  it.each(Object.keys(census.objects))('%s has the fields of the specification, in its order', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'object') throw new Error(`${name} is not modelled`)
    const core = Object.entries(schema.fields).filter(([field]) => !added.has(`${name}.${field}`))
    const modelled = core.map((entry) => {
      const row = rowOf(entry)
      const difference = differences[`${version} ${name}.${row[0]}`] ?? differences[`${name}.${row[0]}`]
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

describe.each(packages)('field tables that %s adds', (name) => {
  const census = read(name)

  it.each(Object.keys(census.objects))('%s has the fields of the package, in its order', (object) => {
    const schema = schemaOf('2.3.0', object)
    if (schema?.kind !== 'object') throw new Error(`${object} is not modelled`)
    const modelled = Object.entries(schema.fields).map((entry) => {
      const row = rowOf(entry)
      return packageDifferences[`${object}.${row[0]}`]?.census ?? row
    })
    expect(modelled).toEqual(census.objects[object])
  })

  it.each(Object.keys(census.enums))('%s has the values of the package, in its order', (object) => {
    const schema = schemaOf('2.3.0', object)
    if (schema?.kind !== 'enum') throw new Error(`${object} is not modelled`)
    expect({ open: schema.open, values: schema.values }).toEqual(census.enums[object])
  })

  it('adds to the core only fields that may be left out', () => {
    const core = read('2.3.0')
    for (const path of addedByPackages(core)) {
      const [object = '', field] = path.split('.')
      const row = (census.objects[object] ?? []).find(([own]) => own === field)
      expect(['?', '*']).toContain(row?.[3])
    }
    expect([...addedByPackages(core)]).toEqual(['Tariff.preauthorize_amount'])
  })

  it('has no counterpart in 2.2.1', () => {
    for (const object of Object.keys(census.objects))
      if (read('2.3.0').objects[object] === undefined) expect(schemaOf('2.2.1', object)).toBeUndefined()
  })
})

it.each([
  ['2.3.0', differences],
  ['2.3.0-payments', packageDifferences],
] as const)('lists no difference of %s that is gone', (core, listed) => {
  for (const [path, { census }] of Object.entries(listed)) {
    const [, of = core, object = '', field = ''] = /^(?:(2\.1\.1) )?(\w+)\.(\w+)$/.exec(path) ?? []
    const version = of === '2.1.1' ? of : core
    const rows = read(version).objects[object] ?? []
    expect(rows.find(([name]) => name === field)).toEqual(census)
    const schema = schemaOf(of === '2.1.1' ? of : '2.3.0', object)
    const modelled = schema?.kind === 'object' ? schema.fields[field] : undefined
    expect(modelled && rowOf([field, modelled])).not.toEqual(census)
  }
})
