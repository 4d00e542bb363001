import type { ocpi230, VersionId } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { explain } from '../explain/explain.js'
import type { PricingPolicy } from '../policy/policy.js'
import { publish, totalPrice } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { element, energy, flat, parking, session, tariff, time } from '../testing/tariffs.js'
import { priceSession } from './price-session.js'

const ZONE = 'Europe/Amsterdam'
const NOON = '2026-01-12T11:00:00Z'

const priced = (
  of: SessionToPrice,
  tariffs: ocpi230.Tariff | readonly ocpi230.Tariff[],
  options: { policy?: Partial<PricingPolicy>; version?: VersionId } = {},
) => {
  const list: readonly ocpi230.Tariff[] = 'elements' in tariffs ? [tariffs] : tariffs
  const compiled = compileTariffs(list, options)
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession(of, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  return publish(price)
}

const charging = (minutes: number, kwh: number) => session(NOON, [{ minutes, kwh }], ZONE)

describe('each bound of a restriction hit exactly (tariffs 4.4)', () => {
  /** A minute of charging at a local moment of a week in January 2026 (the 12th is a Monday), UTC+1. */
  const at = (local: string) =>
    session(
      `${new Date(Date.parse(`2026-01-${local}Z`) - 3_600_000).toISOString()}`,
      [{ minutes: 1, kwh: 1 }],
      ZONE,
    )
  /** A kWh after so much energy and time. */
  const after = (kwh: number, minutes: number) =>
    session(
      NOON,
      [
        { minutes, kwh },
        { minutes: 1, kwh: 1 },
      ],
      ZONE,
    )
  const told = (type: ocpi230.CdrDimensionType, volume: number) =>
    session(NOON, [{ minutes: 60, kwh: 1, dimensions: [{ type, volume }] }], ZONE)
  const night = { start_time: '22:00', end_time: '06:00' }
  const friday = { ...night, day_of_week: ['FRIDAY' as const] }
  const rows: readonly {
    rule: ocpi230.TariffRestrictions
    when: SessionToPrice
    holds: boolean
    policy?: Partial<PricingPolicy>
  }[] = [
    { rule: { start_time: '17:00', end_time: '20:00' }, when: at('12T17:00:00'), holds: true },
    { rule: { start_time: '17:00', end_time: '20:00' }, when: at('12T16:59:59'), holds: false },
    { rule: { start_time: '17:00', end_time: '20:00' }, when: at('12T20:00:00'), holds: false },
    { rule: { start_time: '17:00', end_time: '20:00' }, when: at('12T19:59:59'), holds: true },
    { rule: night, when: at('12T22:00:00'), holds: true },
    { rule: night, when: at('12T21:59:59'), holds: false },
    { rule: night, when: at('13T00:00:00'), holds: true },
    { rule: night, when: at('13T05:59:59'), holds: true },
    { rule: night, when: at('13T06:00:00'), holds: false },
    { rule: { start_time: '22:00', end_time: '00:00' }, when: at('12T23:59:59'), holds: true },
    { rule: { start_time: '22:00', end_time: '00:00' }, when: at('13T00:00:00'), holds: false },
    { rule: { start_time: '22:00' }, when: at('12T23:59:59'), holds: true },
    { rule: { start_time: '22:00' }, when: at('13T00:00:00'), holds: false },
    { rule: { end_time: '06:00' }, when: at('13T00:00:00'), holds: true },
    { rule: { end_time: '06:00' }, when: at('13T06:00:00'), holds: false },
    { rule: { end_time: '00:00' }, when: at('13T23:59:59'), holds: true },
    { rule: { start_time: '08:00', end_time: '08:00' }, when: at('13T07:59:59'), holds: true },
    { rule: { start_date: '2026-01-13' }, when: at('13T00:00:00'), holds: true },
    { rule: { start_date: '2026-01-13' }, when: at('12T23:59:59'), holds: false },
    { rule: { end_date: '2026-01-13' }, when: at('12T23:59:59'), holds: true },
    { rule: { end_date: '2026-01-13' }, when: at('13T00:00:00'), holds: false },
    {
      rule: { start_date: '2026-01-12', end_date: '2026-01-15', ...night },
      when: at('13T12:00:00'),
      holds: false,
    },
    {
      rule: { start_date: '2026-01-12', end_date: '2026-01-15', ...night },
      when: at('14T23:00:00'),
      holds: true,
    },
    { rule: { day_of_week: ['MONDAY'] }, when: at('12T00:00:00'), holds: true },
    { rule: { day_of_week: ['MONDAY'] }, when: at('12T23:59:59'), holds: true },
    { rule: { day_of_week: ['MONDAY'] }, when: at('13T00:00:00'), holds: false },
    { rule: { day_of_week: [] }, when: at('13T00:00:00'), holds: true },
    { rule: friday, when: at('16T00:30:00'), holds: true },
    { rule: friday, when: at('16T23:30:00'), holds: true },
    { rule: friday, when: at('17T00:30:00'), holds: false },
    { rule: friday, when: at('16T00:30:00'), holds: false, policy: { window_day: 'start' } },
    { rule: friday, when: at('16T23:30:00'), holds: true, policy: { window_day: 'start' } },
    { rule: friday, when: at('17T00:30:00'), holds: true, policy: { window_day: 'start' } },
    {
      rule: { start_date: '2026-01-16', ...night },
      when: at('16T05:00:00'),
      holds: false,
      policy: { window_day: 'start' },
    },
    { rule: { min_kwh: 10 }, when: after(10, 30), holds: true },
    { rule: { min_kwh: 10 }, when: after(9.9999, 30), holds: false },
    { rule: { max_kwh: 10 }, when: after(10, 30), holds: false },
    { rule: { max_kwh: 10 }, when: after(9.9999, 30), holds: true },
    {
      rule: { min_kwh: 0.3 },
      when: session(
        NOON,
        [
          { minutes: 1, kwh: 0.1 },
          { minutes: 1, kwh: 0.2 },
          { minutes: 1, kwh: 1 },
        ],
        ZONE,
      ),
      holds: true,
    },
    { rule: { min_duration: 1800 }, when: after(0, 30), holds: true },
    { rule: { min_duration: 1801 }, when: after(0, 30), holds: false },
    { rule: { max_duration: 1800 }, when: after(0, 30), holds: false },
    { rule: { max_duration: 1801 }, when: after(0, 30), holds: true },
    { rule: { min_current: 16 }, when: told('MIN_CURRENT', 16), holds: true },
    { rule: { min_current: 16 }, when: told('MIN_CURRENT', 15.9), holds: false },
    { rule: { max_current: 16 }, when: told('MAX_CURRENT', 16), holds: false },
    { rule: { max_current: 16 }, when: told('MAX_CURRENT', 15.9), holds: true },
    { rule: { min_power: 16 }, when: told('MIN_POWER', 16), holds: true },
    { rule: { min_power: 16 }, when: told('MIN_POWER', 15.9), holds: false },
    { rule: { max_power: 16 }, when: told('MAX_POWER', 16), holds: false },
    { rule: { max_power: 16 }, when: told('MAX_POWER', 15.9), holds: true },
    { rule: { min_power: 11.1 }, when: charging(20, 3.7), holds: true },
    { rule: { max_power: 11.1 }, when: charging(20, 3.7), holds: false },
    { rule: { max_power: 11.1 }, when: charging(20, 3.6999), holds: true },
    { rule: { min_current: 16 }, when: charging(60, 1), holds: true },
    { rule: { min_current: 16 }, when: charging(60, 1), holds: false, policy: { unknown_power: 'fails' } },
  ]

  it.each(rows.map((row) => ({ ...row, text: JSON.stringify(row.rule), at: row.when.start_date_time })))(
    '$text at $at: $holds',
    ({ rule, when, holds, policy }) => {
      // The price of the restricted element shows in the last kWh alone.
      const ofLast = (price: number) => {
        const of = tariff([element([energy(price)], rule), element([energy(0)])])
        return priced(when, of, { policy: { ...policy } }).total.before_taxes ?? 0
      }
      const before = when.charging_periods.slice(0, -1)
      const lastStart = when.charging_periods.at(-1)?.start_date_time ?? ''
      const earlier =
        before.length === 0
          ? 0
          : (priced(
              { ...when, end_date_time: lastStart, charging_periods: before },
              tariff([element([energy(1)], rule), element([energy(0)])]),
              { policy: { ...policy } },
            ).total.before_taxes ?? 0)
      expect(ofLast(1) - earlier > 0.5).toBe(holds)
    },
  )
})

describe('the vectors the rules ask for besides those of the specification (section 5)', () => {
  const parked = (minutes: number) => ({ minutes, as: 'parking' as const })
  const timed = tariff([element([time(6, 600), parking(12, 600)])])
  const again = session(NOON, [{ minutes: 21 }, parked(16), { minutes: 8 }], ZONE)

  it('charge, park, charge: the last one priced is rounded up', () => {
    // 29 minutes of charging become 30, 16 of parking stay.
    expect(priced(again, timed).total.before_taxes).toBe(6.2)
    expect(priced(again, timed, { policy: { time_step: 'parking' } }).total.before_taxes).toBe(6.9)
    expect(priced(again, timed, { policy: { time_step: 'each' } }).total.before_taxes).toBe(7)
  })

  it('two fees: the first that applies, or each once', () => {
    const fees = tariff([element([flat(1)], { max_duration: 600 }), element([flat(0.3)])])
    const of = session(NOON, [{ minutes: 10 }, { minutes: 10 }, { minutes: 10 }], ZONE)
    expect(priced(of, fees).total.before_taxes).toBe(1)
    expect(priced(of, fees, { policy: { flat: 'each' } }).total.before_taxes).toBe(1.3)
  })

  it('0.1667 h is ten minutes: a step of 300 s does not make it fifteen', () => {
    const of: SessionToPrice = {
      ...charging(30, 1),
      charging_periods: [{ start_date_time: NOON, dimensions: [{ type: 'TIME', volume: 0.1667 }] }],
    }
    expect(priced(of, tariff([element([time(6, 300)])])).total.before_taxes).toBe(1)
  })

  it('a limit without its side after taxes moves that side in proportion, or leaves it', () => {
    const limited = tariff([element([energy(0.5, 1, 20)])], { max_price: { before_taxes: 5 } })
    expect(priced(charging(60, 20), limited).total).toEqual({ before_taxes: 5, after_taxes: 6 })
    expect(priced(charging(60, 20), limited, { policy: { limit_without_gross: 'leave' } }).total).toEqual({
      before_taxes: 5,
      after_taxes: 12,
    })
  })

  it('a limit that only the side after taxes reaches leaves the other', () => {
    const limited = tariff([element([energy(0.5, 1, 20)])], {
      max_price: { before_taxes: 10, after_taxes: 11 },
    })
    const published = priced(charging(60, 19), limited)
    expect(published.total).toEqual({ before_taxes: 9.5, after_taxes: 11 })
    expect(published.taxes).toEqual([{ name: 'VAT', percentage: 20, amount: 1.5 }])
  })

  it('a limit that contradicts itself makes no tax below nothing', () => {
    const most = tariff([element([energy(0.5, 1, 20)])], { max_price: { before_taxes: 100, after_taxes: 5 } })
    expect(priced(charging(60, 20), most)).toMatchObject({ total: { before_taxes: 5, after_taxes: 5 } })
    const least = tariff([element([energy(0.5, 1, 20)])], {
      min_price: { before_taxes: 100, after_taxes: 5 },
    })
    expect(priced(charging(60, 20), least)).toMatchObject({ total: { before_taxes: 100, after_taxes: 100 } })
  })

  it('a maximum below the minimum wins', () => {
    const limits = {
      min_price: { before_taxes: 9, after_taxes: 9 },
      max_price: { before_taxes: 4, after_taxes: 4 },
    }
    expect(priced(charging(60, 1), tariff([element([energy(0.5, 1, 0)])], limits)).total.before_taxes).toBe(4)
  })

  it('an expired reservation alone has no minimum', () => {
    const of = session(NOON, [{ minutes: 30, as: 'reserved' }], ZONE)
    const least = tariff([element([time(2, 1, 0)], { reservation: 'RESERVATION' })], {
      min_price: { before_taxes: 9 },
    })
    expect(priced(of, least).total.before_taxes).toBe(1)
  })

  it('YES with several rates: prices are with tax, each line gives up its own', () => {
    const included = tariff([element([flat(1.19, 19), energy(0.55, 1, 10), time(1.07, 1, 7)])], {
      tax_included: 'YES',
    })
    const published = priced(charging(60, 20), included)
    expect(published.total).toEqual({ before_taxes: 12, after_taxes: 13.26 })
    expect(published.taxes).toEqual([
      { name: 'VAT', percentage: 19, amount: 0.19 },
      { name: 'VAT', percentage: 10, amount: 1 },
      { name: 'VAT', percentage: 7, amount: 0.07 },
    ])
  })

  it('YES with a rate here and none there: what is before taxes is not known, what is after is', () => {
    const included = tariff([element([flat(1.19, 19), energy(0.55)])], { tax_included: 'YES' })
    const published = priced(charging(60, 20), included)
    expect(published.total).toEqual({ after_taxes: 12.19 })
    expect(totalPrice(published)).toBeUndefined()
  })

  it('N/A has no taxes, whatever its components say', () => {
    const untaxed = tariff([element([energy(0.5, 1, 19)])], { tax_included: 'N/A' })
    expect(priced(charging(60, 20), untaxed)).toMatchObject({
      total: { before_taxes: 10, after_taxes: 10 },
      taxes: [],
    })
  })

  it('a component without vat: no tax in 2.2.1, not known in 2.1.1 and 2.3.0', () => {
    const plain = tariff([element([energy(0.5)])])
    const total = (options: Parameters<typeof priced>[2]) => priced(charging(60, 20), plain, options).total
    expect(total({ version: '2.1.1' })).toEqual({ before_taxes: 10 })
    expect(total({ version: '2.2.1' })).toEqual({ before_taxes: 10, after_taxes: 10 })
    expect(total({ version: '2.3.0' })).toEqual({ before_taxes: 10 })
    expect(total({})).toEqual({ before_taxes: 10 })
    expect(total({ version: '2.3.0', policy: { missing_vat: 'none' } })).toEqual(total({ version: '2.2.1' }))
    expect(total({ version: '2.2.1', policy: { missing_vat: 'unknown' } })).toEqual({ before_taxes: 10 })
  })

  it('0 per cent is a tax of its own, no vat is none', () => {
    const of = (vat?: number) =>
      priced(charging(60, 20), tariff([element([energy(0.5, 1, vat)])]), { version: '2.2.1' })
    expect(of(0).taxes).toEqual([{ name: 'VAT', percentage: 0, amount: 0 }])
    expect(of().taxes).toEqual([])
  })

  it('a last component of price 0 takes the difference at price 0', () => {
    const of = session(NOON, [{ minutes: 21 }, parked(7)], ZONE)
    expect(priced(of, tariff([element([time(6, 600), parking(0, 600)])])).total.before_taxes).toBe(2.1)
    expect(priced(of, tariff([element([time(6, 600)])])).total.before_taxes).toBe(3)
  })

  it('a dimension nobody prices costs nothing, and another tariff in mid-session prices its own periods', () => {
    const cheap = tariff([element([energy(0.2, 1000)])], { id: 'CHEAP', type: 'PROFILE_CHEAP' })
    const fast = tariff([element([energy(0.6, 1000)])], { id: 'FAST', type: 'PROFILE_FAST' })
    const of = session(
      NOON,
      [
        { minutes: 30, kwh: 4.3, tariff_id: 'CHEAP' },
        { minutes: 30, kwh: 5.2, tariff_id: 'FAST' },
        parked(30),
        { minutes: 10, kwh: 1, tariff_id: 'GONE' },
      ],
      ZONE,
    )
    // 9.5 kWh are rounded up once, by the tariff in force at the end: 4.3 × 0.20 + 5.7 × 0.60.
    expect(priced(of, [cheap, fast]).total.before_taxes).toBe(4.28)
  })

  it('N/A shows no rate either', () => {
    const compiled = compileTariffs([tariff([element([energy(0.5, 1, 19)])], { tax_included: 'N/A' })])
    if (compiled.kind === 'refused') throw new Error(compiled.message)
    const price = priceSession(charging(60, 20), compiled)
    if (price.kind === 'refused') throw new Error(price.message)
    const [line] = explain(price).lines
    expect(line).toMatchObject({ type: 'ENERGY', price: 0.5, before_taxes: 10, after_taxes: 10 })
    expect(line).not.toHaveProperty('vat')
  })

  it('of two components of one dimension in one element the first counts (TAR-047)', () => {
    const twice = tariff([element([energy(0.2), time(1), energy(0.9), time(9)])])
    expect(priced(charging(60, 10), twice).total.before_taxes).toBe(3)
  })

  it('a period whose power reaches a bound at one end only lies within it by policy (flow_bounds)', () => {
    const of = tariff([element([energy(1)], { min_power: 11, max_power: 50 }), element([energy(0.1)])])
    const told = session(
      NOON,
      [
        {
          minutes: 60,
          kwh: 10,
          dimensions: [
            { type: 'MIN_POWER', volume: 5 },
            { type: 'MAX_POWER', volume: 60 },
          ],
        },
      ],
      ZONE,
    )
    expect(priced(told, of).total.before_taxes).toBe(1)
    expect(priced(told, of, { policy: { flow_bounds: 'any' } }).total.before_taxes).toBe(10)
  })

  it('a price with the noise of floating point is the price that was meant (TAR-050)', () => {
    const noisy = tariff([element([energy(9.995000000000001), time(0.30000000000000004)])])
    const clean = tariff([element([energy(9.995), time(0.3)])])
    expect(priced(charging(60, 10), noisy)).toEqual(priced(charging(60, 10), clean))
  })

  it('C-1 and C-3: the CDR of 2.1.1 has no tax, that of 2.3.0 names it', () => {
    const of: SessionToPrice = {
      start_date_time: '2026-06-29T21:39:09Z',
      end_date_time: '2026-06-29T23:37:32Z',
      charging_periods: [
        { start_date_time: '2026-06-29T21:39:09Z', dimensions: [{ type: 'TIME', volume: 1.973 }] },
      ],
    }
    expect(priced(of, tariff([element([time(2, 300)])]), { version: '2.1.1' }).total).toEqual({
      before_taxes: 4,
    })
    expect(totalPrice(priced(of, tariff([element([time(2, 300, 10)])])))).toEqual({
      before_taxes: 4,
      taxes: [{ name: 'VAT', percentage: 10, amount: 0.4 }],
    })
  })
})

describe('bookings (2.3.0 with its package)', () => {
  const fees = tariff(
    [
      element([flat(2, 0), time(6, 600, 0)], { booking: 'BOOKING' }),
      element([flat(9, 0)], { booking: 'BOOKING_EXPIRES' }),
      element([time(12, 300, 0)], { booking: 'BOOKING_OVERTIME' }),
      element([flat(4, 0)], { booking: 'BOOKING_CANCELLATION_FEES' }),
      element([flat(1, 0), energy(0.5, 1, 0)]),
    ],
    { min_price: { before_taxes: 20 } },
  )
  const unlimited = { ...fees, min_price: undefined }
  const booked = (
    dimensions: readonly ocpi230.CdrDimension[],
    outcome: NonNullable<SessionToPrice['outcome']>,
  ): SessionToPrice => ({
    start_date_time: NOON,
    end_date_time: '2026-01-12T12:00:00Z',
    charging_periods: [{ start_date_time: NOON, dimensions: [...dimensions] }],
    booking_id: 'B1',
    outcome,
  })
  const total = (of: SessionToPrice, under: ocpi230.Tariff = unlimited) =>
    priced(of, under).total.before_taxes

  it('a booking that is used costs its fee and its time beside the charging', () => {
    const of = booked(
      [
        { type: 'RESERVATION_TIME', volume: 0.25 },
        { type: 'TIME', volume: 0.75 },
        { type: 'ENERGY', volume: 10 },
      ],
      'used',
    )
    // 15 minutes become 20: 2 + 2, and 1 + 5.
    expect(total(of)).toBe(10)
    expect(total(of, fees)).toBe(20)
  })

  it('a booking in vain costs what BOOKING_EXPIRES says, and the time by BOOKING where that says nothing', () => {
    const of = booked([{ type: 'RESERVATION_EXPIRES', volume: 0.25 }], 'expired')
    expect(total(of)).toBe(11)
    expect(total(of, fees)).toBe(11)
  })

  it('time beyond the booking has a price of its own', () => {
    const of = booked(
      [
        { type: 'ENERGY', volume: 10 },
        { type: 'RESERVATION_OVERTIME', volume: 0.1 },
      ],
      'used',
    )
    // Six minutes become ten.
    expect(total(of)).toBe(8)
  })

  it('a booking that was cancelled costs its fee and nothing else, the minimum included', () => {
    const of = booked([], 'cancelled')
    expect(total(of)).toBe(4)
    expect(total(of, fees)).toBe(4)
  })
})
