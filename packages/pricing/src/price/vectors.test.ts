import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { moneyText } from '../exact/money.js'
import type { PricingPolicy } from '../policy/policy.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { element, energy, flat, parking, session, tariff, time } from '../testing/tariffs.js'
import { priceSession } from './price-session.js'

const ZONE = 'Europe/Amsterdam'
/** A Monday and a Saturday in winter, when local time is an hour ahead. */
const MONDAY = '2026-01-12'
const SATURDAY = '2026-01-17'
const at = (day: string, local: string): string =>
  new Date(Date.parse(`${day}T${local}:00Z`) - 3_600_000).toISOString().replace('.000', '')
const NOON = at(MONDAY, '12:00')

interface Vector {
  readonly id: string
  readonly tariffs: ocpi230.Tariff | readonly ocpi230.Tariff[]
  readonly session: SessionToPrice
  /** Exact figures; the total is rounded to cents besides. */
  readonly net?: string
  readonly gross?: string | null
  readonly exactNet?: string
  readonly exactGross?: string
  readonly policy?: Partial<PricingPolicy>
}

const priced = (vector: Vector) => {
  const tariffs = Array.isArray(vector.tariffs) ? vector.tariffs : [vector.tariffs]
  const compiled = compileTariffs(tariffs, { policy: { ...vector.policy } })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const outcome = priceSession(vector.session, compiled)
  if (outcome.kind === 'refused') throw new Error(outcome.message)
  const text = (value: bigint | undefined, digits: number) =>
    value === undefined ? null : moneyText({ numerator: value, denominator: compiled.denominator }, digits)
  return {
    net: text(outcome.total.net, 2),
    gross: text(outcome.total.gross, 2),
    exactNet: text(outcome.exactTotal.net, 9),
    exactGross: text(outcome.exactTotal.gross, 9),
    outcome,
  }
}

const kwh = (volume: number, minutes = 60) => session(NOON, [{ minutes, kwh: volume }], ZONE)

const flatAndEnergy = [element([flat(0.5, 20)]), element([energy(0.25, 1, 10)])]
const E06 = tariff(flatAndEnergy, {
  max_price: { before_taxes: 10, after_taxes: 11 },
  end_date_time: '2026-06-30T23:59:59Z',
})
const E12 = tariff([element([energy(0.25, 1, 10)])], { min_price: { before_taxes: 0.5, after_taxes: 0.55 } })
const E04 = tariff(
  [
    element([flat(2.5, 15)]),
    element([time(1, 900, 20)], { max_current: 32 }),
    element([time(2, 600, 20)], {
      min_current: 32,
      day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    }),
    element([time(1.25, 600, 20)], { min_current: 32, day_of_week: ['SATURDAY', 'SUNDAY'] }),
    element([parking(5, 300, 10)], {
      start_time: '09:00',
      end_time: '18:00',
      day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    }),
    element([parking(6, 300, 10)], { start_time: '10:00', end_time: '17:00', day_of_week: ['SATURDAY'] }),
  ],
  { type: 'REGULAR' },
)
const E14 = tariff([
  element([time(1.2, 1800), parking(1, 900)], { start_time: '00:00', end_time: '17:00' }),
  element([time(2.4, 900), parking(1, 900)], { start_time: '17:00', end_time: '20:00' }),
  element([time(2.4, 900)], { start_time: '20:00', end_time: '00:00' }),
])
const E15 = tariff([element([time(5, 60, 20)], { reservation: 'RESERVATION' }), ...flatAndEnergy])
const E16 = tariff([
  element([flat(2, 20), time(5, 300, 20)], { reservation: 'RESERVATION' }),
  ...flatAndEnergy,
])
const E17 = tariff([
  element([flat(4, 20)], { reservation: 'RESERVATION_EXPIRES' }),
  element([time(2, 600, 20)], { reservation: 'RESERVATION' }),
  ...flatAndEnergy,
])
const E18 = tariff([
  element([time(6, 600, 20)], { reservation: 'RESERVATION_EXPIRES' }),
  element([time(3, 600, 20)], { reservation: 'RESERVATION' }),
  ...flatAndEnergy,
])
const reserved = (minutes: number, volume: number) =>
  session(
    NOON,
    [
      { minutes, as: 'reserved' },
      { minutes: 60, kwh: volume },
    ],
    ZONE,
  )
const expired = (minutes: number) => session(NOON, [{ minutes, as: 'reserved' }], ZONE)
const power = (kw: number): ocpi230.CdrDimension[] => [
  { type: 'MIN_POWER', volume: kw },
  { type: 'MAX_POWER', volume: kw },
]
const current = (type: 'MIN_CURRENT' | 'MAX_CURRENT', volume: number): ocpi230.CdrDimension[] => [
  { type, volume },
]
const R1 = tariff([
  element([energy(0.2, 1, 20)], { max_power: 16 }),
  element([energy(0.35, 1, 20)], { max_power: 32 }),
  element([energy(0.5, 1, 20)]),
])
const R2 = tariff([
  element([energy(0, 1, 20)], { max_duration: 1800 }),
  element([energy(0.25, 1, 20)], { max_duration: 3600 }),
  element([energy(0.4, 1, 20)]),
])
const evening = [{ end_time: '17:00' }, { start_time: '17:00' }] as const
const S2 = tariff([element([energy(0.2, 500)], evening[0]), element([energy(0.27, 500)], evening[1])])
const S3 = tariff([element([time(5, 600)], evening[0]), element([time(7, 600)], evening[1])])
const E03 = tariff([element([flat(0.5, 20)]), element([energy(0.25, 100, 10)])], { type: 'PROFILE_CHEAP' })

/** Section 5 of the tariff rules; figures of the specification unless it is wrong itself, which the rules say. */
const vectors: readonly Vector[] = [
  { id: 'E-08', tariffs: tariff([element([energy(0.25, 1, 10)])]), session: kwh(20), net: '5', gross: '5.5' },
  { id: 'E-09', tariffs: tariff(flatAndEnergy), session: kwh(20), net: '5.5', gross: '6.1' },
  { id: 'E-12a', tariffs: E12, session: kwh(20), net: '5', gross: '5.5' },
  { id: 'E-12b', tariffs: E12, session: kwh(1.5), net: '0.5', gross: '0.55' },
  { id: 'E-12b at 2 kWh', tariffs: E12, session: kwh(2), net: '0.5', gross: '0.55' },
  {
    id: 'E-10',
    tariffs: tariff([...flatAndEnergy, element([parking(2, 900, 20)])]),
    session: session(
      NOON,
      [
        { minutes: 60, kwh: 20 },
        { minutes: 40, as: 'parking' },
      ],
      ZONE,
    ),
    net: '7',
    gross: '7.9',
  },
  { id: 'E-06a', tariffs: E06, session: kwh(50), net: '10', gross: '11' },
  { id: 'E-06b', tariffs: E06, session: kwh(30), net: '8', gross: '8.85' },
  {
    id: 'E-01',
    tariffs: tariff([element([time(2, 60, 10)])]),
    session: kwh(20, 150),
    net: '5',
    gross: '5.5',
  },
  {
    id: 'N-1',
    tariffs: tariff([element([time(2)])], { currency: 'CAD' }),
    session: kwh(20, 150),
    net: '5',
    gross: null,
  },
  {
    id: 'N-2',
    tariffs: tariff([element([time(2.1)])], { currency: 'CAD', tax_included: 'YES' }),
    session: kwh(20, 150),
    gross: '5.25',
  },
  {
    id: 'E-13',
    tariffs: tariff([element([time(3, 60, 10)]), element([parking(5, 300, 20)])]),
    session: session(NOON, [{ minutes: 150 }, { minutes: 42, as: 'parking' }], ZONE),
    net: '11.25',
    gross: '12.75',
  },
  {
    id: 'E-02',
    tariffs: tariff([element([time(1.9, 300, 5.2)])], { type: 'AD_HOC_PAYMENT' }),
    session: kwh(20, 150),
    net: '4.75',
    gross: '5',
    exactGross: '4.997',
  },
  {
    id: 'E-11 start fee',
    tariffs: tariff([element([flat(0.4, 25)]), element([time(1.9, 300, 5.2)])], { type: 'AD_HOC_PAYMENT' }),
    session: session(NOON, [{ minutes: 0 }], ZONE),
    net: '0.4',
    gross: '0.5',
  },
  {
    id: 'E-03a',
    tariffs: E03,
    session: kwh(20.45),
    net: '5.63',
    gross: '6.24',
    exactNet: '5.625',
    exactGross: '6.2375',
  },
  {
    id: 'E-03b',
    tariffs: tariff([element([flat(0.5, 20)]), element([energy(0.22, 100, 10)])]),
    session: kwh(20.45),
    net: '5.01',
    gross: '5.56',
  },
  {
    id: 'E-04a',
    tariffs: E04,
    session: session(
      at(MONDAY, '09:30'),
      [
        { minutes: 165, kwh: 10, dimensions: current('MAX_CURRENT', 16) },
        { minutes: 42, as: 'parking' },
      ],
      ZONE,
    ),
    net: '9',
    gross: '10.3',
    exactGross: '10.3',
  },
  {
    id: 'E-04b',
    tariffs: E04,
    session: session(
      at(SATURDAY, '13:30'),
      [
        { minutes: 114, kwh: 10, dimensions: current('MIN_CURRENT', 43) },
        { minutes: 71, as: 'parking' },
      ],
      ZONE,
    ),
    exactNet: '12.375',
    exactGross: '13.975',
  },
  { id: 'E-05', tariffs: tariff([element([flat(0)])]), session: kwh(20), net: '0', gross: '0' },
  { id: 'E-15', tariffs: E15, session: reserved(15, 20), net: '6.75', gross: '7.6' },
  { id: 'E-16', tariffs: E16, session: reserved(13, 20), net: '8.75', gross: '10' },
  { id: 'E-17a', tariffs: E17, session: reserved(22, 20), net: '6.5', gross: '7.3' },
  { id: 'E-17b', tariffs: E17, session: expired(60), net: '6', gross: '7.2' },
  { id: 'E-18a', tariffs: E18, session: reserved(22, 20), net: '7', gross: '7.9' },
  { id: 'E-18b', tariffs: E18, session: expired(90), net: '9', gross: '10.8' },
  {
    id: 'E-14a',
    tariffs: E14,
    session: session(
      at(MONDAY, '16:55'),
      [{ minutes: 5 }, { minutes: 5 }, { minutes: 2, as: 'parking' }],
      ZONE,
    ),
    exactNet: '0.55',
  },
  {
    id: 'E-14b',
    tariffs: E14,
    session: session(at(MONDAY, '16:35'), [{ minutes: 25 }, { minutes: 10 }], ZONE),
    exactNet: '1.3',
  },
  {
    id: 'E-14c',
    tariffs: E14,
    session: session(
      at(MONDAY, '19:40'),
      [{ minutes: 12 }, { minutes: 8, as: 'parking' }, { minutes: 12, as: 'parking' }],
      ZONE,
    ),
    exactNet: '0.73',
  },
  {
    id: 'E-14c as those compute it who count what has no price',
    tariffs: E14,
    session: session(
      at(MONDAY, '19:40'),
      [{ minutes: 12 }, { minutes: 8, as: 'parking' }, { minutes: 12, as: 'parking' }],
      ZONE,
    ),
    policy: { step_base: 'all' },
    exactNet: '0.78',
  },
  {
    id: 'R-1',
    tariffs: R1,
    session: session(
      NOON,
      [
        { minutes: 10, kwh: 1, dimensions: power(6) },
        { minutes: 50, kwh: 40, dimensions: power(48) },
        { minutes: 7, kwh: 0.5, dimensions: power(4) },
      ],
      ZONE,
    ),
    net: '20.3',
    gross: '24.36',
  },
  {
    id: 'R-2',
    tariffs: R2,
    session: session(
      NOON,
      [
        { minutes: 30, kwh: 5 },
        { minutes: 10, kwh: 1.2 },
      ],
      ZONE,
    ),
    net: '0.3',
    gross: '0.36',
  },
  {
    id: 'S-1',
    tariffs: tariff([element([time(1, 300), parking(1, 300)])]),
    session: session(NOON, [{ minutes: 21 }, { minutes: 7, as: 'parking' }], ZONE),
    exactNet: '0.516666667',
  },
  {
    id: 'S-2',
    tariffs: S2,
    session: session(
      at(MONDAY, '16:00'),
      [
        { minutes: 60, kwh: 4.3 },
        { minutes: 20, kwh: 1.1 },
      ],
      ZONE,
    ),
    exactNet: '1.184',
  },
  {
    id: 'S-3',
    tariffs: S3,
    session: session(at(MONDAY, '16:54'), [{ minutes: 6 }, { minutes: 22 }], ZONE),
    exactNet: '3.3',
  },
  {
    id: 'S-4',
    tariffs: tariff([element([time(1, 600), parking(2, 600)])]),
    session: session(NOON, [{ minutes: 21 }, { minutes: 16, as: 'parking' }], ZONE),
    exactNet: '1.016666667',
  },
  { id: 'U-1', tariffs: tariff([element([energy(0.25)])]), session: kwh(0.1152), exactNet: '0.029' },
  {
    id: 'U-2 from',
    tariffs: tariff([element([energy(0.25, 25)])]),
    session: kwh(0.101),
    exactNet: '0.03125',
  },
  { id: 'U-2 to', tariffs: tariff([element([energy(0.25, 25)])]), session: kwh(0.125), exactNet: '0.03125' },
  { id: 'U-3 from', tariffs: tariff([element([energy(0.25, 500)])]), session: kwh(0.001), exactNet: '0.125' },
  { id: 'U-3 to', tariffs: tariff([element([energy(0.25, 500)])]), session: kwh(0.5), exactNet: '0.125' },
  { id: 'U-4 6 min', tariffs: tariff([element([time(6, 300)])]), session: kwh(1, 6), exactNet: '1' },
  { id: 'U-4 8 min', tariffs: tariff([element([time(6, 300)])]), session: kwh(1, 8), exactNet: '1' },
  {
    id: 'C-2',
    tariffs: tariff([element([time(2, 300, 10)])]),
    session: {
      start_date_time: '2026-06-29T21:39:09Z',
      end_date_time: '2026-06-29T23:37:32Z',
      charging_periods: [
        {
          start_date_time: '2026-06-29T21:39:09Z',
          dimensions: [
            { type: 'TIME', volume: 1.973 },
            { type: 'ENERGY', volume: 15.342 },
          ],
        },
      ],
    },
    net: '4',
    gross: '4.4',
  },
  {
    id: 'I-1',
    tariffs: tariff([
      element([energy(2, 10_000)], { max_current: 20 }),
      element([energy(5, 10_000)], { min_current: 20 }),
    ]),
    session: session(
      NOON,
      [
        { minutes: 20, kwh: 3, dimensions: current('MAX_CURRENT', 16) },
        { minutes: 10, kwh: 3, dimensions: current('MIN_CURRENT', 32) },
        { minutes: 20, kwh: 3, dimensions: current('MAX_CURRENT', 16) },
      ],
      ZONE,
    ),
    net: '29',
  },
  {
    id: 'I-2',
    tariffs: tariff([element([time(1, 300), parking(2, 420)])]),
    session: session(NOON, [{ minutes: 3 }, { minutes: 6, as: 'parking' }], ZONE),
    exactNet: '0.283333333',
  },
  {
    id: 'I-3',
    tariffs: tariff([element([time(2), energy(0.5)])]),
    session: kwh(10),
    net: '7',
  },
]

describe('the figures of section 5 of the tariff rules', () => {
  it.each(vectors)('$id', (vector) => {
    const found = priced(vector)
    const names = ['net', 'gross', 'exactNet', 'exactGross'] as const
    for (const name of names)
      if (vector[name] !== undefined) expect([name, found[name]]).toEqual([name, vector[name]])
  })
})
