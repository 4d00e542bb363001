import { partyOf } from '@interwatt/protocol'
import { cdrKey, invoiceRecordKey, type ObjectKey, type StoredObject } from '@interwatt/store'
import { expect, it } from 'vitest'
import { paymentOf } from '../payments/payment.rules.js'
import { priceParts, reconcile } from './reconcile.rules.js'

const CPO = partyOf('DE', 'CPO')

const stored = (key: ObjectKey, document: StoredObject['document']): StoredObject => ({
  key,
  document,
  lastUpdated: '2026-03-01T10:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 1,
  changedSeq: 1,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})
const cdr = (id: string, before_taxes: number, change: object = {}) =>
  stored(cdrKey(CPO, id), { id, currency: 'EUR', total_cost: { before_taxes }, ...change })
const record = (cdrs: readonly string[]) =>
  stored(invoiceRecordKey(CPO, 'R1'), { id: 'R1', invoice_id: 'I1', cdrs })

it('adds to the cent, credits included, each currency for itself (INV-019, INV-023)', () => {
  const cdrs = [
    cdr('A', 0.1, { total_cost: { before_taxes: 0.1, taxes: [{ name: 'VAT', amount: 0.2 }] } }),
    cdr('B', 0.2),
    cdr('B-C', -0.2, { credit: true }),
    cdr('CH', 5, { currency: 'CHF' }),
  ]
  expect(reconcile(record(['A', 'B', 'B-C', 'CH']), cdrs, []).totals).toEqual([
    { currency: 'EUR', cdrs: 3, before_taxes: '0.1', taxes: '0.2', after_taxes: '0.3' },
    { currency: 'CHF', cdrs: 1, before_taxes: '5', taxes: '0', after_taxes: '5' },
  ])
})

it('tells what is missing, repeated, doubled or on another invoice (INV-022, INV-024, INV-025)', () => {
  const listing = [
    { id: 'R1', invoiceId: 'I1', cdrs: ['A'] },
    { id: 'R2', invoiceId: 'I2', cdrs: ['A'] },
  ]
  const known = [cdr('A', 1, { invoice_reference_id: 'I2' }), cdr('B', 1, { invoice_reference_id: 'i1' })]
  expect(reconcile(record(['a', 'A', 'b', 'Gone']), known, listing)).toMatchObject({
    listed: 3,
    found: 2,
    missing: ['Gone'],
    repeated: ['A'],
    doubled: [{ cdr: 'A', record: 'R2', invoice_id: 'I2' }],
    other_invoice: [{ cdr: 'A', invoice_reference_id: 'I2' }],
  })
})

it('reads nothing out of what is no price', () => {
  for (const price of [null, 5, {}, { taxes: 'x' }]) expect(priceParts(price).net.coefficient).toBe(0n)
})

it('a payment without invoice of the CPO needs no confirmation, one with it does (PAY-024)', () => {
  const codesOf = (document: object) => paymentOf([cdr('A', 1, document)]).remarks.map(({ code }) => code)
  expect(codesOf({})).toEqual(['no_session'])
  expect(codesOf({ invoice_reference_id: 'I1' })).toEqual(['no_session', 'no_confirmation'])
})
