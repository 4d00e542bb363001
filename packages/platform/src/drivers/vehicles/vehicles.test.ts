import { describe, expect, it } from 'vitest'
import { plannedVehicle, plannedVehicleAt } from './planned-vehicle.js'
import { fitsVehicle } from './plugs.js'
import { describeVehicle } from './vehicle.rules.js'
import { vehicleModel, vehicleModels } from './vehicle-models.js'

const midSize = vehicleModel('mid-size')
const cityCar = vehicleModel('city-car')
if (midSize === undefined || cityCar === undefined) throw new Error('the catalogue lacks a class')

describe('the catalogue', () => {
  it.each(vehicleModels)('$id is a car that may be stored', ({ id, name }) => {
    expect(describeVehicle({ model: id, name: name ?? 'My car' })).toMatchObject({ kind: 'done' })
  })

  it('names every model once', () => {
    expect(new Set(vehicleModels.map(({ id }) => id)).size).toBe(vehicleModels.length)
  })

  it('has no curve that asks for more than the car takes', () => {
    const over = vehicleModels.filter(({ curve, maxDcKw }) =>
      curve.some(({ kw }) => Number(kw) > Number(maxDcKw)),
    )
    expect(over).toEqual([])
  })
})

describe('a planned car', () => {
  it('has the figures as numbers', () => {
    expect(plannedVehicle(midSize)).toMatchObject({ batteryKwh: 58, maxAcKw: 11, maxDcKw: 118 })
  })

  it('leaves out what the car cannot do', () => {
    expect(plannedVehicle({ ...midSize, maxDcKw: null, curve: [] })).toEqual({ batteryKwh: 58, maxAcKw: 11 })
  })

  it('with one phase gets a third of a connector with three', () => {
    const at = plannedVehicleAt(cityCar, { powerType: 'AC_3_PHASE', maxPowerKw: 11 })
    expect(at.maxAcKw).toBeCloseTo(3.667, 3)
  })

  it.each([
    [cityCar, 'AC_3_PHASE', 22, 6.6],
    [cityCar, 'AC_1_PHASE', 3.7, 6.6],
    [midSize, 'AC_3_PHASE', 22, 11],
    [midSize, 'DC', 50, 11],
  ] as const)('is otherwise limited by itself only', (car, powerType, maxPowerKw, maxAcKw) => {
    expect(plannedVehicleAt(car, { powerType, maxPowerKw }).maxAcKw).toBe(maxAcKw)
  })
})

describe('plugs', () => {
  it.each([
    ['type2', 'IEC_62196_T2', 'IEC_62196_T2_COMBO'],
    ['ccs', 'IEC_62196_T2_COMBO', 'IEC_62196_T1_COMBO'],
    ['schuko', 'DOMESTIC_F', 'DOMESTIC_G'],
    ['schuko', 'DOMESTIC_E', 'DOMESTIC_I'],
    ['cee', 'IEC_60309_2_single_16', 'NEMA_5_20'],
    ['type3', 'IEC_62196_T3A', 'PANTOGRAPH_TOP_DOWN'],
  ] as const)('of %s go into %s and not into %s', (plug, standard, other) => {
    const car = { plugs: [plug] }
    expect([fitsVehicle(car, { standard }), fitsVehicle(car, { standard: other })]).toEqual([true, false])
  })
})

describe('a car that a driver describes', () => {
  const own = { name: 'Blitz', batteryKwh: '40', maxAcKw: '11', maxDcKw: null, plugs: ['type2'] } as const

  it('has its own figures', () => {
    expect(describeVehicle({ ...own, acPhases: 3 })).toEqual({
      kind: 'done',
      value: { ...own, acPhases: 3, model: null, curve: [] },
    })
  })

  it('has those of its model where none are given', () => {
    expect(describeVehicle({ model: 'vw-id-3', batteryKwh: '55' })).toMatchObject({
      value: { name: 'Volkswagen ID.3 Pro', model: 'vw-id-3', batteryKwh: '55', maxAcKw: '11' },
    })
  })

  it.each([
    ['There is no model "delorean"', { model: 'delorean' }],
    ['needs a name', { model: 'mid-size' }],
    ['needs battery_kwh', { name: 'Blitz' }],
    ['at least 1 kWh', { ...own, batteryKwh: '0.2' }],
    ['AC or DC', { ...own, maxAcKw: null }],
    ['at least 0.5 kW', { ...own, maxAcKw: '0' }],
    ['named once', { ...own, plugs: ['ccs', 'ccs'] }],
    ['at least 0.1 kW', { ...own, curve: [{ percent: 0, kw: '0' }] }],
    [
      'rise in percent',
      {
        ...own,
        curve: [
          { percent: 50, kw: '9' },
          { percent: 50, kw: '8' },
        ],
      },
    ],
  ] as const)('is refused: %s', (words, wanted) => {
    const answer = describeVehicle(wanted)
    expect(answer).toMatchObject({ kind: 'problem', status: 422, detail: expect.stringContaining(words) })
  })
})
