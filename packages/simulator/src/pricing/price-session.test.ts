import { describe, expect, it } from 'vitest'
import { grossOf, toPrice } from './amounts.js'
import { compare, fraction, toNumber } from './fraction.js'
import { type PriceOutcome, priceSession } from './price-session.js'
import type { Tariff, TariffElement } from './restrictions.js'
import type { ChargingPeriod } from './segments.js'

type Component = TariffElement['price_components'][number]
type Restrictions = NonNullable<TariffElement['restrictions']>

const component = (type: Component['type'], price: number, step: number, vat?: number): Component => ({
  type,
  price,
  step_size: step,
  ...(vat === undefined ? {} : { vat }),
})
const E = (price: number, step = 1, vat?: number) => component('ENERGY', price, step, vat)
const T = (price: number, step = 1, vat?: number) => component('TIME', price, step, vat)
const P = (price: number, step = 1, vat?: number) => component('PARKING_TIME', price, step, vat)
const F = (price: number, vat?: number) => component('FLAT', price, 1, vat)
const element = (components: Component | Component[], restrictions?: Restrictions): TariffElement => ({
  price_components: [components].flat(),
  ...(restrictions === undefined ? {} : { restrictions }),
})

const tariff = (elements: TariffElement[], extra: Partial<Tariff> = {}): Tariff => ({
  country_code: 'DE',
  party_id: 'SIM',
  id: 'T',
  currency: 'EUR',
  tax_included: 'NO',
  elements,
  last_updated: '2024-01-01T00:00:00Z',
  ...extra,
})

type Part = Partial<Record<ChargingPeriod['dimensions'][number]['type'], number>> & { minutes?: number }

const MONDAY = '2024-06-03T00:00:00Z'
const at = (clock: string, day = MONDAY): number => Date.parse(`${day.slice(0, 10)}T${clock}:00Z`)

/** Periods one after the other; `minutes` is the length, also used as TIME when nothing else is given. */
const price = (
  elements: TariffElement[],
  parts: Part[],
  startMs = at('10:00'),
  extra: Partial<Tariff> = {},
) => outcome(priceSession(inputOf(tariff(elements, extra), parts, startMs)))

const inputOf = (
  one: Tariff,
  parts: Part[],
  startMs: number,
  reservation: 'none' | 'used' | 'expired' = 'used',
) => {
  let ms = startMs
  const periods = parts.map(({ minutes = 30, ...volumes }): ChargingPeriod => {
    const start_date_time = new Date(ms).toISOString()
    ms += minutes * 60_000
    const dimensions = Object.entries(volumes).flatMap(([type, volume]) =>
      isDimension(type) ? [{ type, volume }] : [],
    )
    return { start_date_time, dimensions, tariff_id: 'T' }
  })
  return { tariffs: [one], periods, endDateTime: new Date(ms).toISOString(), timeZone: 'UTC', reservation }
}

const DIMENSIONS = [
  'ENERGY',
  'TIME',
  'PARKING_TIME',
  'RESERVATION_TIME',
  'MIN_CURRENT',
  'MAX_CURRENT',
  'MIN_POWER',
  'MAX_POWER',
] as const
const isDimension = (type: string): type is (typeof DIMENSIONS)[number] =>
  DIMENSIONS.some((known) => known === type)

const outcome = (result: PriceOutcome) => {
  if (result.kind !== 'priced') throw new Error(result.reason)
  const exact = (value: { numerator: bigint; denominator: bigint } | undefined) =>
    value === undefined ? undefined : toNumber(value)
  const published = toPrice(result.total, result.currency)
  return {
    net: exact(result.total.net),
    gross: exact(result.total.gross),
    published: published === undefined ? undefined : [published.before_taxes, grossOf(published)],
    taxes: published?.taxes,
    parkingMin: toNumber(result.billed.parkingS) / 60,
    chargingMin: toNumber(result.billed.chargingS) / 60,
    kwh: toNumber(result.billed.energyWh) / 1000,
    reservation: exact(result.reservation.net),
  }
}

const charge = (minutes: number, kwh?: number): Part => ({
  minutes,
  TIME: minutes / 60,
  ...(kwh === undefined ? {} : { ENERGY: kwh }),
})
const park = (minutes: number): Part => ({ minutes, PARKING_TIME: minutes / 60 })

describe('prices of one component after another', () => {
  const flatEnergyParking = [element(F(0.5, 20)), element(E(0.25, 1, 10)), element(P(2, 900, 20))]
  it.each([
    ['E-08', [element(E(0.25, 1, 10))], [charge(60, 20)], 5, 5.5],
    ['E-09', [element([F(0.5, 20), E(0.25, 1, 10)])], [charge(60, 20)], 5.5, 6.1],
    ['E-10', flatEnergyParking, [charge(60, 20), park(40)], 7, 7.9],
    ['E-01', [element(T(2, 60, 10))], [charge(150)], 5, 5.5],
    ['E-13', [element([T(3, 60, 10), P(5, 300, 20)])], [charge(150), park(42)], 11.25, 12.75],
    ['E-05', [element(F(0))], [charge(60, 20)], 0, 0],
    ['I-3', [element([T(2, 1, 0), E(0.5, 1, 0)])], [charge(60, 10)], 7, 7],
    ['C-3', [element(T(2, 300, 10))], [{ minutes: 118, TIME: 1.973 }], 4, 4.4],
    ['TAR-083', [element(T(2, 60, 10))], [charge(150), park(60)], 5, 5.5],
  ])('%s', (_id, elements, parts, net, gross) => {
    expect(price(elements, parts)).toMatchObject({ net, gross })
  })

  it('E-02 rounds the published total only', () => {
    expect(price([element(T(1.9, 300, 5.2))], [charge(150)])).toMatchObject({ net: 4.75, gross: 4.997 })
    expect(price([element(T(1.9, 300, 5.2))], [charge(150)]).published).toEqual([4.75, 5])
  })

  it('E-03a rounds the sum half up, not the parts (TAR-085)', () => {
    const result = price([element([F(0.5, 20), E(0.25, 100, 10)])], [charge(60, 20.45)])
    expect(result).toMatchObject({ net: 5.625, gross: 6.2375, published: [5.63, 6.24], kwh: 20.5 })
  })

  it('N-1 and N-2: without vat one side stays unknown (TAR-080)', () => {
    expect(price([element(T(2))], [charge(150)], at('10:00'), { currency: 'CAD' })).toMatchObject({
      net: 5,
      gross: undefined,
    })
    const included = price([element(T(2.1))], [charge(150)], at('10:00'), { tax_included: 'YES' })
    expect(included).toMatchObject({ net: undefined, gross: 5.25, published: undefined })
  })

  it('divides the tax out when tax is included and says so per rate', () => {
    const result = price([element(E(0.595, 1, 19))], [charge(60, 10)], at('10:00'), { tax_included: 'YES' })
    expect(result).toMatchObject({ net: 5, gross: 5.95, taxes: [{ percentage: 19, amount: 0.95 }] })
  })
})

describe('limits (TAR-078)', () => {
  const min = { min_price: { before_taxes: 0.5, after_taxes: 0.55 } }
  const max = { max_price: { before_taxes: 10, after_taxes: 11 } }
  const capped = [element([F(0.5, 20), E(0.25, 1, 10)])]
  it.each([
    ['E-12a', [element(E(0.25, 1, 10))], 20, min, 5, 5.5],
    ['E-12b below', [element(E(0.25, 1, 10))], 1.9, min, 0.5, 0.55],
    ['E-12b at the limit', [element(E(0.25, 1, 10))], 2, min, 0.5, 0.55],
    ['E-06a', capped, 50, max, 10, 11],
    ['E-06b', capped, 30, max, 8, 8.85],
    [
      'a limit without gross scales it',
      [element(E(0.25, 1, 10))],
      80,
      { max_price: { before_taxes: 10 } },
      10,
      11,
    ],
  ])('%s', (_id, elements, kwh, extra, net, gross) => {
    expect(price(elements, [charge(60, kwh)], at('10:00'), extra)).toMatchObject({ net, gross })
  })
})

describe('elements switch on and off (TAR-070 to TAR-074)', () => {
  const e04 = [
    element(F(2.5, 15)),
    element(T(1, 900, 20), { max_current: 32 }),
    element(T(2, 600, 20), {
      min_current: 32,
      day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    }),
    element(T(1.25, 600, 20), { min_current: 32, day_of_week: ['SATURDAY', 'SUNDAY'] }),
    element(P(5, 300, 10), {
      start_time: '09:00',
      end_time: '18:00',
      day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    }),
    element(P(6, 300, 10), { start_time: '10:00', end_time: '17:00', day_of_week: ['SATURDAY'] }),
  ]
  it('E-04a bills 165 minutes, not 180 (TAR-076)', () => {
    const result = price(e04, [{ ...charge(165), MIN_CURRENT: 16, MAX_CURRENT: 16 }, park(42)], at('09:30'))
    expect(result).toMatchObject({ net: 9, gross: 10.3, chargingMin: 165, parkingMin: 45 })
  })
  it('E-04b takes the weekend element', () => {
    const saturday = at('13:30', '2024-06-08')
    const result = price(e04, [{ ...charge(114), MIN_CURRENT: 43, MAX_CURRENT: 43 }, park(71)], saturday)
    expect(result).toMatchObject({ net: 12.375, gross: 13.975 })
  })

  const e14 = [
    element([T(1.2, 1800, 0), P(1, 900, 0)], { start_time: '00:00', end_time: '17:00' }),
    element([T(2.4, 900, 0), P(1, 900, 0)], { start_time: '17:00', end_time: '20:00' }),
    element(T(2.4, 900, 0), { start_time: '20:00', end_time: '00:00' }),
  ]
  it('E-14a, E-14b, E-14c: step_size once, at the end, without what is not priced (TAR-075, TAR-077)', () => {
    expect(price(e14, [charge(5), charge(5), park(2)], at('16:55')).net).toBe(0.55)
    expect(price(e14, [charge(25), charge(10)], at('16:35')).net).toBe(1.3)
    expect(price(e14, [charge(12), park(8), park(12)], at('19:40')).net).toBe(0.73)
  })

  it('R-1 by power, upper bound exclusive', () => {
    const elements = [
      element(E(0.2, 1, 20), { max_power: 16 }),
      element(E(0.35, 1, 20), { max_power: 32 }),
      element(E(0.5, 1, 20)),
    ]
    const parts = [charge(10, 1), charge(50, 40), charge(7.5, 0.5)]
    const steps = [6, 48, 4].map((kw, i) => ({ ...parts[i], MIN_POWER: kw, MAX_POWER: kw }))
    expect(price(elements, steps)).toMatchObject({ net: 20.3, gross: 24.36 })
    expect(price(elements, [{ ...charge(60, 1), MIN_POWER: 16, MAX_POWER: 16 }]).net).toBe(0.35)
  })

  it('R-2 by duration, lower bound inclusive', () => {
    const elements = [
      element(E(0, 1, 20), { max_duration: 1800 }),
      element(E(0.25, 1, 20), { max_duration: 3600 }),
      element(E(0.4, 1, 20)),
    ]
    expect(price(elements, [charge(30, 5), charge(10, 1.2)])).toMatchObject({ net: 0.3, gross: 0.36 })
  })

  it('I-1 by current, three steps of ten kWh', () => {
    const elements = [element(E(2, 10_000, 0), { max_current: 20 }), element(E(5, 10_000, 0))]
    const amps = [10, 30, 10].map((a) => ({ ...charge(30, 3), MIN_CURRENT: a, MAX_CURRENT: a }))
    expect(price(elements, amps).net).toBe(29)
  })

  it('a window over midnight holds at 23:00 and 05:00, not at 12:00 (TAR-073)', () => {
    const elements = [element(E(1, 1, 0), { start_time: '22:00', end_time: '06:00' })]
    expect(
      ['23:00', '05:00', '12:00'].map((clock) => price(elements, [charge(30, 1)], at(clock)).net),
    ).toEqual([1, 1, 0])
  })

  it('evaluates times where the location is (TAR-051)', () => {
    const elements = [element(E(1, 1, 0), { start_time: '17:00', end_time: '00:00' })]
    const input = inputOf(tariff(elements), [charge(30, 1)], at('15:30'))
    expect(outcome(priceSession({ ...input, timeZone: 'Europe/Berlin' })).net).toBe(1)
    expect(outcome(priceSession(input)).net).toBe(0)
    expect(priceSession({ ...input, timeZone: undefined }).kind).toBe('unpriced')
  })
})

describe('step_size (TAR-075)', () => {
  it('S-1 and S-4 and I-2 round the parking, leave the charging', () => {
    expect(price([element([T(1, 300), P(1, 300)])], [charge(21), park(7)])).toMatchObject({
      chargingMin: 21,
      parkingMin: 10,
    })
    expect(price([element([T(1, 600, 0), P(2, 600, 0)])], [charge(21), park(16)]).net).toBeCloseTo(
      1.016667,
      6,
    )
    expect(price([element([T(1, 300, 0), P(2, 420, 0)])], [charge(3), park(6)]).net).toBeCloseTo(0.283333, 6)
  })
  it('S-2 and S-3 round the total with the step of the last element', () => {
    const before = { start_time: '00:00', end_time: '17:00' }
    const energy = [element(E(0.2, 500, 0), before), element(E(0.27, 500, 0))]
    expect(price(energy, [charge(30, 4.3), charge(30, 1.1)], at('16:30'))).toMatchObject({
      net: 1.184,
      kwh: 5.5,
    })
    const time = [element(T(5, 600, 0), before), element(T(7, 600, 0))]
    expect(price(time, [charge(6), charge(22)], at('16:54'))).toMatchObject({ net: 3.3, chargingMin: 30 })
  })
  it.each([
    ['U-1', 0.1152, 1, 0.029],
    ['U-2 low', 0.101, 25, 0.03125],
    ['U-2 high', 0.125, 25, 0.03125],
    ['U-3 low', 0.001, 500, 0.125],
    ['U-3 high', 0.5, 500, 0.125],
  ])('%s', (_id, kwh, step, net) => {
    expect(price([element(E(0.25, step, 0))], [charge(10, kwh)]).net).toBe(net)
  })
  it('U-4 bills 10 minutes for 6 and for 8', () => {
    const minutes = [6, 8].map((length) => price([element(T(1, 300, 0))], [charge(length)]).chargingMin)
    expect(minutes).toEqual([10, 10])
  })
  it('reads step 0 as no rounding (TAR-046) and 0.1667 h as ten minutes', () => {
    expect(price([element(E(1, 0, 0))], [charge(10, 1.234)]).net).toBe(1.234)
    expect(price([element(T(6, 300, 0))], [{ minutes: 10, TIME: 0.1667 }]).net).toBe(1)
  })
})

describe('reservations (TAR-081, TAR-082)', () => {
  const reserve = (minutes: number): Part => ({ minutes, RESERVATION_TIME: minutes / 60 })
  const ordinary = [element([F(0.5, 20), E(0.25, 1, 10)])]
  const used = { reservation: 'RESERVATION' } as const
  const expired = { reservation: 'RESERVATION_EXPIRES' } as const
  const e17 = [element(F(4, 20), expired), element(T(2, 600, 20), used), ...ordinary]
  const e18 = [element(T(6, 600, 20), expired), element(T(3, 600, 20), used), ...ordinary]
  it.each([
    ['E-15', [element(T(5, 60, 20), used), ...ordinary], 15, 6.75, 7.6],
    ['E-16', [element([F(2, 20), T(5, 300, 20)], used), ...ordinary], 13, 8.75, 10],
    ['E-17a', e17, 22, 6.5, 7.3],
    ['E-18a', e18, 22, 7, 7.9],
  ])('%s used', (_id, elements, minutes, net, gross) => {
    const input = inputOf(tariff(elements), [reserve(minutes), charge(60, 20)], at('10:00'), 'used')
    expect(outcome(priceSession(input))).toMatchObject({ net, gross })
  })
  it.each([
    ['E-17b', e17, 60, 6, 7.2],
    ['E-18b', e18, 90, 9, 10.8],
    ['E-18b reversed', [...e18].reverse(), 90, 9, 10.8],
  ])('%s expired', (_id, elements, minutes, net, gross) => {
    const input = inputOf(tariff(elements), [reserve(minutes)], at('10:00'), 'expired')
    expect(outcome(priceSession(input))).toMatchObject({ net, gross, reservation: net })
  })
})

it('prices exactly where floating point would not: 0.1 + 0.2 (TAR-050)', () => {
  const result = priceSession(
    inputOf(tariff([element([F(0.1, 0), E(0.2, 1, 0)])]), [charge(60, 1)], at('10:00')),
  )
  if (result.kind !== 'priced' || result.total.net === undefined) throw new Error('not priced')
  expect(compare(result.total.net, fraction(0.3))).toBe(0)
})
