import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceSession } from '../price/price-session.js'
import { publish } from '../publish/publish.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { NIGHTS, ZONES } from '../testing/random-session.js'
import { element, energy, parking, tariff, time } from '../testing/tariffs.js'
import type { SessionToPrice } from './session.js'

const QUARTER_MS = 900_000

const text = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`

/** A session of equal periods; how the whole is divided is all that differs between two of the same length. */
const even = (given: {
  readonly startMs: number
  readonly quarters: number
  readonly whPerQuarter: number
  readonly periods: number
  readonly zone: string
}): SessionToPrice => {
  const each = given.quarters / given.periods
  return {
    start_date_time: text(given.startMs),
    end_date_time: text(given.startMs + given.quarters * QUARTER_MS),
    time_zone: given.zone,
    charging_periods: Array.from({ length: given.periods }, (_, index) => ({
      start_date_time: text(given.startMs + index * each * QUARTER_MS),
      dimensions: [
        { type: 'TIME', volume: each / 4 },
        { type: 'ENERGY', volume: (given.whPerQuarter * each) / 1000 },
      ],
    })),
  }
}

const priced = (session: SessionToPrice, of: ocpi230.Tariff, borders: 'cut' | 'given') => {
  const compiled = compileTariffs([of], { policy: { borders } })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession(session, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  return price
}

const total = (...given: Parameters<typeof priced>) => priced(...given).exactTotal
const rounded = (...given: Parameters<typeof priced>) => publish(priced(...given)).total.before_taxes

const clock = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => new Date(quarter * QUARTER_MS).toISOString().slice(11, 16))

/** Restrictions that flip at whole quarters of an hour only, so that periods of a quarter have every border. */
const restrictions = (whPerQuarter: number): fc.Arbitrary<ocpi230.TariffRestrictions> =>
  fc.oneof(
    fc.record({ start_time: clock, end_time: clock }),
    fc.record({ start_time: clock }),
    fc.record({
      end_time: clock,
      day_of_week: fc.constantFrom<ocpi230.DayOfWeek[]>(['SUNDAY', 'WEDNESDAY']),
    }),
    fc.record({ start_date: fc.constantFrom('2026-03-29', '2026-10-25', '2026-06-11', '2026-04-05') }),
    fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 }))
      .map(([from, length]) => ({ min_duration: from * 900, max_duration: (from + length) * 900 })),
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 })).map(([from, length]) => ({
      min_kwh: (from * whPerQuarter) / 1000,
      max_kwh: ((from + length) * whPerQuarter) / 1000,
    })),
  )

const cases = fc.integer({ min: 1, max: 5000 }).chain((whPerQuarter) =>
  fc.record({
    whPerQuarter: fc.constant(whPerQuarter),
    startMs: fc
      .record({ night: fc.constantFrom(...NIGHTS), quarters: fc.integer({ min: -60, max: 10 }) })
      .map(({ night, quarters }) => Date.parse(night) + quarters * QUARTER_MS),
    quarters: fc.integer({ min: 1, max: 120 }),
    zone: fc.constantFrom(...ZONES),
    of: fc
      .array(
        fc.record({
          rule: restrictions(whPerQuarter),
          prices: fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })),
          step: fc.constantFrom(1, 60, 500, 1800),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((elements) =>
        tariff([
          ...elements.map(({ rule, prices: [first, second], step }) =>
            element([energy(first / 100, step, 19), time(second / 100, step, 7)], rule),
          ),
          element([energy(0.35, 1, 19), parking(1)]),
        ]),
      ),
  }),
)

describe('cutting a session where restrictions flip', () => {
  it('makes one long period cost what many small ones cost, in nights of changed clocks as well', () => {
    fc.assert(
      fc.property(cases, ({ of, ...given }) => {
        const long = even({ ...given, periods: 1 })
        const small = even({ ...given, periods: given.quarters })
        expect(total(long, of, 'cut')).toEqual(total(small, of, 'given'))
      }),
      { numRuns: 1500 },
    )
  }, 60_000)

  it('changes nothing where every border is there already', () => {
    fc.assert(
      fc.property(cases, ({ of, ...given }) => {
        const small = even({ ...given, periods: given.quarters })
        expect(total(small, of, 'cut')).toEqual(total(small, of, 'given'))
      }),
      { numRuns: 500 },
    )
  }, 60_000)
})

describe('a window in a night of changed clocks', () => {
  /** Six real hours from local midnight; the window lasts as long as the wall clock shows it. */
  const nights = [
    { zone: 'Europe/Amsterdam', from: '2026-03-28T23:00:00Z', window: ['02:00', '03:00'], hours: 0 },
    { zone: 'Europe/Amsterdam', from: '2026-03-28T23:00:00Z', window: ['01:00', '04:00'], hours: 2 },
    { zone: 'Europe/Amsterdam', from: '2026-10-24T22:00:00Z', window: ['02:00', '03:00'], hours: 2 },
    { zone: 'Europe/Amsterdam', from: '2026-10-24T22:00:00Z', window: ['01:00', '04:00'], hours: 4 },
    { zone: 'Europe/Amsterdam', from: '2026-10-24T22:00:00Z', window: ['02:30', '00:00'], hours: 3 },
    { zone: 'America/New_York', from: '2026-03-08T05:00:00Z', window: ['02:00', '03:00'], hours: 0 },
    { zone: 'America/New_York', from: '2026-03-08T05:00:00Z', window: ['01:00', '04:00'], hours: 2 },
    { zone: 'America/New_York', from: '2026-11-01T04:00:00Z', window: ['01:00', '02:00'], hours: 2 },
    { zone: 'America/New_York', from: '2026-11-01T04:00:00Z', window: ['00:30', '01:30'], hours: 1.5 },
    { zone: 'Australia/Lord_Howe', from: '2026-10-03T13:30:00Z', window: ['02:00', '02:30'], hours: 0 },
    { zone: 'Australia/Lord_Howe', from: '2026-10-03T13:30:00Z', window: ['01:00', '03:00'], hours: 1.5 },
    { zone: 'Australia/Lord_Howe', from: '2026-04-04T13:00:00Z', window: ['01:30', '02:00'], hours: 1 },
    { zone: 'Australia/Lord_Howe', from: '2026-04-04T13:00:00Z', window: ['01:00', '03:00'], hours: 2.5 },
    { zone: 'Africa/Casablanca', from: '2026-02-14T23:00:00Z', window: ['02:00', '03:00'], hours: 2 },
    { zone: 'Africa/Casablanca', from: '2026-03-22T00:00:00Z', window: ['02:00', '03:00'], hours: 0 },
    { zone: 'Africa/Casablanca', from: '2026-03-22T00:00:00Z', window: ['01:00', '04:00'], hours: 2 },
  ] as const

  it.each(nights)('$zone from $from: $window is $hours h', ({ zone, from, window, hours }) => {
    const [start_time, end_time] = window
    const of = tariff([element([time(1)], { start_time, end_time }), element([time(0)])])
    const given = { startMs: Date.parse(from), quarters: 24, whPerQuarter: 100, zone }
    const euros = (periods: number, borders: 'cut' | 'given') =>
      rounded(even({ ...given, periods }), of, borders)
    expect(euros(1, 'cut')).toBe(hours)
    expect(euros(24, 'given')).toBe(hours)
    expect(euros(24, 'cut')).toBe(hours)
  })
})
