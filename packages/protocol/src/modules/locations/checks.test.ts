import { describe, expect, it } from 'vitest'
import { exampleLocation } from '../../testing/index.js'
import { parseDocument } from '../../validation/index.js'
import * as v221 from './v221.js'
import * as v230 from './v230.js'

type Versioned = typeof v230.Location | typeof v221.Location | typeof v221.Hours | typeof v221.RegularHours
type Schema = Versioned | typeof v230.PublishTokenType | typeof v230.Parking | typeof v230.EnergyMix

const broken = (schema: Schema, value: unknown) =>
  parseDocument(schema, value, 'whole').findings.map(
    ({ pointer, rule, severity }) => `${pointer} ${rule} ${severity}`,
  )

const location = (changes: object) => ({ ...exampleLocation(), ...changes })
const hours = [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }]

describe('opening hours', () => {
  it('state regular hours exactly when not always open (LOC-114)', () => {
    expect(broken(v221.Hours, { twentyfourseven: true, regular_hours: hours })).toEqual([
      '/regular_hours LOC-114 error',
    ])
    expect(broken(v221.Hours, { twentyfourseven: false })).toEqual(['/regular_hours LOC-114 error'])
    expect(broken(v221.Hours, { twentyfourseven: false, regular_hours: [] })).toEqual([
      '/regular_hours LOC-114 error',
    ])
    expect(broken(v221.Hours, { twentyfourseven: true, regular_hours: [] })).toEqual([])
    expect(broken(v221.Hours, { twentyfourseven: false, regular_hours: hours })).toEqual([])
  })

  it('end after they begin, or at 00:00 for the end of the day (LOC-116)', () => {
    const period = (period_begin: string, period_end: string, weekday = 1) =>
      broken(v221.RegularHours, { weekday, period_begin, period_end })
    expect(period('20:00', '08:00')).toEqual(['/period_end LOC-116 error'])
    expect(period('08:00', '08:00')).toEqual(['/period_end LOC-116 error'])
    expect(period('20:00', '00:00')).toEqual([])
    expect(period('00:00', '00:00')).toEqual([])
    expect(period('00:00', '23:59')).toEqual([])
    expect(period('08:00', '24:00')).toEqual(['/period_end TAR-038 error'])
    expect(period('08:00', '20:00', 0)).toEqual(['/weekday LOC-116 error'])
    expect(period('08:00', '20:00', 8)).toEqual(['/weekday LOC-116 error'])
  })

  it('are located inside the location', () => {
    const opening_times = { twentyfourseven: false, regular_hours: [{ ...hours[0], period_end: '07:00' }] }
    expect(broken(v230.Location, location({ opening_times }))).toEqual([
      '/opening_times/regular_hours/0/period_end LOC-116 error',
    ])
  })
})

describe('publication', () => {
  it('names tokens only when not published (LOC-121)', () => {
    const publish_allowed_to = [{ group_id: 'G1' }]
    expect(broken(v221.Location, location({ publish_allowed_to }))).toEqual([
      '/publish_allowed_to LOC-121 warning',
    ])
    expect(broken(v230.Location, location({ publish: false, publish_allowed_to }))).toEqual([])
    expect(broken(v230.Location, location({ publish_allowed_to: [] }))).toEqual([])
  })

  it('names a token by uid and type, number and issuer, or group (LOC-122)', () => {
    expect(broken(v230.PublishTokenType, {})).toEqual([' LOC-122 error'])
    expect(broken(v230.PublishTokenType, { uid: 'A' })).toEqual(['/type LOC-122 error'])
    expect(broken(v230.PublishTokenType, { visual_number: '1' })).toEqual(['/issuer LOC-122 error'])
    expect(broken(v230.PublishTokenType, { uid: 'A', type: 'RFID' })).toEqual([])
    expect(broken(v230.PublishTokenType, { visual_number: '1', issuer: 'X' })).toEqual([])
    expect(broken(v230.PublishTokenType, { group_id: 'G' })).toEqual([])
  })
})

describe('parking', () => {
  const place = (id: string, changes: object = {}) => ({
    id,
    vehicle_types: ['PERSONAL_VEHICLE'],
    restricted_to_type: false,
    reservation_required: false,
    ...changes,
  })
  const parkedAt = (...ids: readonly string[]) => [
    { ...exampleLocation().evses?.[0], parking: ids.map((parking_id) => ({ parking_id })) },
  ]

  it('has ids that differ, without regard to case (LOC-150)', () => {
    expect(
      broken(v230.Location, location({ parking_places: [place('p1'), place('p2'), place('P1')] })),
    ).toEqual(['/parking_places/2/id LOC-150 error'])
  })

  it('is referred to by ids of the same location (LOC-151)', () => {
    const given = location({ parking_places: [place('P1')], evses: parkedAt('p1', 'P9') })
    expect(broken(v230.Location, given)).toEqual(['/evses/0/parking/1/parking_id LOC-151 warning'])
    expect(broken(v230.Location, location({ evses: parkedAt('P1') }))).toEqual([
      '/evses/0/parking/0/parking_id LOC-151 warning',
    ])
    expect(broken(v221.Location, given)).toEqual([])
  })

  it('should tell sizes where larger vehicles park, and show places for disabled people (LOC-152, LOC-153)', () => {
    expect(broken(v230.Parking, place('P1', { vehicle_types: ['RIGID'] }))).toEqual([' LOC-152 warning'])
    expect(broken(v230.Parking, place('P1', { vehicle_types: ['PERSONAL_VEHICLE', 'MOTORCYCLE'] }))).toEqual(
      [],
    )
    const sized = {
      max_vehicle_weight: 3500,
      max_vehicle_height: 300,
      max_vehicle_length: 700,
      max_vehicle_width: 250,
      parking_space_length: 750,
      parking_space_width: 300,
      dangerous_goods_allowed: false,
    }
    expect(broken(v230.Parking, place('P1', { ...sized, vehicle_types: ['VAN'] }))).toEqual([])
    expect(broken(v230.Parking, place('P1', { ...sized, vehicle_types: ['DISABLED'] }))).toEqual([
      '/images LOC-153 warning',
    ])
  })
})

describe('energy mix', () => {
  it('adds up to 100 percent, exactly (LOC-137)', () => {
    const mix = (...percentages: readonly number[]) =>
      broken(v230.EnergyMix, {
        is_green_energy: true,
        energy_sources: percentages.map((percentage) => ({ source: 'WIND', percentage })),
      })
    expect(mix(99)).toEqual(['/energy_sources LOC-137 warning'])
    expect(mix(33.3, 33.3, 33.4)).toEqual([])
    expect(mix(0.1, 0.2, 99.7)).toEqual([])
    expect(mix()).toEqual([])
  })
})
