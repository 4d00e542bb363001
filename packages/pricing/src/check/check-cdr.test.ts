import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { cdrOf } from '../testing/cdrs.js'
import { element, energy, flat, parking, session, tariff } from '../testing/tariffs.js'
import { checkCdr } from './check-cdr.js'
import { CHECK_CODES, type CheckCode } from './codes.js'
import type { CheckContext } from './context.js'

const ZONE = 'Europe/Berlin'
const NOON = '2026-01-12T11:00:00Z'
type CDR = ocpi230.CDR

const ENERGY = tariff([element([energy(0.25, 1, 19)])])
const PLAIN = cdrOf(session(NOON, [{ minutes: 60, kwh: 20 }]), [ENERGY])
const STAGED = tariff([element([flat(0.5, 19)]), element([energy(0.25, 1, 19), parking(6, 1, 7)])])
const STAYED = session(NOON, [
  { minutes: 60, kwh: 20 },
  { minutes: 30, as: 'parking' },
])
const FULL = cdrOf(STAYED, [STAGED])
const EVENING = tariff([
  element([energy(0.2, 500)], { end_time: '13:00' }),
  element([energy(0.3, 500)], { start_time: '13:00' }),
])
const TWO_HOURS = session(NOON, [{ minutes: 120, kwh: 20 }], ZONE)
const CUT_AT_ONE = session(NOON, [
  { minutes: 60, kwh: 10 },
  { minutes: 60, kwh: 10 },
])
const STEPS = tariff([element([energy(0.5, 1000)])])
const STEPPED = cdrOf(
  session(NOON, [
    { minutes: 20, kwh: 3.2 },
    { minutes: 20, kwh: 4.1 },
    { minutes: 20, kwh: 2.3 },
  ]),
  [STEPS],
)
const LIMITED = tariff([element([energy(0.5)])], { max_price: { before_taxes: 6 } })
const LIMITED_CDR = cdrOf(session(NOON, [{ minutes: 60, kwh: 20 }]), [LIMITED])
const CREDIT: CDR = {
  ...FULL,
  id: 'CDR1-C',
  credit: true,
  credit_reference_id: 'CDR1',
  total_cost: {
    before_taxes: -FULL.total_cost.before_taxes,
    taxes: (FULL.total_cost.taxes ?? []).map((tax) => ({ ...tax, amount: -tax.amount })),
  },
}
const period = (cdr: CDR, index: number, change: Partial<ocpi230.ChargingPeriod>): CDR => ({
  ...cdr,
  charging_periods: cdr.charging_periods.map((one, at) => (at === index ? { ...one, ...change } : one)),
})
const total = (cdr: CDR, before_taxes: number): CDR => ({ ...cdr, total_cost: { before_taxes } })
const volumes = (...dimensions: [ocpi230.CdrDimensionType, number][]) =>
  dimensions.map(([type, volume]) => ({ type, volume }))

interface Case {
  readonly code: CheckCode
  readonly wrong: CDR
  /** The same but for what is wrong. */
  readonly right: CDR
  readonly pointer: string
  readonly context?: CheckContext
  /** Where it is the context that is otherwise. */
  readonly rightContext?: CheckContext
}

const cases: readonly Case[] = [
  { code: 'total_differs', wrong: total(PLAIN, 5.02), right: total(PLAIN, 5.01), pointer: '/total_cost' },
  {
    code: 'part_differs',
    wrong: { ...FULL, total_parking_cost: { before_taxes: 3.5 } },
    right: FULL,
    pointer: '/total_parking_cost',
  },
  {
    code: 'tax_differs',
    wrong: {
      ...FULL,
      total_cost: {
        before_taxes: 8.5,
        taxes: [
          { name: 'VAT', percentage: 19, amount: 0.26 },
          { name: 'VAT', percentage: 7, amount: 1.0 },
        ],
      },
    },
    right: FULL,
    pointer: '/total_cost/taxes/0',
  },
  { code: 'tax_not_stated', wrong: total(PLAIN, 5), right: PLAIN, pointer: '/total_cost' },
  {
    code: 'parts_do_not_add_up',
    wrong: { ...total(PLAIN, 5), total_energy_cost: { before_taxes: 5.1 } },
    right: { ...total(PLAIN, 5), total_energy_cost: { before_taxes: 5.01 } },
    pointer: '/total_cost',
  },
  {
    code: 'step_size_per_period',
    wrong: total(STEPPED, 6),
    right: total(STEPPED, 5.8),
    pointer: '/total_cost',
  },
  {
    code: 'other_reading',
    wrong: total(LIMITED_CDR, 10),
    right: total(LIMITED_CDR, 9.9),
    pointer: '/total_cost',
  },
  {
    code: 'missing_border',
    wrong: cdrOf(TWO_HOURS, [EVENING]),
    right: cdrOf({ ...CUT_AT_ONE, time_zone: ZONE }, [EVENING]),
    pointer: '/charging_periods/0',
    context: { timeZone: ZONE },
  },
  {
    code: 'energy_total_differs',
    wrong: { ...PLAIN, total_energy: 21 },
    right: PLAIN,
    pointer: '/total_energy',
  },
  { code: 'time_total_differs', wrong: { ...PLAIN, total_time: 1.5 }, right: PLAIN, pointer: '/total_time' },
  {
    code: 'parking_total_differs',
    wrong: { ...FULL, total_parking_time: 0.75 },
    right: FULL,
    pointer: '/total_parking_time',
  },
  {
    code: 'volume_missing',
    wrong: period(PLAIN, 0, { dimensions: volumes(['TIME', 1]) }),
    right: PLAIN,
    pointer: '/total_energy',
  },
  {
    code: 'periods_unordered',
    wrong: { ...FULL, charging_periods: FULL.charging_periods.toReversed() },
    right: FULL,
    pointer: '/charging_periods/1/start_date_time',
  },
  {
    code: 'periods_overlap',
    wrong: period(FULL, 0, { dimensions: volumes(['TIME', 1.2], ['ENERGY', 20]) }),
    right: FULL,
    pointer: '/charging_periods/0',
  },
  {
    code: 'period_outside_session',
    wrong: { ...PLAIN, start_date_time: '2026-01-12T11:10:00Z' },
    right: PLAIN,
    pointer: '/charging_periods/0/start_date_time',
  },
  {
    code: 'session_reversed',
    wrong: { ...PLAIN, end_date_time: '2026-01-12T10:00:00Z' },
    right: PLAIN,
    pointer: '/end_date_time',
  },
  {
    code: 'duration_impossible',
    wrong: period(PLAIN, 0, { dimensions: volumes(['TIME', 2], ['ENERGY', 20]) }),
    right: PLAIN,
    pointer: '/charging_periods/0',
  },
  {
    code: 'long_session',
    wrong: cdrOf(session(NOON, [{ minutes: 1441, kwh: 20 }]), [ENERGY]),
    right: cdrOf(session(NOON, [{ minutes: 1440, kwh: 20 }]), [ENERGY]),
    pointer: '/end_date_time',
  },
  {
    code: 'negative_volume',
    wrong: period(PLAIN, 0, { dimensions: volumes(['TIME', -1], ['ENERGY', 20]) }),
    right: period(PLAIN, 0, { dimensions: volumes(['TIME', 1], ['ENERGY', 20]) }),
    pointer: '/charging_periods/0/dimensions/0/volume',
  },
  {
    code: 'energy_impossible',
    wrong: PLAIN,
    right: PLAIN,
    pointer: '/total_energy',
    context: { maxPowerKw: 11 },
    rightContext: { maxPowerKw: 22 },
  },
  {
    code: 'session_only_dimension',
    wrong: period(PLAIN, 0, { dimensions: volumes(['TIME', 1], ['ENERGY', 20], ['STATE_OF_CHARGE', 80]) }),
    right: PLAIN,
    pointer: '/charging_periods/0/dimensions/2',
  },
  {
    code: 'date_placeholder',
    wrong: { ...PLAIN, start_date_time: '1970-01-01T00:00:00Z' },
    right: PLAIN,
    pointer: '/start_date_time',
  },
  { code: 'no_tariff', wrong: { ...PLAIN, tariffs: [] }, right: PLAIN, pointer: '/tariffs' },
  {
    code: 'tariff_from_store',
    wrong: { ...PLAIN, tariffs: [] },
    right: PLAIN,
    pointer: '/tariffs',
    context: { publishedTariffs: [ENERGY] },
  },
  {
    code: 'tariff_not_attached',
    wrong: period(PLAIN, 0, { tariff_id: 'T9' }),
    right: period(PLAIN, 0, { tariff_id: 't1' }),
    pointer: '/charging_periods/0/tariff_id',
  },
  {
    code: 'period_without_tariff',
    wrong: { ...PLAIN, tariffs: [ENERGY, { ...ENERGY, id: 'T2' }] },
    right: { ...period(PLAIN, 0, { tariff_id: 'T1' }), tariffs: [ENERGY, { ...ENERGY, id: 'T2' }] },
    pointer: '/charging_periods/0',
  },
  {
    code: 'tariff_not_as_published',
    wrong: PLAIN,
    right: PLAIN,
    pointer: '/tariffs/0',
    context: { publishedTariffs: [tariff([element([energy(0.24, 1, 19)])])] },
    rightContext: { publishedTariffs: [{ ...ENERGY, last_updated: '2025-01-01T00:00:00Z' }] },
  },
  {
    code: 'tariff_not_published',
    wrong: PLAIN,
    right: PLAIN,
    pointer: '/tariffs/0',
    context: { publishedTariffs: [{ ...ENERGY, id: 'T2' }] },
    rightContext: { publishedTariffs: [ENERGY] },
  },
  { code: 'currency_differs', wrong: { ...PLAIN, currency: 'CHF' }, right: PLAIN, pointer: '/currency' },
  {
    code: 'time_zone_missing',
    wrong: cdrOf({ ...CUT_AT_ONE, time_zone: ZONE }, [EVENING]),
    right: PLAIN,
    pointer: '/cdr_location',
  },
  {
    code: 'not_priceable',
    wrong: period(PLAIN, 0, { dimensions: volumes(['ENERGY', 1e12]) }),
    right: PLAIN,
    pointer: '',
  },
  {
    code: 'negative_total',
    wrong: total(PLAIN, -5),
    right: { ...total(PLAIN, -5), total_energy: -20 },
    pointer: '/total_cost',
  },
  {
    code: 'duplicate_of_session',
    wrong: PLAIN,
    right: PLAIN,
    pointer: '/session_id',
    context: { sessionCdrs: [{ ...PLAIN, id: 'CDR2' }] },
    rightContext: {
      sessionCdrs: [
        { ...PLAIN, id: 'CDR2' },
        { ...PLAIN, id: 'CDR2-C', credit: true, credit_reference_id: 'CDR2' },
      ],
    },
  },
  {
    code: 'credit_without_original',
    wrong: CREDIT,
    right: CREDIT,
    pointer: '/credit_reference_id',
    context: { original: null },
    rightContext: { original: FULL },
  },
  {
    code: 'credit_of_credit',
    wrong: CREDIT,
    right: CREDIT,
    pointer: '/credit_reference_id',
    context: { original: { ...FULL, credit: true, credit_reference_id: 'CDR0' } },
    rightContext: { original: FULL },
  },
  {
    code: 'credit_repeated',
    wrong: CREDIT,
    right: CREDIT,
    pointer: '/credit_reference_id',
    context: { original: FULL, otherCredits: [{ ...CREDIT, id: 'CDR1-D' }] },
    rightContext: { original: FULL, otherCredits: [] },
  },
  {
    code: 'credit_amount_differs',
    wrong: total(CREDIT, -8),
    right: CREDIT,
    pointer: '/total_cost',
    context: { original: FULL },
  },
  {
    code: 'credit_same_id',
    wrong: { ...CREDIT, id: 'cdr1' },
    right: CREDIT,
    pointer: '/id',
  },
  {
    code: 'credit_not_copied',
    wrong: { ...CREDIT, total_energy_cost: { before_taxes: -5 } },
    right: CREDIT,
    pointer: '/total_energy_cost',
    context: { original: FULL },
  },
]

describe('every finding', () => {
  it('has a CDR here that causes it', () => {
    expect(cases.map(({ code }) => code).sort()).toEqual(Object.keys(CHECK_CODES).sort())
  })

  it.each(cases)('$code is found in a CDR that has it, and not in its twin', (one) => {
    const found = checkCdr(one.wrong, one.context).findings.filter(({ code }) => code === one.code)
    expect(found.map(({ pointer }) => pointer)).toContain(one.pointer)
    expect(found[0]?.severity).toBe(CHECK_CODES[one.code].severity)
    const twin = checkCdr(one.right, one.rightContext ?? one.context)
    expect(twin.findings.map(({ code }) => code)).not.toContain(one.code)
  })
})
