import { expect, it } from 'vitest'
import { lower } from '../../lens/crossing.js'
import { checkDocument, parseDocument } from '../../validation/index.js'
import { versions } from '../../versions/index.js'
import { InvoiceReconciliationRecord } from './v230.js'

const record = (change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id: 'R1',
  invoice_id: 'INV-2026-03',
  cdrs: ['CDR1', 'CDR2'],
  last_updated: '2026-03-01T10:00:00Z',
  ...change,
})

it('a record lists at least one CDR (INV-016, INV-030)', () => {
  expect(checkDocument(InvoiceReconciliationRecord, record({ cdrs: ['CDR1'] }), 'whole')).toEqual([])
  const empty = parseDocument(InvoiceReconciliationRecord, record({ cdrs: [] }), 'whole')
  expect(empty).toMatchObject({ ok: false, findings: [{ pointer: '/cdrs', rule: 'INV-016' }] })
})

it('a record takes the longer ids of credit CDRs (INV-018)', () => {
  expect(checkDocument(InvoiceReconciliationRecord, record({ cdrs: ['C'.repeat(39)] }), 'whole')).toEqual([])
  expect(parseDocument(InvoiceReconciliationRecord, record({ cdrs: ['C'.repeat(40)] }), 'whole').ok).toBe(
    false,
  )
})

it('CDRs given as objects are taken for their ids, and never sent so (INV-020)', () => {
  const drawn = record({ cdrs: [{ id: 'CDR1' }, 'CDR2'] })
  expect(parseDocument(InvoiceReconciliationRecord, drawn, 'whole')).toMatchObject({
    ok: true,
    value: record(),
    findings: [{ rule: 'INV-020', severity: 'warning' }],
  })
  expect(checkDocument(InvoiceReconciliationRecord, drawn, 'whole')).toMatchObject([{ severity: 'error' }])
})

it('the module exists in 2.3.0 only: no record is sent to older partners', () => {
  const having = versions.filter(({ modules }) => modules.some(({ id }) => id === 'invoicereconciliation'))
  expect(having.map(({ id }) => id)).toEqual(['2.3.0'])
  expect(lower('invoice_reconciliation_record', '2.2.1', record(), 'whole')).toMatchObject({
    kind: 'withheld',
    reason: 'the target version has no invoicereconciliation module',
  })
})
