import { add, decimal, type ocpi230, subtract, toText } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain } from '../explain/explain.js'
import type { PricingPolicy } from '../policy/policy.js'
import { partPrice, publish, totalPrice } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { writerArbitrary } from '../testing/notation.js'
import {
  policyArbitrary,
  roundingArbitrary,
  sessionArbitrary,
  tariffArbitrary,
} from '../testing/random-session.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { PARTS } from './amounts.js'
import { priceSession, type SessionPrice } from './price-session.js'

const priced = (
  session: SessionToPrice,
  tariffs: readonly ocpi230.Tariff[],
  policy: Partial<PricingPolicy> = {},
): SessionPrice => {
  const compiled = compileTariffs(tariffs, { policy })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession(session, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  return price
}

/** The sum of JSON numbers as they print, in decimal digits. */
const printed = (values: readonly (number | undefined)[]): string | undefined =>
  values.some((value) => value === undefined)
    ? undefined
    : toText(values.reduce((sum, value) => add(sum, decimal(value ?? 0)), decimal(0)))
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')

const anything = fc.record({
  session: sessionArbitrary,
  tariff: tariffArbitrary,
  policy: policyArbitrary,
  rounding: roundingArbitrary,
})

const SIDES = [
  ['net', 'before_taxes'],
  ['gross', 'after_taxes'],
] as const

describe('a price', () => {
  it('is the sum of its lines, exactly and in the digits that are shown', () => {
    fc.assert(
      fc.property(anything, ({ session, tariff, policy, rounding }) => {
        const price = priced(session, [tariff], { ...policy, ...rounding })
        const explained = explain(price, session.time_zone)
        for (const [side, shown] of SIDES) {
          const known = price.lines.every(({ amount }) => amount[side] !== undefined)
          expect(price.subtotal[side] === undefined).toBe(!known)
          if (!known) {
            expect(explained.total[shown]).toBeUndefined()
            continue
          }
          const parts = PARTS.reduce((sum, part) => sum + (price.parts[part][side] ?? 0n), 0n)
          expect(parts).toBe(price.subtotal[side])
          if (rounding.rounding_point !== 'part')
            expect(price.lines.reduce((sum, { amount }) => sum + (amount[side] ?? 0n), 0n)).toBe(parts)
          // A line that does not change this side says nothing of it.
          expect(printed(explained.lines.map((line) => line[shown] ?? 0))).toBe(
            printed([explained.total[shown]]),
          )
        }
        expect(explained.total).toEqual(publish(price).total)
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it('has taxes that are all of the difference between its two sides, and never below nothing', () => {
    fc.assert(
      fc.property(anything, ({ session, tariff, policy, rounding }) => {
        const price = priced(session, [tariff], { ...policy, ...rounding })
        const { total, taxes } = publish(price)
        if (total.before_taxes === undefined || total.after_taxes === undefined) {
          expect(taxes).toEqual([])
          return
        }
        expect(printed([total.before_taxes, ...taxes.map(({ amount }) => amount)])).toBe(
          printed([total.after_taxes]),
        )
        for (const { amount } of taxes) expect(amount).toBeGreaterThanOrEqual(0)
        expect(new Set(taxes.map(({ percentage }) => percentage)).size).toBe(taxes.length)
        const document = totalPrice(publish(price))
        expect(document?.before_taxes).toBe(total.before_taxes)
        for (const part of PARTS) {
          const shown = partPrice(price, part)
          const { after_taxes } = publish(price).parts[part]
          if (shown !== undefined && after_taxes !== undefined)
            expect(printed([shown.before_taxes, ...(shown.taxes ?? []).map(({ amount }) => amount)])).toBe(
              printed([after_taxes]),
            )
        }
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it('does not depend on the order of fields or on how numbers and instants are written', () => {
    fc.assert(
      fc.property(anything, writerArbitrary, ({ session, tariff, policy }, write) => {
        const read: { session: SessionToPrice; tariff: ocpi230.Tariff } = JSON.parse(
          write({ session, tariff }),
        )
        expect(explain(priced(read.session, [read.tariff], policy), session.time_zone)).toEqual(
          explain(priced(session, [tariff], policy), session.time_zone),
        )
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it('does not depend on the order in which periods are listed', () => {
    fc.assert(
      fc.property(anything, fc.infiniteStream(fc.nat()), ({ session, tariff, policy }, keys) => {
        const starts = session.charging_periods.map(({ start_date_time }) => start_date_time)
        fc.pre(new Set(starts).size === starts.length)
        const shuffled = session.charging_periods
          .map((period) => ({ period, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ period }) => period)
        const total = (of: SessionToPrice) => priced(of, [tariff], policy).exactTotal
        expect(total({ ...session, charging_periods: shuffled })).toEqual(total(session))
      }),
      { numRuns: 1000 },
    )
  }, 60_000)
})

/** One element without restrictions: whatever grows, grows within it. */
const oneElement = fc
  .record({
    prices: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 4, maxLength: 4 }),
    steps: fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 3, maxLength: 3 }),
    vat: fc.constantFrom(undefined, 0, 10, 19),
    tax_included: fc.constantFrom('NO' as const, 'YES' as const, 'N/A' as const),
    max: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    min: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  })
  .map(({ prices, steps, vat, tax_included, max, min }) => {
    const [first = 0, second = 0, third = 0, fourth = 0] = prices.map((cents) => cents / 100)
    const [wh = 1, charged = 1, parked = 1] = steps
    return tariff(
      [
        element([
          energy(first, wh, vat),
          time(second, charged, vat),
          parking(third, parked, vat),
          flat(fourth, vat),
        ]),
      ],
      {
        tax_included,
        ...(max === undefined ? {} : { max_price: { before_taxes: max } }),
        ...(min === undefined ? {} : { min_price: { before_taxes: min } }),
      },
    )
  })

interface Grown {
  readonly wh: number
  readonly charged: number
  readonly parked: number
}

const ofTwo = ({ wh, charged, parked }: Grown): SessionToPrice => {
  const at = (seconds: number): string =>
    `${new Date(Date.UTC(2026, 5, 10) + seconds * 1000).toISOString().slice(0, 19)}Z`
  const hours = (seconds: number): number => Math.round((seconds / 3600) * 10_000) / 10_000
  return {
    start_date_time: at(0),
    end_date_time: at(charged + parked),
    charging_periods: [
      {
        start_date_time: at(0),
        dimensions: [
          { type: 'ENERGY', volume: wh / 1000 },
          { type: 'TIME', volume: hours(charged) },
        ],
      },
      {
        start_date_time: at(charged),
        dimensions: [{ type: 'PARKING_TIME', volume: hours(parked) }],
      },
    ],
  }
}

const amount = fc.integer({ min: 0, max: 20_000 })
const more = fc.integer({ min: 0, max: 4000 })

describe('within one element', () => {
  it('a session with more energy or more time never costs less, whatever is rounded up', () => {
    const grown = fc.record({ wh: amount, charged: amount, parked: fc.oneof(amount, fc.constant(0)) })
    const growth = fc.oneof(
      fc.record({ wh: more, charged: fc.constant(0), parked: fc.constant(0) }),
      fc.record({ wh: fc.constant(0), charged: more, parked: fc.constant(0) }),
      fc.record({ wh: fc.constant(0), charged: fc.constant(0), parked: more }),
    )
    fc.assert(
      fc.property(oneElement, grown, growth, (tariff, before, by) => {
        // The first minute of parking moves the rounding from charging to parking (4.7), which may cost less.
        fc.pre(before.parked > 0 || by.parked === 0)
        const after = {
          wh: before.wh + by.wh,
          charged: before.charged + by.charged,
          parked: before.parked + by.parked,
        }
        const [less, greater] = [priced(ofTwo(before), [tariff]), priced(ofTwo(after), [tariff])]
        for (const side of ['net', 'gross'] as const)
          expect((greater.exactTotal[side] ?? 0n) >= (less.exactTotal[side] ?? 0n)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('a period split where nothing changes costs the same', () => {
    fc.assert(
      fc.property(
        oneElement,
        amount,
        fc.array(more, { minLength: 2, maxLength: 6 }),
        (tariff, parked, pieces) => {
          const total = pieces.reduce((sum, piece) => sum + piece, 0)
          const together = ofTwo({ wh: total, charged: total, parked })
          let from = 0
          const split = pieces.map((piece) => {
            const { charging_periods, start_date_time } = ofTwo({ wh: piece, charged: piece, parked: 0 })
            const dimensions = charging_periods[0]?.dimensions ?? []
            const startMs = Date.parse(start_date_time) + from * 1000
            from += piece
            return { start_date_time: `${new Date(startMs).toISOString().slice(0, 19)}Z`, dimensions }
          })
          const charging_periods = [...split, ...together.charging_periods.slice(1)]
          expect(priced({ ...together, charging_periods }, [tariff]).exactTotal).toEqual(
            priced(together, [tariff]).exactTotal,
          )
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('rounding each price is symmetric: a tariff of credits is the exact negative', () => {
    fc.assert(
      fc.property(
        sessionArbitrary,
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(0, 7, 19),
        (of, cents, vat) => {
          const at = (price: number) =>
            publish(priced(of, [tariff([element([energy(price, 1, vat), time(price, 60, vat)])])])).total
          const [paid, credited] = [at(cents / 100), at(-cents / 100)]
          for (const side of ['before_taxes', 'after_taxes'] as const)
            expect(toText(subtract(decimal(0), decimal(credited[side] ?? 0)))).toBe(
              toText(subtract(decimal(paid[side] ?? 0), decimal(0))),
            )
        },
      ),
      { numRuns: 300 },
    )
  })
})
