import { ocpi230, parseDocument } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cars } from '../cars.js'
import { testLocations } from '../testing/locations.js'
import { afterSlice, isCharging, nextSlice, socPermille, startMetering } from './meter.js'
import { type Connector, powerW } from './power.js'
import { activeProfile, type Limits, limitAt, limitInW, limitStops, readLimits } from './profile.js'

const connectorOf = (location: number): Connector => {
  const connector = testLocations()[location]?.evses?.[0]?.connectors[0]
  if (connector === undefined) throw new Error('no connector')
  return connector
}
const AC = connectorOf(0)
const DC = connectorOf(1)
const START_S = 1_750_000_020

const profile = (unit: 'W' | 'A', periods: readonly (readonly [number, number])[], more: object = {}) => ({
  charging_rate_unit: unit,
  charging_profile_period: periods.map(([start_period, limit]) => ({ start_period, limit })),
  ...more,
})
const limitsOf = (...given: Parameters<typeof profile>): Limits => {
  const limits = readLimits(profile(...given), START_S)
  if (limits === undefined) throw new Error('cannot be followed')
  return limits
}

describe('a charging profile at a charge point', () => {
  it('counts from the start of charging, or from a start of its own, and ends with its duration', () => {
    const relative = limitsOf('A', [
      [0, 16],
      [600, 8.5],
    ])
    expect(limitAt(relative, START_S + 599)).toEqual({ unit: 'A', tenths: 160 })
    expect(limitAt(relative, START_S + 600)).toEqual({ unit: 'A', tenths: 85 })
    expect(limitAt(relative, START_S + 1e7)).toEqual({ unit: 'A', tenths: 85 })
    const start = new Date((START_S + 60) * 1000).toISOString()
    const absolute = limitsOf('W', [[0, 1000.1]], { start_date_time: start, duration: 120 })
    expect([START_S + 59, START_S + 60, START_S + 180].map((atS) => limitAt(absolute, atS)?.tenths)).toEqual([
      undefined,
      10_001,
      undefined,
    ])
    expect(limitStops(absolute)).toEqual([START_S + 60, START_S + 180])
    expect(limitAt(undefined, START_S)).toBeUndefined()
  })

  it.each([
    ['no periods', { charging_rate_unit: 'W', charging_profile_period: [] }],
    ['another unit', profile('W', [[0, 1]], { charging_rate_unit: 'kW' })],
    ['a negative limit', profile('A', [[0, -5]])],
    ['two decimals', profile('A', [[0, 8.15]])],
    ['a start that is none', profile('A', [[0, 8]], { start_date_time: 'soon' })],
  ])('cannot be followed with %s', (_what, given) => {
    expect(readLimits(given, START_S)).toBeUndefined()
  })

  it('limits the sum in W and each phase in A (CP-019)', () => {
    const inA = { unit: 'A', tenths: 160 } as const
    expect(limitInW(inA, AC, 3)).toBe(11_040)
    expect(limitInW(inA, AC, 1)).toBe(3_680)
    expect(limitInW({ unit: 'A', tenths: 85 }, AC, 1)).toBe(1_955)
    expect(limitInW({ unit: 'W', tenths: 36_809 }, AC, 3)).toBe(3_680)
    expect(limitInW(inA, DC, 3)).toBe(DC.max_voltage * 16)
    expect(limitInW(undefined, AC, 3)).toBe(Number.POSITIVE_INFINITY)
  })

  it('shows what will hold, never more than the connector, as a valid document (CP-015, CP-018)', () => {
    const limits = limitsOf(
      'A',
      [
        [0, 99],
        [600, 8.5],
      ],
      { duration: 900 },
    )
    const shown = activeProfile(limits, AC, START_S + 300, 1200)
    expect(shown.charging_profile).toEqual(
      profile(
        'A',
        [
          [0, AC.max_amperage],
          [300, 8.5],
          [600, AC.max_amperage],
        ],
        { duration: 1200 },
      ),
    )
    expect(parseDocument(ocpi230.ActiveChargingProfile, shown, 'whole')).toMatchObject({
      ok: true,
      findings: [],
    })
    expect(activeProfile(undefined, AC, START_S, 600)).toMatchObject({
      charging_profile: { charging_rate_unit: 'W', charging_profile_period: [{ start_period: 0 }] },
    })
  })
})

describe('metering under a limit', () => {
  it('takes no more than the limit and never more than without it; energy is exact (CP-017)', () => {
    const input = fc.record({
      car: fc.constantFrom(...cars),
      connector: fc.constantFrom(AC, DC),
      socPercent: fc.integer({ min: 0, max: 99 }),
    })
    const tenths = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(input, fc.array(tenths, { minLength: 1, maxLength: 4 }), (given, steps) => {
        const limits = limitsOf(
          'A',
          steps.map((tenth, index): [number, number] => [index * 150, tenth / 10]),
        )
        let state = startMetering({ ...given, atS: START_S, targetPercent: 100 })
        let sumWs = 0
        while (state.atS < START_S + 900) {
          const limitW = limitInW(limitAt(limits, state.atS), given.connector, given.car.acPhases)
          const slice = nextSlice(state, START_S + 900, limitStops(limits), limitW)
          expect(slice.powerW).toBeLessThanOrEqual(limitW)
          expect(slice.powerW).toBeLessThanOrEqual(powerW(given.car, given.connector, socPermille(state)))
          expect(Number.isInteger(slice.endWs)).toBe(true)
          const begun = limitStops(limits).filter((stop) => stop > slice.startS && stop < slice.endS)
          expect(begun).toEqual([])
          sumWs += slice.powerW * (slice.endS - slice.startS)
          const wasCharging = isCharging(state)
          const before = state.batteryWs
          state = afterSlice(state, slice)
          if (slice.powerW === 0) expect([state.batteryWs, isCharging(state)]).toEqual([before, wasCharging])
        }
        expect(state.deliveredWs).toBe(sumWs)
      }),
      { numRuns: 60 },
    )
  })
})
