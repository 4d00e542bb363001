import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cars } from '../cars.js'
import { testLocations } from '../testing/locations.js'
import { afterSlice, isCharging, type Metering, nextSlice, type Slice, startMetering } from './meter.js'
import { type Connector, connectorLimitW, currentMa, efficiencyPercent, fits, powerW } from './power.js'

const connectorOf = (location: number): Connector => {
  const connector = testLocations()[location]?.evses?.[0]?.connectors[0]
  if (connector === undefined) throw new Error('no connector')
  return connector
}
const AC = connectorOf(0)
const DC = connectorOf(1)

const run = (start: Metering, minutes: number): { readonly slices: Slice[]; readonly end: Metering } => {
  const slices: Slice[] = []
  let state = start
  const untilS = start.atS + minutes * 60
  while (state.atS < untilS) {
    const slice = nextSlice(state, untilS, [])
    slices.push(slice)
    state = afterSlice(state, slice)
  }
  return { slices, end: state }
}

const charges = fc.record({
  car: fc.constantFrom(...cars),
  connector: fc.constantFrom(AC, DC),
  atS: fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }),
  socPercent: fc.integer({ min: 0, max: 99 }),
  targetPercent: fc.integer({ min: 1, max: 100 }),
})

describe('metering', () => {
  it('is gapless, advances at most a minute at a time and conserves energy', () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 1, max: 400 }), (input, minutes) => {
        const start = startMetering(input)
        const { slices, end } = run(start, minutes)
        let atS = input.atS
        let sumWs = 0
        for (const slice of slices) {
          expect(slice.startS).toBe(atS)
          expect(slice.endS).toBeGreaterThan(slice.startS)
          expect(slice.endS).toBeLessThanOrEqual(Math.floor(slice.startS / 60) * 60 + 60)
          sumWs += slice.powerW * (slice.endS - slice.startS)
          atS = slice.endS
        }
        expect(end.deliveredWs).toBe(sumWs)
        const gainedWs = end.batteryWs - start.batteryWs
        const share = (sumWs * efficiencyPercent(input.connector)) / 100
        expect(gainedWs).toBeLessThanOrEqual(Math.ceil(share) + slices.length)
        // The last second before the target may bring a second's worth too much.
        expect(share - gainedWs).toBeLessThan(230_000 + slices.length)
      }),
      { numRuns: 60 },
    )
  })

  it('never draws more than the connector, the car or its curve allow', () => {
    fc.assert(
      fc.property(charges, (input) => {
        for (const { powerW: drawn } of run(startMetering(input), 240).slices) {
          expect(drawn).toBeLessThanOrEqual(connectorLimitW(input.connector, input.car.acPhases))
          const most =
            input.connector === DC ? Math.max(0, ...input.car.dcCurve.map((p) => p.powerW)) : input.car.acMaxW
          expect(drawn).toBeLessThanOrEqual(most)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('stops asking for power at the target and parks from then on', () => {
    const car = cars.find(({ name }) => name === 'hatchback')
    if (car === undefined) throw new Error('no such car')
    const start = startMetering({ car, connector: DC, atS: 1_700_000_000, socPercent: 60, targetPercent: 80 })
    const { slices, end } = run(start, 120)
    expect(isCharging(end)).toBe(false)
    expect(end.batteryWs).toBe(Math.floor((car.batteryWh * 3600 * 80) / 100))
    const turn = slices.findIndex((slice) => !slice.charging)
    expect(turn).toBeGreaterThan(0)
    expect(slices.slice(turn).every((slice) => !slice.charging && slice.powerW === 0)).toBe(true)
  })
})

describe('power', () => {
  it('follows phases, plugs and curve', () => {
    const one = cars.find(({ acPhases }) => acPhases === 1)
    const three = cars.find(({ acMaxW }) => acMaxW === 22_000)
    const hybrid = cars.find(({ dcStandard }) => dcStandard === undefined)
    if (one === undefined || three === undefined || hybrid === undefined) throw new Error('cars changed')
    expect(powerW(one, AC, 500)).toBe(6_600)
    expect(powerW(three, AC, 500)).toBe(22_000)
    expect(powerW(three, { ...AC, power_type: 'AC_1_PHASE', max_electric_power: undefined }, 500)).toBe(7_360)
    expect(fits(hybrid, DC)).toBe(false)
    expect(powerW(hybrid, DC, 500)).toBe(0)
    expect(powerW(three, DC, 1000)).toBe(0)
  })

  it('gives the current summed over the phases', () => {
    expect(currentMa(AC, 11_040)).toBe(48_000)
  })
})
