import { partyOf } from '@interwatt/protocol'
import { expect, it } from 'vitest'
import { type Agreement, isAgreed, knowsPaymentTerminals } from './agreement.rules.js'

const partner = (change: Partial<Agreement> = {}): Agreement => ({
  endpoints: [],
  roles: [],
  agreedModules: [],
  ...change,
})
const offering = (module: string, side: 'SENDER' | 'RECEIVER') =>
  partner({ endpoints: [{ module, side, url: 'https://partner.example/x' }] })

it('core modules need no agreement', () => {
  expect(isAgreed(undefined, 'locations', 'SENDER')).toBe(true)
})

it('offers an extension by agreement, or to those who offer the other side (PAY-041, INV-034)', () => {
  const agreed = partner({ agreedModules: [{ module: 'invoicereconciliation', side: 'SENDER' }] })
  expect(isAgreed(agreed, 'invoicereconciliation', 'SENDER')).toBe(true)
  expect(isAgreed(agreed, 'invoicereconciliation', 'RECEIVER')).toBe(false)
  expect(isAgreed(offering('invoicereconciliation', 'RECEIVER'), 'invoicereconciliation', 'SENDER')).toBe(
    true,
  )
  expect(isAgreed(offering('invoicereconciliation', 'RECEIVER'), 'invoicereconciliation', 'RECEIVER')).toBe(
    false,
  )
  expect(isAgreed(partner(), 'payments', 'RECEIVER')).toBe(false)
  expect(isAgreed(undefined, 'payments', 'RECEIVER')).toBe(false)
})

it('takes the role PTP for an agreement on Payments (PAY-040)', () => {
  const roles = [{ role: 'PTP', party: partyOf('AT', 'PTP'), businessDetails: {} }]
  expect(isAgreed(partner({ roles }), 'payments', 'RECEIVER')).toBe(true)
  expect(isAgreed(partner({ roles }), 'invoicereconciliation', 'RECEIVER')).toBe(false)
})

it('knows a partner for one that takes the role PTP when it offers Payments or when that was agreed (ROL-015)', () => {
  expect(knowsPaymentTerminals(partner())).toBe(false)
  expect(knowsPaymentTerminals(offering('payments', 'RECEIVER'))).toBe(true)
  expect(knowsPaymentTerminals(partner({ agreedModules: [{ module: 'payments', side: 'SENDER' }] }))).toBe(
    true,
  )
})
