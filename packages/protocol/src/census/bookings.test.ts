import { describe, expect, it } from 'vitest'
import { schemaOf } from '../json-schema/index.js'
import { type Row, readCensus, rowOf } from './testing/read-census.js'

const census = readCensus('2.3.0-bookings')
const core = readCensus('2.3.0')

/** Where the field tables say something else than the Bookings edition, and why. */
const differences: Readonly<Record<string, { readonly census: Row; readonly reason: string }>> = {
  'EVSE.accepted_service_providers': {
    census: ['accepted_service_providers', 'String', 50, '*'],
    reason: 'the specification writes String for string',
  },
  'Parking.physical_reference': {
    census: ['physical_reference', 'String', 12, '?'],
    reason: 'the specification writes String for string',
  },
  'Location.address': {
    census: ['address', 'string', 45, '1'],
    reason: 'the package was made on edition 1 of the core; lengths are those of edition 2',
  },
  'Location.state': {
    census: ['state', 'string', 20, '?'],
    reason: 'the package was made on edition 1 of the core; lengths are those of edition 2',
  },
  'SignedValue.plain_data': {
    census: ['plain_data', 'string', 512, '1'],
    reason: 'the package was made on edition 1 of the core; lengths are those of edition 2',
  },
  'AccessInformation.value': {
    census: ['value', 'String', null, '?'],
    reason: 'the specification writes String for string',
  },
  'BookingRequest.booking_location_id': {
    census: ['booking_location_id', 'CiString', 36, '1'],
    reason: 'examples leave it out; accepted where the location tells which is meant (BKG-031)',
  },
  'BookingRequest.tokens': {
    census: ['tokens', 'BookingTokens', null, '*'],
    reason: 'the class is called BookingToken',
  },
  'Calendar.available_timeslots': {
    census: ['available_timeslots', 'TimeSlot', null, '+'],
    reason: 'the class is called Timeslot; an empty list is accepted, never sent (BKG-018)',
  },
}

/** What other packages add to objects of the core. */
const ofOthers = new Set(['Tariff.preauthorize_amount'])

/** Objects of the core that the package changes, and what it adds. */
const additions: Readonly<Record<string, readonly string[]>> = {
  CDR: ['booking_id'],
  TariffRestrictions: ['booking'],
}

describe('field tables of the Bookings edition of 2.3.0', () => {
  it.each(Object.keys(census.objects))('%s has the fields of the specification, in its order', (name) => {
    const schema = schemaOf('2.3.0', name)
    if (schema?.kind !== 'object') throw new Error(`${name} is not modelled`)
    const fields = Object.entries(schema.fields).filter(([field]) => !ofOthers.has(`${name}.${field}`))
    const modelled = fields.map((entry) => {
      const difference = differences[`${name}.${entry[0]}`]
      return difference === undefined ? rowOf(entry) : difference.census
    })
    expect(modelled).toEqual(census.objects[name])
  })

  it.each(Object.keys(census.enums))('%s has the values of the specification, in its order', (name) => {
    const schema = schemaOf('2.3.0', name)
    if (schema?.kind !== 'enum') throw new Error(`${name} is not modelled`)
    expect({ open: schema.open, values: schema.values }).toEqual(census.enums[name])
  })

  it('adds to objects of the core only what is listed, and only optional fields', () => {
    for (const [name, rows] of Object.entries(census.objects)) {
      const before = new Set((core.objects[name] ?? rows).map(([field]) => field))
      const added = rows.filter(([field]) => !before.has(field))
      expect(added.map(([field]) => field)).toEqual(additions[name] ?? [])
      expect(added.every(([, , , card]) => card === '?')).toBe(true)
    }
  })

  it('lists no difference that is gone', () => {
    for (const [path, { census: row, reason }] of Object.entries(differences)) {
      const [object = '', field = ''] = path.split('.')
      const schema = schemaOf('2.3.0', object)
      const modelled = schema?.kind === 'object' ? schema.fields[field] : undefined
      expect(modelled && rowOf([field, modelled])).not.toEqual(row)
      expect(reason).not.toBe('')
    }
  })
})
