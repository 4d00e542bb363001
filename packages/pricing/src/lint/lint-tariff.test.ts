import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tariff } from '../../../protocol/src/modules/tariffs/v230.js'
import { arbitraryOf } from '../../../protocol/src/testing/index.js'
import { arbitraryTariff } from '../testing/arbitrary-tariffs.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import type { LintContext, LintSeverity } from './finding.js'
import { LINT_RULES, lintTariff } from './lint-tariff.js'
import { RULE_PACK_IDS, RULE_PACKS } from './packs/index.js'

type Given = Parameters<typeof tariff>

interface Row {
  readonly code: string
  readonly says: string
  readonly tariff: Given
  readonly context?: LintContext
  readonly at: readonly string[]
  readonly severity: LintSeverity
  /** The same tariff put right has no such finding. */
  readonly better: Given
}

const NOW = Date.parse('2026-06-01T00:00:00Z')
const plain: Given = [[element([energy(0.5, 1, 19)])]]
const nights = { start_time: '22:00', end_time: '06:00' }
const limits = (before_taxes: number, after_taxes?: number) => ({
  before_taxes,
  ...(after_taxes === undefined ? {} : { after_taxes }),
})

/** What a document of the wire may hold and its type does not. */
const stray = (names: object): Given => [[{ ...element([energy(0.5, 1, 19)]), ...names }]]

const restricted = (restrictions: ocpi230.TariffRestrictions): Given => [
  [element([energy(0.4, 1, 19)], restrictions), element([energy(0.5, 1, 19)])],
]

const rows: readonly Row[] = [
  {
    code: 'unreachable-component',
    says: 'an element after one without restrictions is never reached (TAR-031)',
    tariff: [[element([energy(0.5)]), element([energy(0.3)], nights)]],
    at: ['/elements/1/price_components/0'],
    severity: 'warning',
    better: [[element([energy(0.3)], nights), element([energy(0.5)])]],
  },
  {
    code: 'unreachable-component',
    says: 'several elements together can leave nothing for a later one (TAR-031)',
    tariff: [
      [
        element([energy(0.3)], { end_time: '12:00' }),
        element([energy(0.4)], { start_time: '12:00' }),
        element([energy(0.5)], { day_of_week: ['SUNDAY'] }),
      ],
    ],
    at: ['/elements/2/price_components/0'],
    severity: 'warning',
    better: [
      [
        element([energy(0.5)], { day_of_week: ['SUNDAY'] }),
        element([energy(0.3)], { end_time: '12:00' }),
        element([energy(0.4)], { start_time: '12:00' }),
      ],
    ],
  },
  {
    code: 'gap-without-fallback',
    says: 'energy that has a price at some times only costs nothing at others (TAR-033)',
    tariff: [[element([energy(0.3)], nights)]],
    at: ['/elements/0'],
    severity: 'warning',
    better: [[element([energy(0.3)], nights), element([energy(0.5)])]],
  },
  {
    code: 'gap-without-fallback',
    says: 'parking that costs nothing at night is only a hint (TAR-033)',
    tariff: [[element([energy(0.3)]), element([parking(6)], { start_time: '08:00', end_time: '20:00' })]],
    at: ['/elements/1'],
    severity: 'hint',
    better: [[element([energy(0.3)]), element([parking(6)])]],
  },
  {
    code: 'overlapping-elements',
    says: 'windows that overlap leave the order to decide (TAR-074)',
    tariff: [
      [
        element([energy(0.3)], { start_time: '08:00', end_time: '18:00' }),
        element([energy(0.4)], { start_time: '17:00', end_time: '22:00' }),
        element([energy(0.5)]),
      ],
    ],
    at: ['/elements/1/price_components/0'],
    severity: 'hint',
    better: [
      [
        element([energy(0.3)], { max_power: 16 }),
        element([energy(0.4)], { max_power: 32 }),
        element([energy(0.5)]),
      ],
    ],
  },
  {
    code: 'large-step-size',
    says: 'steps above 60 s or 1000 Wh surprise drivers (TAR-045)',
    tariff: [[element([energy(0.5, 1001), time(6, 61), flat(1)])]],
    at: ['/elements/0/price_components/0/step_size', '/elements/0/price_components/1/step_size'],
    severity: 'warning',
    better: [[element([energy(0.5, 1000), time(6, 60), flat(1)])]],
  },
  {
    code: 'step-size-zero',
    says: 'a step of 0 is read as 1 (TAR-046)',
    tariff: [[element([energy(0.5, 0)])]],
    at: ['/elements/0/price_components/0/step_size'],
    severity: 'hint',
    better: plain,
  },
  {
    code: 'mixed-currencies',
    says: 'tariffs beside each other have one currency (TAR-086)',
    tariff: plain,
    context: { others: [tariff([element([energy(0.5)])], { currency: 'CHF' })] },
    at: ['/currency'],
    severity: 'error',
    better: [[element([energy(0.5)])], { currency: 'CHF' }],
  },
  {
    code: 'minimum-above-maximum',
    says: 'the minimum is not above the maximum, on either side (TAR-078)',
    tariff: [[element([energy(0.5)])], { min_price: limits(5, 7), max_price: limits(5, 6) }],
    at: ['/min_price/after_taxes'],
    severity: 'error',
    better: [[element([energy(0.5)])], { min_price: limits(5, 6), max_price: limits(5, 6) }],
  },
  {
    code: 'restriction-never-holds',
    says: 'upper bounds are exclusive, so equal bounds never hold (TAR-072)',
    tariff: restricted({ min_kwh: 10, max_kwh: 10, min_duration: 60, max_duration: 30 }),
    at: ['/elements/0/restrictions/max_kwh', '/elements/0/restrictions/max_duration'],
    severity: 'error',
    better: restricted({ min_kwh: 10, max_kwh: 10.1, min_duration: 30, max_duration: 60 }),
  },
  {
    code: 'restriction-never-holds',
    says: 'end_date is exclusive, so one day needs the day after (TAR-072)',
    tariff: restricted({ start_date: '2026-03-01', end_date: '2026-03-01' }),
    at: ['/elements/0/restrictions/end_date'],
    severity: 'error',
    better: restricted({ start_date: '2026-03-01', end_date: '2026-03-02' }),
  },
  {
    code: 'restriction-never-holds',
    says: 'weekdays have to lie between the dates (TAR-070)',
    tariff: restricted({ start_date: '2026-03-07', end_date: '2026-03-09', day_of_week: ['MONDAY'] }),
    at: ['/elements/0/restrictions/day_of_week'],
    severity: 'error',
    better: restricted({ start_date: '2026-03-07', end_date: '2026-03-09', day_of_week: ['SUNDAY'] }),
  },
  {
    code: 'restriction-never-holds',
    says: 'dates have to lie in the time of the tariff (TAR-070)',
    tariff: [restricted({ end_date: '2025-12-01' })[0], { start_date_time: '2026-01-01T00:00:00Z' }],
    at: ['/elements/0/restrictions/end_date'],
    severity: 'error',
    better: [restricted({ end_date: '2026-12-01' })[0], { start_date_time: '2026-01-01T00:00:00Z' }],
  },
  {
    code: 'restriction-never-holds',
    says: 'nothing is below 0 (TAR-072)',
    tariff: restricted({ max_power: 0 }),
    at: ['/elements/0/restrictions/max_power'],
    severity: 'error',
    better: restricted({ max_power: 22 }),
  },
  {
    code: 'empty-restriction',
    says: 'restrictions without a restriction say nothing',
    tariff: [[element([energy(0.5)], {})]],
    at: ['/elements/0/restrictions'],
    severity: 'hint',
    better: plain,
  },
  {
    code: 'empty-restriction',
    says: 'a list without weekdays means any day',
    tariff: restricted({ day_of_week: [], max_kwh: 5 }),
    at: ['/elements/0/restrictions/day_of_week'],
    severity: 'hint',
    better: restricted({ max_kwh: 5 }),
  },
  {
    code: 'window-past-midnight-with-days',
    says: 'Friday 22:00 to 06:00 means Friday morning, not Saturday (tariffs 4.4)',
    tariff: restricted({ ...nights, day_of_week: ['FRIDAY'] }),
    at: ['/elements/0/restrictions/day_of_week'],
    severity: 'warning',
    better: restricted({ start_time: '22:00', end_time: '00:00', day_of_week: ['FRIDAY'] }),
  },
  {
    code: 'minute-before-midnight',
    says: 'end_time 23:59 leaves a minute out (T-15)',
    tariff: restricted({ start_time: '18:00', end_time: '23:59' }),
    at: ['/elements/0/restrictions/end_time'],
    severity: 'warning',
    better: restricted({ start_time: '18:00', end_time: '00:00' }),
  },
  {
    code: 'whole-day-window',
    says: 'a window that ends when it starts is not defined (tariffs 4.4)',
    tariff: restricted({ start_time: '08:00', end_time: '08:00' }),
    at: ['/elements/0/restrictions/end_time'],
    severity: 'warning',
    better: restricted({ start_time: '08:00', end_time: '09:00' }),
  },
  {
    code: 'duration-counts-from-start',
    says: 'min_duration counts from the start, not from the end of charging (T-05)',
    tariff: [[element([energy(0.5)]), element([parking(6)], { min_duration: 3600 })]],
    at: ['/elements/1/restrictions/min_duration'],
    severity: 'hint',
    better: [[element([energy(0.5)]), element([parking(6)])]],
  },
  {
    code: 'validity',
    says: 'a tariff that is over is said to be (TAR-051)',
    tariff: [plain[0], { end_date_time: '2026-05-31T22:00:00Z' }],
    context: { nowMs: NOW },
    at: ['/end_date_time'],
    severity: 'warning',
    better: [plain[0], { end_date_time: '2026-12-31T22:00:00Z' }],
  },
  {
    code: 'validity',
    says: 'a tariff that is not yet valid is a hint (TAR-051)',
    tariff: [plain[0], { start_date_time: '2026-07-01T00:00:00Z' }],
    context: { nowMs: NOW },
    at: ['/start_date_time'],
    severity: 'hint',
    better: plain,
  },
  {
    code: 'validity',
    says: 'a tariff that ends before it starts is never valid',
    tariff: [plain[0], { start_date_time: '2026-07-01T00:00:00Z', end_date_time: '2026-06-01T00:00:00Z' }],
    at: ['/end_date_time'],
    severity: 'error',
    better: plain,
  },
  {
    code: 'near-miss-field',
    says: 'restriction is not restrictions, and the price loses them (T-29)',
    tariff: stray({ restriction: { max_kwh: 5 } }),
    at: ['/elements/0/restriction'],
    severity: 'warning',
    better: stray({ acme_display: 'blue' }),
  },
  {
    code: 'near-miss-field',
    says: 'dayOfWeek is not day_of_week, nor max_kw max_kwh (T-29)',
    tariff: stray({ restrictions: { dayOfWeek: ['MONDAY'], max_kw: 5 } }),
    at: ['/elements/0/restrictions/dayOfWeek', '/elements/0/restrictions/max_kw'],
    severity: 'warning',
    better: stray({ restrictions: { day_of_week: ['MONDAY'], max_kwh: 5 } }),
  },
  {
    code: 'near-miss-field',
    says: 'start_datetime is not start_date_time (T-21)',
    tariff: [plain[0], Object.fromEntries([['start_datetime', '2026-01-01T00:00:00Z']])],
    at: ['/start_datetime'],
    severity: 'warning',
    better: plain,
  },
  {
    code: 'repeated-dimension',
    says: 'of two components of a dimension only the first counts (TAR-047)',
    tariff: [[element([energy(0.5), time(1), energy(0.3)])]],
    at: ['/elements/0/price_components/2'],
    severity: 'warning',
    better: [[element([energy(0.5), time(1)])]],
  },
  {
    code: 'reservation-dimension',
    says: 'reservations have no energy (TAR-040)',
    tariff: [[element([energy(0.5), flat(1)], { reservation: 'RESERVATION' })]],
    at: ['/elements/0/price_components/0/type'],
    severity: 'error',
    better: [[element([time(5), flat(1)], { reservation: 'RESERVATION' })]],
  },
  {
    code: 'vat-without-tax',
    says: 'a rate says nothing where no tax applies (TAR-044)',
    tariff: [plain[0], { tax_included: 'N/A' }],
    at: ['/elements/0/price_components/0/vat'],
    severity: 'warning',
    better: [[element([energy(0.5)])], { tax_included: 'N/A' }],
  },
  {
    code: 'tax-unknown',
    says: 'without vat no price with tax can be shown (T-09)',
    tariff: [[element([energy(0.5)])]],
    at: ['/elements/0/price_components/0'],
    severity: 'hint',
    better: plain,
  },
  {
    code: 'limit-without-tax',
    says: 'a limit says what it is after taxes (tariffs 4.9)',
    tariff: [plain[0], { max_price: limits(20) }],
    at: ['/max_price'],
    severity: 'warning',
    better: [plain[0], { max_price: limits(20, 23.8) }],
  },
  {
    code: 'limit-sides-swapped',
    says: 'a limit after taxes is not below the one before (T-13)',
    tariff: [plain[0], { max_price: limits(23.8, 20) }],
    at: ['/max_price/after_taxes'],
    severity: 'warning',
    better: [plain[0], { max_price: limits(20, 23.8) }],
  },
  {
    code: 'price-looks-per-minute',
    says: 'prices of time are per hour (T-01)',
    tariff: [[element([energy(0.5)]), element([parking(0.1)])]],
    at: ['/elements/1/price_components/0/price'],
    severity: 'hint',
    better: [[element([energy(0.5)]), element([parking(6)])]],
  },
  {
    code: 'price-looks-in-cents',
    says: 'prices are not in cents',
    tariff: [[element([energy(49)])]],
    at: ['/elements/0/price_components/0/price'],
    severity: 'hint',
    better: [[element([energy(0.49)])]],
  },
  {
    code: 'free-form',
    says: 'free of charge is one FLAT component of 0 (TAR-034)',
    tariff: [[element([energy(0)])]],
    at: ['/elements'],
    severity: 'warning',
    better: [[element([flat(0)])]],
  },
  {
    code: 'free-form',
    says: 'a free tariff has no minimum',
    tariff: [[element([flat(0)])], { min_price: limits(1) }],
    at: ['/min_price'],
    severity: 'warning',
    better: [[element([flat(0)])]],
  },
  {
    code: 'not-priceable',
    says: 'a price that no currency has cannot be priced (TAR-050)',
    tariff: [[element([energy(2e12, 1, 19)])]],
    at: [''],
    severity: 'error',
    better: [[element([energy(0.1235, 1, 19)])]],
  },
  {
    code: 'date-not-in-calendar',
    says: 'dates are those of the calendar (TAR-039)',
    tariff: restricted({ start_date: '2026-02-31' }),
    at: ['/elements/0/restrictions/start_date'],
    severity: 'error',
    better: restricted({ start_date: '2026-02-28' }),
  },
  {
    code: 'older-version',
    says: 'a price by current cannot be said in 2.1.1 (tariffs 6.3)',
    tariff: restricted({ max_current: 32 }),
    context: { partnerVersions: ['2.1.1'] },
    at: ['/elements/0'],
    severity: 'hint',
    better: restricted({ max_power: 22 }),
  },
  {
    code: 'older-version',
    says: 'limits are left as a text in 2.1.1, windows over midnight are said otherwise (tariffs 6.1, 6.3)',
    tariff: [restricted(nights)[0], { max_price: limits(20, 23.8) }],
    context: { partnerVersions: ['2.1.1'] },
    at: ['/max_price'],
    severity: 'hint',
    better: restricted(nights),
  },
  {
    code: 'older-version',
    says: 'an element for reservations does not cross to 2.1.1 (tariffs 6.3)',
    tariff: [[element([time(5)], { reservation: 'RESERVATION' }), element([energy(0.5)])]],
    context: { partnerVersions: ['2.1.1'] },
    at: ['/elements/0'],
    severity: 'hint',
    better: plain,
  },
]

describe.each(rows)('$code', ({ says, tariff: given, context, at, severity, better, code }) => {
  const found = (of: Given) => lintTariff(tariff(...of), context).filter((finding) => finding.code === code)

  it(says, () => {
    expect(found(given).map(({ pointer }) => pointer)).toEqual(at)
    for (const finding of found(given)) {
      expect(finding.severity).toBe(severity)
      expect(finding.rules.length).toBeGreaterThan(0)
      // What is so, and what to do.
      expect(finding.message).toMatch(/[.!)] [A-Z(]|[.] [a-z]/)
    }
    expect(found(better)).toEqual([])
  })
})

describe('the lint of tariffs', () => {
  it('has a test for every code', () => {
    expect([...new Set(rows.map(({ code }) => code))].sort()).toEqual(
      [...new Set(LINT_RULES.map(({ code }) => code))].sort(),
    )
  })

  it('finds nothing in a plain tariff', () => {
    expect(lintTariff(tariff(...plain), { nowMs: NOW })).toEqual([])
  })

  it('lists errors first', () => {
    const findings = lintTariff(tariff([element([energy(0, 5000)], { min_kwh: 2, max_kwh: 1 })]))
    const order = findings.map(({ severity }) => ['error', 'warning', 'hint'].indexOf(severity))
    expect(order).toEqual([...order].sort())
    expect(findings[0]?.severity).toBe('error')
  })

  it('never throws on a tariff of the schema, whatever it holds', () => {
    const documents = arbitraryOf(Tariff, { vendorFields: true })
    fc.assert(
      fc.property(fc.oneof(documents, arbitraryTariff), (given) => {
        const findings = lintTariff(given, {
          nowMs: NOW,
          packs: RULE_PACK_IDS,
          maxPowerKw: 50,
          others: [given],
        })
        for (const { message, pointer } of findings) {
          expect(message).not.toMatch(/undefined|NaN|\[object/)
          expect(pointer === '' || pointer.startsWith('/')).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('does not take long over many elements', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      element([energy(index / 100 + 0.1)], {
        min_kwh: index,
        max_kwh: index + 50,
        min_duration: index * 60,
        max_power: index + 5,
        start_time: `${String(index % 24).padStart(2, '0')}:00`,
      }),
    )
    const before = performance.now()
    lintTariff(tariff(many))
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})

describe('rule packs', () => {
  const codes = (given: Given, context: LintContext) =>
    lintTariff(tariff(...given), context).flatMap(({ code, severity, pack }) =>
      pack === undefined ? [] : [`${severity} ${code}`],
    )
  const afir = (given: Given, maxPowerKw?: number) =>
    codes(given, { packs: ['afir'], ...(maxPowerKw === undefined ? {} : { maxPowerKw }) })

  it('say where they are written and from when they hold', () => {
    for (const id of RULE_PACK_IDS) {
      const { source, inForceFrom, countries, notChecked } = RULE_PACKS[id]
      expect(source.reference).not.toBe('')
      expect(source.url).toMatch(/^https:/)
      expect(Date.parse(inForceFrom)).toBeGreaterThan(0)
      expect(countries.length).toBeGreaterThan(0)
      expect(notChecked.length).toBeGreaterThan(0)
    }
  })

  it('name themselves in their findings', () => {
    const [first] = lintTariff(tariff([element([flat(1, 19)])]), { packs: ['afir'], maxPowerKw: 150 })
    expect(first?.pack).toBe('afir')
    expect(first?.rules).toEqual(['Regulation (EU) 2023/1804, Article 5(4)'])
  })

  it('European Union: from 50 kW on a price per kWh and an occupancy fee per minute, nothing else', () => {
    const fee = [element([energy(0.5, 1, 19)]), element([parking(6, 1, 19)])]
    expect(afir([fee], 50)).toEqual([])
    expect(afir([[...fee, element([flat(1, 19)])]], 50)).toEqual(['error afir-session-fee'])
    expect(afir([[element([parking(6)])]], 50)).toEqual(['error afir-price-per-kwh'])
    expect(afir([fee, { min_price: limits(1, 1.19) }], 50)).toEqual(['error afir-minimum-price'])
    expect(afir([[...fee, element([time(6, 1, 19)])]], 50)).toEqual(['warning afir-occupancy-fee'])
    expect(afir([[...fee, element([time(6, 1, 19)], { min_duration: 3600 })]], 50)).toEqual([])
    expect(afir([[element([flat(0)])]], 50)).toEqual([])
  })

  it('European Union: below 50 kW fees are allowed, in an order; without the power it is said that it counts', () => {
    const fee: Given = [[element([energy(0.5)]), element([flat(1)])]]
    expect(afir(fee, 22)).toEqual([])
    expect(afir([[element([flat(1)]), element([energy(0.5)])]], 22)).toEqual(['hint afir-order'])
    expect(afir(fee)).toEqual(['warning afir-session-fee'])
    expect(afir([[element([energy(0.5)]), element([parking(5)])]], 22)).toEqual(['hint afir-per-minute'])
  })

  it('European Union: only ad hoc prices are meant', () => {
    expect(afir([[element([flat(1)])], { type: 'REGULAR' }], 50)).toEqual(['hint pack-not-applicable'])
    expect(afir([[element([flat(1)])], { type: 'AD_HOC_PAYMENT' }], 50)).not.toEqual([
      'hint pack-not-applicable',
    ])
  })

  it('United States: a price per kWh in dollars that does not change during a session', () => {
    const packs = ['nevi'] as const
    const dollars = { currency: 'USD' }
    expect(codes([[element([energy(0.5)])], dollars], { packs })).toEqual([])
    expect(codes([[element([time(6)])], dollars], { packs })).toEqual([
      'error nevi-price-per-kwh',
      'hint nevi-other-fees',
    ])
    expect(codes([[element([energy(0.3)], nights), element([energy(0.5)])], dollars], { packs })).toEqual([
      'error nevi-price-changes',
    ])
    expect(codes(plain, { packs })).toEqual(['warning nevi-currency'])
  })

  it('United Kingdom: a total price in pence per kWh; overstay fees are no part of it', () => {
    const packs = ['uk'] as const
    const pounds = { currency: 'GBP' }
    expect(codes([[element([energy(0.5, 1, 20)]), element([parking(6, 1, 20)])], pounds], { packs })).toEqual(
      [],
    )
    expect(codes([[element([time(6, 1, 20)])], pounds], { packs })).toEqual([
      'error uk-price-per-kwh',
      'warning uk-total-price',
    ])
    expect(codes([[element([energy(0.5)])], pounds], { packs })).toEqual(['warning uk-tax-unknown'])
    expect(codes([plain[0], { ...pounds, min_price: limits(1, 1.2) }], { packs })).toEqual([
      'warning uk-total-price',
    ])
    expect(codes(plain, { packs })).toEqual(['warning uk-currency'])
  })

  it('do not hold elsewhere, nor before they are in force', () => {
    expect(codes(plain, { packs: ['uk'], country: 'DE' })).toEqual(['hint pack-not-applicable'])
    expect(codes(plain, { packs: ['afir'], nowMs: Date.parse('2024-01-01T00:00:00Z') })).toEqual([
      'hint pack-not-applicable',
    ])
    expect(codes(plain, { packs: ['afir'], country: 'de', maxPowerKw: 150 })).toEqual([])
  })
})
