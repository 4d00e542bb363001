import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json/json-object.js'
import { lift, lower } from '../../lens/index.js'
import { countryTimeZone, derivedTimeZone } from './time-zone.js'

const AT = '2026-01-01T10:00:00Z'
const owner = { countryCode: 'DE', partyId: 'CPO' }
const location = (change: JsonObject = {}): JsonObject => ({
  country_code: 'DE',
  party_id: 'CPO',
  id: 'L1',
  publish: true,
  address: 'Weg 1',
  city: 'Ort',
  country: 'DEU',
  coordinates: { latitude: '52.52000', longitude: '13.4049549' },
  time_zone: 'Europe/Berlin',
  last_updated: AT,
  ...change,
})
const down = (change: JsonObject = {}) => lower('location', '2.1.1', location(change), 'whole')
const documentOf = (change: JsonObject): JsonObject => {
  const lowered = down(change)
  if (lowered.kind !== 'document') throw new Error(lowered.reason)
  return lowered.document
}
const connector = (change: JsonObject): JsonObject => ({
  id: '1',
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  max_voltage: 230,
  max_amperage: 32,
  last_updated: AT,
  ...change,
})

describe('a location for a partner on 2.1.1', () => {
  it('is withheld when it is not published (locations.md 4.1)', () => {
    expect(down({ publish: false })).toMatchObject({
      kind: 'withheld',
      reason: expect.stringContaining('published'),
    })
  })

  it('has what 2.1.1 requires, and coordinates of six decimals', () => {
    expect(documentOf({})).toMatchObject({
      type: 'UNKNOWN',
      postal_code: '-',
      coordinates: { latitude: '52.520000', longitude: '13.404954' },
    })
    expect(documentOf({ parking_type: 'ON_DRIVEWAY' })).toMatchObject({ type: 'OTHER' })
  })

  it('has an address of 45 characters, cut at a word (TYP-009)', () => {
    const address = 'Straße der Wiedervereinigung zwischen Nord und Süd 123'
    expect(documentOf({ address }).address).toBe('Straße der Wiedervereinigung zwischen Nord…')
  })

  it('loses connectors of new kinds, and EVSEs without any other', () => {
    const evse = (uid: string, ...connectors: JsonObject[]): JsonObject => ({
      uid,
      status: 'AVAILABLE',
      connectors,
      last_updated: AT,
    })
    const evses = [
      evse('E1', connector({ standard: 'CHAOJI' }), connector({ id: '2', power_type: 'AC_2_PHASE' })),
      evse('E2', connector({ standard: 'NEMA_5_20' })),
    ]
    expect(documentOf({ evses }).evses).toMatchObject([
      { uid: 'E1', connectors: [{ id: '2', power_type: 'AC_1_PHASE', voltage: 230 }] },
    ])
  })

  it('names the tariff that the caller picks of several', () => {
    const doc = connector({ tariff_ids: ['A', 'B'] })
    const picked = lower('connector', '2.1.1', doc, 'whole', undefined, { tariffOf: () => 'B' })
    expect(picked).toMatchObject({ document: { tariff_id: 'B' } })
    expect(lower('connector', '2.1.1', doc, 'whole')).toMatchObject({ document: { tariff_id: 'A' } })
  })
})

describe('a location of 2.1.1', () => {
  const sent = {
    id: 'L1',
    type: 'OTHER',
    address: 'Weg 1',
    city: 'Ort',
    postal_code: '10115',
    country: 'DEU',
    coordinates: { latitude: '52.520000', longitude: '13.404954' },
    opening_times: { regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }] },
    last_updated: AT,
  }

  it('is published, says whether it is always open, and gets a time zone (locations.md 4.1)', () => {
    const { document, losses } = lift('location', '2.1.1', sent, 'whole', { owner })
    expect(document).toMatchObject({
      ...{ country_code: 'DE', publish: true, time_zone: 'Europe/Berlin' },
      opening_times: { twentyfourseven: false },
    })
    expect(losses).toContainEqual(expect.objectContaining({ pointer: '/time_zone', severity: 'added' }))
    expect(document).not.toHaveProperty('parking_type')
  })

  it('clears by PATCH what it clears, but for the time zone that newer versions require', () => {
    const up = (patch: JsonObject) => lift('location', '2.1.1', patch, 'patch').document
    expect(up({ type: 'UNKNOWN' })).toEqual({ parking_type: null })
    expect(up({ time_zone: null, name: null })).toEqual({ name: null })
    expect(lift('connector', '2.1.1', { tariff_id: null }, 'patch').document).toEqual({ tariff_ids: null })
  })
})

describe('a time zone nobody stated', () => {
  const at = (country: string, longitude: string) =>
    derivedTimeZone({ country, coordinates: { latitude: '0.000000', longitude } })

  it('is that of the country, else that of the longitude, never silently UTC', () => {
    expect(at('nld', '4.900000')).toBe('Europe/Amsterdam')
    expect(at('USA', '-122.400000')).toBe('Etc/GMT+8')
    expect(at('AUS', '151.200000')).toBe('Etc/GMT-10')
    expect(at('FRA', '55.500000')).toBe('Etc/GMT-4')
    expect(at('ZZZ', '0.000000')).toBe('Etc/GMT')
  })

  it('is not told by a country with several, nor far from home', () => {
    expect(countryTimeZone({ country: 'deu' })).toBe('Europe/Berlin')
    expect(countryTimeZone({ country: 'FRA', coordinates: { longitude: '55.5' } })).toBeUndefined()
    for (const country of ['ESP', 'PRT', 'USA', 'AUS', 'CAN', 'BRA', 'IDN', 'MEX', 'NZL', ''])
      expect(countryTimeZone({ country })).toBeUndefined()
  })

  it('exists for every country in the table', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const zones = letters.flatMap((a) =>
      letters.flatMap((b) => letters.flatMap((c) => countryTimeZone({ country: a + b + c }) ?? [])),
    )
    expect(zones.length).toBeGreaterThan(90)
    expect(zones.filter((timeZone) => new Intl.DateTimeFormat('en', { timeZone }) === undefined)).toEqual([])
  })
})
