import { describe, expect, it } from 'vitest'
import * as v230 from '../modules/v230.js'
import { deviations, readValue, strictDeviations } from '../testing/deviations.js'
import { exampleLocation } from '../testing/index.js'
import { checkDocument, parseDocument } from './document.js'

const location = (changes: object) => ({ ...exampleLocation(), ...changes })
const evse = (changes: object) => ({ ...exampleLocation().evses?.[0], ...changes })

describe('a whole document', () => {
  it('comes back as the same object when nothing is repaired', () => {
    const given = exampleLocation()
    const read = parseDocument(v230.Location, given, 'whole')
    expect(read.ok && read.value).toBe(given)
    expect(read.findings).toEqual([])
  })

  it('is not changed by reading, and shares what was not repaired', () => {
    const given = location({ name: null, last_updated: '2026-01-31T13:00:00+01:00' })
    const before = structuredClone(given)
    const value = readValue(v230.Location, given)
    expect(given).toEqual(before)
    expect(value).not.toHaveProperty('name')
    expect(value).toHaveProperty('last_updated', '2026-01-31T12:00:00Z')
    expect(value).toMatchObject({ evses: given.evses })
  })

  it('reads null as absent and keeps an empty list, without a finding (TYP-059)', () => {
    const read = parseDocument(v230.Location, location({ evses: null, images: [], state: null }), 'whole')
    expect(read.findings).toEqual([])
    expect(read.ok && 'evses' in read.value).toBe(false)
    expect(read.ok && read.value.images).toEqual([])
  })

  it('keeps unknown fields at every depth (TRN-140, TRN-143)', () => {
    const vendor = { acme: { deep: [null, 1] } }
    const given = location({
      ...vendor,
      evses: [evse(vendor)],
      coordinates: { latitude: '52.39056', longitude: '13.06447', ...vendor },
    })
    expect(readValue(v230.Location, given)).toBe(given)
    expect(checkDocument(v230.Location, given, 'whole')).toEqual([])
  })

  it('names the missing field and the anchor of its object', () => {
    const { city: _, ...rest } = exampleLocation()
    expect(deviations(v230.Location, rest)).toEqual(['missing /city mod_locations_location_object error'])
    expect(deviations(v230.Location, location({ city: null }))).toEqual([
      'missing /city mod_locations_location_object error',
    ])
  })

  it('refuses what is no object, whatever it is', () => {
    for (const value of [null, undefined, 1, 'x', true, [], [exampleLocation()]])
      expect(deviations(v230.Location, value)).toEqual(['not_an_object  mod_locations_location_object error'])
  })

  it('refuses an empty list where one item is needed (TAR-030)', () => {
    expect(deviations(v230.EVSE, evse({ connectors: [] }))).toEqual([
      'empty_list /connectors mod_locations_evse_object error',
    ])
    expect(deviations(v230.Tariff, { ...tariff(), elements: [] })).toEqual([
      'empty_list /elements TAR-030 error',
    ])
  })

  it('leaves a null item out of a list with a warning', () => {
    const given = location({ facilities: ['CAFE', null] })
    expect(deviations(v230.Location, given)).toEqual(['repaired /facilities/1 TYP-059 warning'])
    expect(readValue(v230.Location, given)).toMatchObject({ facilities: ['CAFE'] })
  })

  it('puts the given pointer before every pointer and escapes names (RFC 6901)', () => {
    const read = parseDocument(v230.Location, location({ city: 1 }), 'whole', { pointer: '/data/3' })
    expect(read.findings[0]?.pointer).toBe('/data/3/city')
  })
})

const tariff = () => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: 'T-1',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, step_size: 1 }] }],
  tax_included: 'NO',
  last_updated: '2026-01-31T12:00:00Z',
})

describe('a patch', () => {
  it('may hold any of the fields', () => {
    const given = { status: 'CHARGING', last_updated: '2026-01-31T12:00:00Z' }
    expect(readValue(v230.EVSE, given, 'patch')).toBe(given)
    expect(readValue(v230.EVSE, {}, 'patch')).toEqual({})
  })

  it('keeps null for an optional field and refuses it for a required one (TRN-098)', () => {
    const clearing = { floor_level: null, images: null }
    expect(readValue(v230.EVSE, clearing, 'patch')).toBe(clearing)
    expect(deviations(v230.EVSE, { status: null, connectors: null }, 'patch')).toEqual([
      'null_value /status TRN-098 error',
      'null_value /connectors TRN-098 error',
    ])
    expect(strictDeviations(v230.EVSE, clearing, 'patch')).toEqual([
      'null_value /floor_level error',
      'null_value /images error',
    ])
  })

  it('reads an empty optional text as clearing the field (TYP-011)', () => {
    expect(readValue(v230.EVSE, { floor_level: '' }, 'patch')).toEqual({ floor_level: null })
  })

  it('holds nested objects whole', () => {
    expect(deviations(v230.Location, { coordinates: { latitude: '52.39056' } }, 'patch')).toEqual([
      'missing /coordinates/longitude mod_locations_geolocation_class error',
    ])
  })

  it('runs a rule over several fields only when it has all of them', () => {
    const tokens = [{ group_id: 'G1' }]
    expect(deviations(v230.Location, { publish_allowed_to: tokens }, 'patch')).toEqual([])
    expect(deviations(v230.Location, { publish: true, publish_allowed_to: tokens }, 'patch')).toEqual([
      'rule_broken /publish_allowed_to LOC-121 warning',
    ])
    expect(deviations(v230.StartSession, { connector_id: '1' }, 'patch')).toEqual([])
  })
})
