import type { StoredObject } from '@interwatt/store'
import { expect, it } from 'vitest'
import { countedCdr, monthIn, monthsOf } from './statements.js'

const cdr = (id: string, document: object): StoredObject => ({
  key: { kind: 'cdr', countryCode: 'DE', partyId: 'CPO', id },
  document: { id, currency: 'EUR', total_energy: 10, end_date_time: '2026-03-15T10:00:00Z', ...document },
  lastUpdated: '2026-03-15T10:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: 'p1',
  createdSeq: 1,
  changedSeq: 1,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})

const cost = (before_taxes: number, amount: number) => ({
  total_cost: { before_taxes, taxes: [{ name: 'VAT', percentage: 19, amount }] },
})

const months = (cdrs: readonly StoredObject[], zone = 'Europe/Berlin') =>
  monthsOf(cdrs.flatMap((one) => countedCdr(one, zone)))

it('puts a CDR into the month in which it ended where the driver lives', () => {
  expect(monthIn('2026-03-31T22:30:00Z', 'Europe/Berlin')).toBe('2026-04')
  expect(monthIn('2026-03-31T22:30:00Z', 'UTC')).toBe('2026-03')
  expect(monthIn('soon', 'UTC')).toBeUndefined()
})

it('adds amounts up exactly, per currency and rate', () => {
  const [march] = months([
    cdr('A', cost(0.1, 0.02)),
    cdr('B', cost(0.2, 0.04)),
    cdr('C', { ...cost(5, 0), currency: 'CHF', total_cost: { before_taxes: 5, taxes: [] } }),
  ])
  expect(march).toMatchObject({ month: '2026-03', charges: 3, energy_kwh: '30' })
  expect(march?.totals).toEqual([
    {
      currency: 'CHF',
      total: { amount: '5.00', currency: 'CHF' },
      before_taxes: { amount: '5.00', currency: 'CHF' },
      taxes: [],
    },
    {
      currency: 'EUR',
      total: { amount: '0.36', currency: 'EUR' },
      before_taxes: { amount: '0.30', currency: 'EUR' },
      taxes: [{ name: 'VAT', percentage: 19, amount: { amount: '0.06', currency: 'EUR' } }],
    },
  ])
})

it.each([
  ['written with a minus', cost(-9, -1.71)],
  ['written without one', cost(9, 1.71)],
])('takes a credit off, %s', (_how, credit) => {
  const [march] = months([
    cdr('A', cost(9, 1.71)),
    cdr('A-CREDIT', { ...credit, credit: true, credit_reference_id: 'A' }),
    cdr('A2', cost(8, 1.52)),
  ])
  expect(march).toMatchObject({ charges: 1, energy_kwh: '10' })
  expect(march?.totals[0]?.total.amount).toBe('9.52')
})

it('shows the newest month first', () => {
  const found = months([
    cdr('A', cost(1, 0)),
    cdr('B', { ...cost(1, 0), end_date_time: '2026-05-01T10:00:00Z' }),
  ])
  expect(found.map(({ month }) => month)).toEqual(['2026-05', '2026-03'])
})
