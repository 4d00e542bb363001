import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { cdrOf } from '../testing/cdrs.js'
import { element, energy, flat, parking, session, tariff, time } from '../testing/tariffs.js'
import { checkCdr } from './check-cdr.js'
import { checkReport } from './report.js'

const NOON = '2026-01-12T11:00:00Z'
const ZONE = 'Europe/Berlin'
const TARIFF = tariff([element([flat(0.5, 19), energy(0.333, 1, 19)]), element([parking(6, 300, 7)])])
const STAYED = session(NOON, [
  { minutes: 60, kwh: 20.4567 },
  { minutes: 32, as: 'parking' },
])
const RIGHT = cdrOf(STAYED, [TARIFF])
const codes = (check: ReturnType<typeof checkCdr>) => check.findings.map(({ code }) => code)
const stating = (cdr: ocpi230.CDR, before_taxes: number): ocpi230.CDR => ({
  ...cdr,
  total_cost: { before_taxes },
})

describe('a right CDR', () => {
  it('agrees, without findings and with a difference of nothing (TAR-084)', () => {
    const check = checkCdr(RIGHT, { timeZone: ZONE })
    expect([check.outcome, check.findings]).toEqual(['agrees', []])
    expect(check.difference).toEqual({ before_taxes: 0, after_taxes: 0 })
  })

  it('agrees when its amounts are not rounded at all', () => {
    const exact = cdrOf(STAYED, [TARIFF], {}, { policy: { rounding_digits: 6 } })
    expect(checkCdr(exact, { tolerance: 1 }).outcome).toBe('agrees')
  })

  it('that names no taxes is compared before taxes alone', () => {
    const { before_taxes } = RIGHT.total_cost
    const check = checkCdr(stating(RIGHT, before_taxes), { version: '2.1.1' })
    expect(check.outcome).toBe('agrees')
    expect(check.difference).toEqual({ before_taxes: 0 })
  })

  it('is the credit of another one: total negated, parts as they were (CDR-074)', () => {
    const { before_taxes, taxes = [] } = RIGHT.total_cost
    const credit: ocpi230.CDR = {
      ...RIGHT,
      id: 'CDR1-C',
      credit: true,
      credit_reference_id: 'CDR1',
      total_cost: {
        before_taxes: -before_taxes,
        taxes: taxes.map((tax) => ({ ...tax, amount: -tax.amount })),
      },
    }
    const check = checkCdr(credit, { original: RIGHT })
    expect([check.outcome, check.findings]).toEqual(['agrees', []])
  })
})

describe('the tolerance', () => {
  const { before_taxes } = RIGHT.total_cost

  it('is one smallest unit of the currency unless told otherwise', () => {
    expect(checkCdr(stating(RIGHT, before_taxes + 0.01)).outcome).toBe('agrees')
    expect(checkCdr(stating(RIGHT, before_taxes + 0.02)).outcome).toBe('differs')
  })

  it('may be nothing, or more', () => {
    expect(checkCdr(stating(RIGHT, before_taxes + 0.01), { tolerance: 0 }).outcome).toBe('differs')
    expect(checkCdr(stating(RIGHT, before_taxes + 0.5), { tolerance: 50 }).outcome).toBe('agrees')
  })

  it('counts in the smallest unit of the currency: one yen', () => {
    const yen = tariff([element([energy(50)])], { currency: 'JPY' })
    const cdr = cdrOf(session(NOON, [{ minutes: 60, kwh: 20 }]), [yen])
    expect(checkCdr(stating(cdr, 1001)).outcome).toBe('agrees')
    expect(checkCdr(stating(cdr, 1002)).outcome).toBe('differs')
  })
})

describe('a total that differs', () => {
  it('is told with its amount, and the part and line it is in', () => {
    const wrong = { ...RIGHT, total_energy_cost: { before_taxes: 9.81 }, total_cost: { before_taxes: 13.81 } }
    const { outcome, findings, difference } = checkCdr(wrong)
    expect([outcome, difference]).toEqual(['differs', { before_taxes: 3 }])
    const total = findings.find(({ code }) => code === 'total_differs')
    expect(total?.message).toContain('before taxes 13.81 instead of 10.81')
    const part = findings.find(({ code }) => code === 'part_differs')
    expect(part?.message).toContain('ENERGY 20.457 kWh at 0.333 (/elements/0/price_components/1)')
    expect(part).toMatchObject({ stated: 9.81, recomputed: 6.81, pointer: '/total_energy_cost' })
  })

  it.each([
    ['rounding_point: line', { rounding_point: 'line' }],
    ['borders: cut', { borders: 'cut' }],
    ['time_step: each', { time_step: 'each' }],
    ['flat: each', { flat: 'each' }],
  ] as const)('is explained by the reading that gives it: %s', (text, policy) => {
    const many = tariff([
      element([flat(0.5)], { max_duration: 1800 }),
      element([flat(0.7)], { min_duration: 1800 }),
      element([energy(0.3348), time(1.111, 600)], { end_time: '12:15' }),
      element([energy(0.4456), time(1.333, 600)]),
      element([parking(2, 600)]),
    ])
    const stayed = session(
      NOON,
      [
        { minutes: 21, kwh: 3.333 },
        { minutes: 40, kwh: 3.333 },
        { minutes: 33, as: 'parking' },
      ],
      ZONE,
    )
    const theirs = cdrOf(stayed, [many], {}, { policy })
    const check = checkCdr(theirs, { timeZone: ZONE, tolerance: 0 })
    const readings = check.findings.filter(({ code }) => code === 'other_reading')
    expect(readings.map(({ message }) => message).join('; ')).toContain(text)
    expect(checkCdr(theirs, { timeZone: ZONE, tolerance: 0, policy }).outcome).toBe('agrees')
  })

  it('is told when E-14c was computed with minutes that have no price (step_base: all)', () => {
    const elements = [
      element([time(2.4, 900), parking(1, 900)], { start_time: '17:00', end_time: '20:00' }),
      element([time(2.4, 900)], { start_time: '20:00', end_time: '00:00' }),
    ]
    const stayed = session(
      '2026-01-12T18:40:00Z',
      [{ minutes: 12 }, { minutes: 8, as: 'parking' }, { minutes: 12, as: 'parking' }],
      ZONE,
    )
    const theirs = cdrOf(stayed, [tariff(elements)], {}, { policy: { step_base: 'all' } })
    const { findings } = checkCdr(theirs, { timeZone: ZONE })
    expect(findings.find(({ code }) => code === 'other_reading')).toMatchObject({
      policy: { name: 'step_base', value: 'all' },
    })
  })

  it('is told when the amount after taxes stands where that before taxes belongs', () => {
    const plain = cdrOf(session(NOON, [{ minutes: 60, kwh: 20 }]), [tariff([element([energy(0.25, 1, 19)])])])
    const { findings } = checkCdr(stating(plain, 5.95))
    expect(findings.find(({ code }) => code === 'other_reading')?.message).toContain('after taxes, 5.95')
  })

  it('is told when the published tariff was used instead of that of the CDR (TAR-054)', () => {
    const attached = tariff([element([energy(0.25)])])
    const published = tariff([element([energy(0.3)])])
    const cdr = cdrOf(session(NOON, [{ minutes: 60, kwh: 20 }]), [attached])
    const check = checkCdr(stating(cdr, 6), { publishedTariffs: [published] })
    expect(check.recomputed?.total.before_taxes).toBe(5)
    expect(codes(check)).toEqual(expect.arrayContaining(['other_reading', 'tariff_not_as_published']))
  })

  it('computes a missing border both ways', () => {
    const evening = tariff([
      element([energy(0.2)], { end_time: '13:00' }),
      element([energy(0.3)], { start_time: '13:00' }),
    ])
    const cdr = cdrOf(session(NOON, [{ minutes: 120, kwh: 20 }], ZONE), [evening])
    const border = checkCdr(cdr, { timeZone: ZONE }).findings.find(({ code }) => code === 'missing_border')
    expect(border?.message).toContain('changes at 2026-01-12T12:00:00Z')
    expect(border?.message).toContain('as given the total is 4.00, cut there it is 5.00')
  })

  it('does not miss a border that is a second off', () => {
    const evening = tariff([element([energy(0.2)], { end_time: '13:00' }), element([energy(0.3)])])
    const off = session(
      '2026-01-12T11:00:00Z',
      [
        { minutes: 60 + 1 / 60, kwh: 10 },
        { minutes: 60, kwh: 10 },
      ],
      ZONE,
    )
    expect(codes(checkCdr(cdrOf(off, [evening]), { timeZone: ZONE }))).not.toContain('missing_border')
  })
})

describe('what cannot be priced', () => {
  it('is unpriced with the reason, and checked for the rest', () => {
    const check = checkCdr({ ...RIGHT, tariffs: [], total_energy: 99 })
    expect([check.outcome, check.recomputed, check.difference]).toEqual(['unpriced', undefined, undefined])
    expect(codes(check)).toEqual(['no_tariff', 'energy_total_differs'])
  })

  it('is never an exception: numbers and times that nobody has', () => {
    const odd: ocpi230.CDR = {
      ...RIGHT,
      start_date_time: 'yesterday',
      total_cost: { before_taxes: 1e300 },
      total_energy: -1e300,
      total_time: Number.NaN,
    }
    expect(checkCdr(odd).outcome).toBe('unpriced')
    expect(checkCdr({ ...RIGHT, total_cost: { before_taxes: -1e300 } }).outcome).toBe('differs')
  })
})

describe('a document of any size', () => {
  it('with a period of many years is checked, windows and all', () => {
    const night = tariff([
      element([energy(0.2)], { start_time: '22:00', end_time: '06:00' }),
      element([energy(0.3)]),
    ])
    const cdr = cdrOf(session('1970-01-01T00:00:00Z', [{ minutes: 60, kwh: 10 }], ZONE), [night])
    const check = checkCdr({ ...cdr, end_date_time: '2026-01-12T12:00:00Z' }, { timeZone: ZONE })
    expect(codes(check)).toContain('date_placeholder')
  })

  it('with thousands of wrong periods tells twenty of each sort, and how many more there are', () => {
    const many = session(
      NOON,
      Array.from({ length: 3_000 }, () => ({ minutes: 1, kwh: 0.1 })),
    )
    const cdr = cdrOf(many, [tariff([element([energy(0.3)])])])
    const wrong = { ...cdr, charging_periods: cdr.charging_periods.toReversed() }
    const unordered = checkCdr(wrong).findings.filter(({ code }) => code === 'periods_unordered')
    expect(unordered.length).toBe(20)
    expect(unordered.at(-1)?.message).toContain('2979 more like this')
  })
})

describe('the report', () => {
  it('is the explanation with outcome, stated amounts, difference and findings', () => {
    const report = checkReport(checkCdr(stating(RIGHT, 20)))
    expect(report).toMatchObject({ outcome: 'differs', currency: 'EUR', stated: { before_taxes: 20 } })
    expect(report.dimensions.map(({ type }) => type)).toEqual(['FLAT', 'ENERGY', 'TIME', 'PARKING_TIME'])
    expect(report.lines.length).toBeGreaterThan(2)
    expect(report.taxes.map(({ percentage }) => percentage)).toEqual([19, 7])
    expect(report.findings[0]).toMatchObject({ code: 'total_differs', pointer: '/total_cost' })
  })

  it('of a CDR without a price has no total and no lines', () => {
    const report = checkReport(checkCdr({ ...RIGHT, tariffs: [] }))
    expect([report.total, report.lines, report.difference]).toEqual([{}, [], null])
  })
})
