import { describe, expect, it } from 'vitest'
import { vehicleModel } from '../vehicles/vehicle-models.js'
import { readWish } from './wish.rules.js'

const NOW = Date.parse('2026-11-22T12:00:40Z')
const compact = vehicleModel('compact')
const car = compact === undefined ? {} : { vehicle: compact }
const wishOf = (asked: Parameters<typeof readWish>[0]) => {
  const read = readWish(asked, NOW)
  return read.kind === 'wish' ? read.wish : read.detail
}

describe('a wish', () => {
  it('of nothing is the usual energy from this minute on', () => {
    expect(wishOf({})).toEqual({
      start: '2026-11-22T12:00:00.000Z',
      energy: { kwh: 20 },
      parkedMinutes: 0,
      vehicle: undefined,
    })
  })

  it('with a car begins at a state of charge that leaves room for the energy', () => {
    expect(wishOf({ ...car, energyKwh: 10 })).toMatchObject({ energy: { kwh: 10, fromPercent: 20 } })
    const battery = Number(compact?.batteryKwh)
    expect(wishOf({ ...car, energyKwh: battery })).toMatchObject({ energy: { kwh: battery, fromPercent: 0 } })
    expect(wishOf({ ...car, energyKwh: battery * 2 })).toMatchObject({ energy: { kwh: battery * 2 } })
  })

  it.each([
    [{ start: '2026-11-22T11:00:00Z' }, 'start lies in the past.'],
    [{ start: '2027-11-22T11:00:00Z' }, 'start lies more than 31 days ahead.'],
    [{ energyKwh: 10, toPercent: 80 }, 'Ask for energy_kwh or for to_percent, not for both.'],
    [{ fromPercent: 80, toPercent: 80 }, 'to_percent lies above from_percent.'],
  ])('%j is none', (asked, detail) => {
    expect(wishOf(asked)).toBe(detail)
  })
})
