import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain } from '../explain/explain.js'
import { publish } from '../publish/publish.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { hostileSession, hostileTariff } from '../testing/hostile.js'
import { roundingArbitrary } from '../testing/random-session.js'
import { element, energy, flat, session, tariff, time } from '../testing/tariffs.js'
import { priceSession } from './price-session.js'

const CODES = [
  'no-tariff',
  'currencies-differ',
  'time-zone-unknown',
  'time-unreadable',
  'number-out-of-range',
  'too-long',
]

/** Milliseconds of this process alone, so that what else runs on the machine does not count. */
const cpuMs = (run: () => void): number => {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const priced = (tariffs: Parameters<typeof compileTariffs>[0], of: Parameters<typeof priceSession>[0]) => {
  const compiled = compileTariffs(tariffs, { policy: { borders: 'cut' } })
  return compiled.kind === 'refused' ? compiled : priceSession(of, compiled)
}

describe('the engine and documents nobody should send', () => {
  it('refuses with a code of its own or prices; nothing else is ever thrown', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.array(hostileTariff, { maxLength: 2 }),
        hostileSession,
        roundingArbitrary,
        fc.constantFrom('cut' as const, 'given' as const),
        (tariffs, of, rounding, borders) => {
          const compiled = compileTariffs(tariffs, { policy: { ...rounding, borders } })
          const price = compiled.kind === 'refused' ? compiled : priceSession(of, compiled)
          seen.add(price.kind === 'refused' ? price.code : price.kind)
          if (price.kind === 'refused') expect(CODES).toContain(price.code)
          else {
            const { lines, total } = explain(price, of.time_zone)
            for (const number of [
              ...Object.values(publish(price).total),
              ...Object.values(total),
              ...lines.flatMap(({ before_taxes = 0, after_taxes = 0 }) => [before_taxes, after_taxes]),
            ])
              expect(Number.isFinite(number)).toBe(true)
          }
        },
      ),
      { numRuns: Number(process.env.PRICING_RUNS ?? 4000) },
    )
    for (const code of ['priced', 'no-tariff', 'currencies-differ', 'time-unreadable', 'number-out-of-range'])
      expect(seen).toContain(code)
  }, 60_000)

  it('is done in bounded time with thousands of periods and hundreds of elements', () => {
    const elements = Array.from({ length: 300 }, (_, index) =>
      element([energy((300 + index) / 1000, 1, 19), time(1)], { min_kwh: index, start_time: '08:00' }),
    )
    const stretches = Array.from({ length: 5000 }, () => ({ minutes: 1, kwh: 0.13 }))
    const spent = cpuMs(() => {
      expect(
        priced([tariff(elements)], session('2026-06-10T00:00:00Z', stretches, 'Europe/Berlin')).kind,
      ).toBe('priced')
    })
    expect(spent).toBeLessThan(5000)
  })

  it('refuses a session of thousands of years instead of cutting it', () => {
    const years = {
      start_date_time: '0001-01-01T00:00:00Z',
      end_date_time: '9999-01-01T00:00:00Z',
      time_zone: 'Europe/Berlin',
      charging_periods: Array.from({ length: 4000 }, (_, index) => ({
        start_date_time: `${String(index + 2000).padStart(4, '0')}-01-01T00:00:00Z`,
        dimensions: [{ type: 'ENERGY' as const, volume: 1 }],
      })),
    }
    const limited = [tariff([element([energy(0.3)], { start_time: '08:00', end_time: '20:00' })])]
    const spent = cpuMs(() => {
      expect(priced(limited, years)).toMatchObject({ kind: 'refused', code: 'too-long' })
      expect(
        priced(limited, { ...years, charging_periods: years.charging_periods.slice(0, 1) }),
      ).toMatchObject({ kind: 'refused', code: 'too-long' })
    })
    expect(spent).toBeLessThan(2000)
  })

  it('refuses a tariff with more elements or tax rates than any tariff has', () => {
    const spent = cpuMs(() => {
      const many = Array.from({ length: 200_000 }, () => element([flat(1)]))
      expect(compileTariffs([tariff(many)])).toMatchObject({ kind: 'refused', code: 'too-long' })
      const rates = Array.from({ length: 2000 }, (_, index) => element([energy(0.3, 1, index / 1000 + 1)]))
      expect(compileTariffs([tariff(rates, { tax_included: 'YES' })])).toMatchObject({
        kind: 'refused',
        code: 'number-out-of-range',
      })
    })
    expect(spent).toBeLessThan(3000)
  })
})
