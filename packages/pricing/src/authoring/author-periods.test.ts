import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { type AuthoringFacts, authorPeriods } from './author-periods.js'
import type { MeterReading } from './readings.js'

const ZONE = 'Europe/Berlin'

const authored = (
  tariffs: ocpi230.Tariff | readonly ocpi230.Tariff[],
  readings: readonly MeterReading[],
  facts: AuthoringFacts = { timeZone: ZONE },
) => {
  const compiled = compileTariffs(Array.isArray(tariffs) ? tariffs : [tariffs])
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  return authorPeriods(readings, { ...facts, compiled })
}

const periods = (...given: Parameters<typeof authored>) => {
  const outcome = authored(...given)
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  return outcome
}

const seen = (...given: Parameters<typeof authored>) =>
  periods(...given).charging_periods.map(({ start_date_time, dimensions }) => [
    start_date_time,
    ...dimensions.map(({ type, volume }) => `${type} ${volume}`),
  ])

const starts = (...given: Parameters<typeof authored>) => seen(...given).map(([start]) => start)

/** 10.8 kW for so many minutes: 3 Wh a second. */
const steadily = (start: string, minutes: number, others: Partial<MeterReading> = {}): MeterReading[] => [
  { at: start, wh: 1_000_000, ...others },
  {
    at: new Date(Date.parse(start) + minutes * 60_000).toISOString(),
    wh: 1_000_000 + minutes * 180,
  },
]

describe('authorPeriods begins a period where the price may change (TAR-055, CDR-034)', () => {
  it('at a local time of day', () => {
    const evening = tariff([
      element([energy(0.5)], { start_time: '17:00', end_time: '20:00' }),
      element([energy(0.3)]),
    ])
    expect(seen(evening, steadily('2026-06-03T14:40:20Z', 60))).toEqual([
      ['2026-06-03T14:40:20Z', 'TIME 0.3278', 'ENERGY 3.54'],
      ['2026-06-03T15:00:00Z', 'TIME 0.6722', 'ENERGY 7.26'],
    ])
  })

  it('at local midnight where the weekday changes', () => {
    const sunday = tariff([element([energy(0.2)], { day_of_week: ['SUNDAY'] }), element([energy(0.3)])])
    expect(starts(sunday, steadily('2026-06-07T21:30:00Z', 60))).toEqual([
      '2026-06-07T21:30:00Z',
      '2026-06-07T22:00:00Z',
    ])
  })

  it('where a date begins', () => {
    const year = tariff([element([energy(0.4)], { start_date: '2027-01-01' }), element([energy(0.3)])])
    expect(starts(year, steadily('2026-12-31T22:30:00Z', 60))).toEqual([
      '2026-12-31T22:30:00Z',
      '2026-12-31T23:00:00Z',
    ])
  })

  it('at a duration, to the second', () => {
    const half = tariff([element([time(0)], { max_duration: 1801 }), element([time(3)])])
    expect(starts(half, steadily('2026-06-03T10:00:07Z', 45))).toEqual([
      '2026-06-03T10:00:07Z',
      '2026-06-03T10:30:08Z',
    ])
  })

  it('at an energy, where the register shows exactly that energy (TAR-056)', () => {
    const five = tariff([element([energy(0.3)], { max_kwh: 5 }), element([energy(0.4)])])
    const readings = [
      { at: '2026-06-03T10:00:00Z', kwh: 70.001 },
      { at: '2026-06-03T10:29:00Z', kwh: 77.123 },
    ]
    expect(seen(five, readings)).toEqual([
      ['2026-06-03T10:00:00Z', 'TIME 0.3394', 'ENERGY 5'],
      ['2026-06-03T10:20:22Z', 'TIME 0.1439', 'ENERGY 2.122'],
    ])
  })

  it('where the power told passes a bound, and tells it then', () => {
    const fast = tariff([element([energy(0.6)], { min_power: 50 }), element([energy(0.4)])])
    const readings = [
      { at: '2026-06-03T10:00:00Z', kwh: 0, powerKw: 90 },
      { at: '2026-06-03T10:10:00Z', kwh: 15, powerKw: 60 },
      { at: '2026-06-03T10:20:00Z', kwh: 25, powerKw: 30 },
      { at: '2026-06-03T10:30:00Z', kwh: 30 },
    ]
    expect(seen(fast, readings)).toEqual([
      ['2026-06-03T10:00:00Z', 'TIME 0.3333', 'ENERGY 25', 'MIN_POWER 60', 'MAX_POWER 90'],
      ['2026-06-03T10:20:00Z', 'TIME 0.1667', 'ENERGY 5', 'MIN_POWER 30', 'MAX_POWER 30'],
    ])
  })

  it('where the average power passes a bound when none is told', () => {
    const fast = tariff([element([energy(0.6)], { min_power: 50 }), element([energy(0.4)])])
    const readings = [
      { at: '2026-06-03T10:00:00Z', kwh: 0 },
      { at: '2026-06-03T10:10:00Z', kwh: 15 },
      { at: '2026-06-03T10:20:00Z', kwh: 20 },
    ]
    expect(starts(fast, readings)).toEqual(['2026-06-03T10:00:00Z', '2026-06-03T10:10:00Z'])
  })

  it('where the current told passes a bound', () => {
    const strong = tariff([element([time(2)], { min_current: 32 }), element([time(1)])])
    const readings = [
      { at: '2026-06-03T10:00:00Z', kwh: 0, currentA: 48 },
      { at: '2026-06-03T10:10:00Z', kwh: 1.8, currentA: 16 },
      { at: '2026-06-03T10:20:00Z', kwh: 2.4 },
    ]
    expect(seen(strong, readings)).toEqual([
      ['2026-06-03T10:00:00Z', 'TIME 0.1667', 'ENERGY 1.8', 'MIN_CURRENT 48', 'MAX_CURRENT 48'],
      ['2026-06-03T10:10:00Z', 'TIME 0.1666', 'ENERGY 0.6', 'MIN_CURRENT 16', 'MAX_CURRENT 16'],
    ])
  })

  it('where the tariff of the session changes', () => {
    const both = [tariff([element([energy(0.3)])]), tariff([element([energy(0.5)])], { id: 'FAST' })]
    const facts = { tariffId: 't1', tariffChanges: [{ at: '2026-06-03T10:20:00Z', tariffId: 'FAST' }] }
    const { charging_periods, tariffIds } = periods(both, steadily('2026-06-03T10:00:00Z', 60), facts)
    expect(tariffIds).toEqual(['T1', 'FAST'])
    expect(charging_periods.map(({ tariff_id, dimensions }) => [tariff_id, dimensions[1]?.volume])).toEqual([
      ['T1', 3.6],
      ['FAST', 7.2],
    ])
  })

  it('twice where the clocks go back and a window comes round again', () => {
    const night = tariff([
      element([energy(0.2)], { start_time: '02:00', end_time: '03:00' }),
      element([energy(0.4)]),
    ])
    expect(starts(night, steadily('2026-10-24T23:30:00Z', 180))).toEqual([
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:00:00Z',
      '2026-10-25T02:00:00Z',
    ])
    const hour = tariff([
      element([energy(0.2)], { start_time: '02:15', end_time: '02:45' }),
      element([energy(0.4)]),
    ])
    expect(starts(hour, steadily('2026-10-24T23:30:00Z', 180))).toEqual([
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:15:00Z',
      '2026-10-25T00:45:00Z',
      '2026-10-25T01:15:00Z',
      '2026-10-25T01:45:00Z',
    ])
  })

  it('nowhere else, however many readings there are', () => {
    const readings = Array.from({ length: 61 }, (_, minute) => ({
      at: new Date(Date.parse('2026-06-03T10:00:00Z') + minute * 60_000).toISOString(),
      wh: minute * 180,
    }))
    const unrelated = tariff([
      element([energy(0.4)]),
      element([flat(0)]),
      element([energy(9)], { min_kwh: 3 }),
    ])
    expect(seen(unrelated, readings)).toEqual([['2026-06-03T10:00:00Z', 'TIME 1', 'ENERGY 10.8']])
  })

  it('where an energy is reached that an earlier element asks for, even while another condition of it fails', () => {
    const late = tariff([element([energy(0.9)], { min_kwh: 3, start_time: '20:00' }), element([energy(0.4)])])
    expect(seen(late, steadily('2026-06-03T10:00:00Z', 60)).map(([, , kwh]) => kwh)).toEqual([
      'ENERGY 3',
      'ENERGY 7.8',
    ])
  })

  it('after the longest time a driver is left without news (SES-062)', () => {
    const readings = Array.from({ length: 5 }, (_, index) => ({
      at: new Date(Date.parse('2026-06-03T10:00:00Z') + index * 600_000).toISOString(),
      wh: index * 1800,
    }))
    expect(starts(tariff([element([energy(0.4)])]), readings, { longestPeriodMs: 900_000 })).toEqual([
      '2026-06-03T10:00:00Z',
      '2026-06-03T10:20:00Z',
    ])
  })
})

describe('authorPeriods tells what the car did', () => {
  const plain = tariff([element([energy(0.4), parking(3)])])

  it('as PARKING_TIME only while the car asks for no power (CDR-044)', () => {
    const readings: MeterReading[] = [
      { at: '2026-06-03T10:00:00Z', kwh: 0 },
      { at: '2026-06-03T10:30:00Z', kwh: 5, powerKw: 0 },
      { at: '2026-06-03T10:40:00Z', kwh: 5, requestsPower: false },
      { at: '2026-06-03T11:00:00Z', kwh: 5 },
    ]
    expect(seen(plain, readings)).toEqual([
      ['2026-06-03T10:00:00Z', 'TIME 0.6667', 'ENERGY 5'],
      ['2026-06-03T10:40:00Z', 'PARKING_TIME 0.3333'],
    ])
  })

  it('with the energy of a parked car, so that the register adds up', () => {
    const readings: MeterReading[] = [
      { at: '2026-06-03T10:00:00Z', kwh: 0 },
      { at: '2026-06-03T10:30:00Z', kwh: 5, requestsPower: false },
      { at: '2026-06-03T11:00:00Z', kwh: 5.002 },
    ]
    expect(seen(plain, readings)[1]).toEqual(['2026-06-03T10:30:00Z', 'PARKING_TIME 0.5', 'ENERGY 0.002'])
  })

  it('as RESERVATION_TIME before the first reading, cut by the price of reservations', () => {
    const held = tariff([
      element([time(6)], { reservation: 'RESERVATION', start_time: '12:00', end_time: '18:00' }),
      element([time(3)], { reservation: 'RESERVATION' }),
      element([energy(0.4)]),
    ])
    const facts = { timeZone: ZONE, reservation: { from: '2026-06-03T09:50:00Z' } }
    expect(seen(held, steadily('2026-06-03T10:10:00Z', 10), facts)).toEqual([
      ['2026-06-03T09:50:00Z', 'RESERVATION_TIME 0.1667'],
      ['2026-06-03T10:00:00Z', 'RESERVATION_TIME 0.1666'],
      ['2026-06-03T10:10:00Z', 'TIME 0.1667', 'ENERGY 1.8'],
    ])
  })
})

describe('authorPeriods refuses', () => {
  const plain = tariff([element([energy(0.4)])])
  const codeOf = (...given: Parameters<typeof authored>) => {
    const outcome = authored(...given)
    return outcome.kind === 'refused' ? outcome.code : undefined
  }
  const [first, second] = steadily('2026-06-03T10:00:00Z', 10) as [MeterReading, MeterReading]

  it('readings that make no session', () => {
    expect(codeOf(plain, [])).toBe('readings-unusable')
    expect(codeOf(plain, [first])).toBe('readings-unusable')
    expect(codeOf(plain, [first, { at: second.at }])).toBe('readings-unusable')
    expect(codeOf(plain, [first, { ...second, kwh: 3 }])).toBe('readings-unusable')
    expect(codeOf(plain, [second, first])).toBe('readings-unusable')
    expect(codeOf(plain, [first, { ...second, wh: 3 }])).toBe('readings-unusable')
    expect(codeOf(plain, [first, { ...second, at: 'soon' }])).toBe('time-unreadable')
    expect(codeOf(plain, [first, { ...second, wh: Number.POSITIVE_INFINITY }])).toBe('number-out-of-range')
  })

  it('a tariff that is not there, and none where there are several', () => {
    const both = [plain, tariff([element([energy(0.5)])], { id: 'T2' })]
    expect(codeOf(both, [first, second])).toBe('tariff-unknown')
    expect(codeOf(both, [first, second], { tariffId: 'T3' })).toBe('tariff-unknown')
  })

  it('a time zone nobody knows where local time matters', () => {
    const night = tariff([element([energy(0.4)], { start_time: '22:00' })])
    expect(codeOf(night, [first, second], {})).toBe('time-zone-unknown')
    expect(codeOf(night, [first, second], { timeZone: 'Europe/Nowhere' })).toBe('time-zone-unknown')
  })
})
