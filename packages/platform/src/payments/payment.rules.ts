import { add, compare, decimal, foldCase, subtract, toText } from '@interwatt/protocol'
import type { StoredObject } from '@interwatt/store'
import { priceParts } from '../invoices/reconcile.rules.js'

/** Something about a payment that somebody should look at; nothing is refused because of it. */
export interface PaymentRemark {
  readonly code:
    | 'no_session'
    | 'no_cdr'
    | 'no_confirmation'
    | 'not_captured'
    | 'other_currency'
    | 'amount_differs'
    | 'less_is_no_success'
  readonly message: string
  readonly rule: string
}

/** What was charged and what was captured, in exact decimal text. */
export interface PaymentAmounts {
  readonly currency: string
  readonly cdr_total: string
  readonly captured: string
  /** Captured less charged. */
  readonly difference: string
}

/** Everything that carries one authorization reference. */
export interface Payment {
  readonly sessions: readonly StoredObject[]
  readonly cdrs: readonly StoredObject[]
  readonly confirmations: readonly StoredObject[]
  readonly amounts: readonly PaymentAmounts[]
  readonly remarks: readonly PaymentRemark[]
}

const totalOf = (price: unknown) => {
  const { net, taxes } = priceParts(price)
  return add(net, taxes)
}

const remark = (code: PaymentRemark['code'], rule: string, message: string): PaymentRemark => ({
  code,
  message,
  rule,
})

/** Captured against charged, per currency of the confirmations; a repeated capture adds up. */
const amountsOf = (
  cdrs: readonly StoredObject[],
  confirmations: readonly StoredObject[],
): readonly PaymentAmounts[] => {
  const currencies = new Set(confirmations.map(({ document }) => foldCase(String(document.currency))))
  return [...currencies].map((currency) => {
    const within = ({ document }: StoredObject): boolean => foldCase(String(document.currency)) === currency
    const sum = (rows: readonly StoredObject[], field: string) =>
      rows.map(({ document }) => totalOf(document[field])).reduce(add, decimal(0))
    const charged = sum(cdrs.filter(within), 'total_cost')
    const captured = sum(confirmations.filter(within), 'total_costs')
    return {
      currency,
      cdr_total: toText(charged),
      captured: toText(captured),
      difference: toText(subtract(captured, charged)),
    }
  })
}

const remarksOn = (
  { sessions, cdrs, confirmations }: Pick<Payment, 'sessions' | 'cdrs' | 'confirmations'>,
  amounts: readonly PaymentAmounts[],
): readonly PaymentRemark[] => {
  const remarks: PaymentRemark[] = []
  const succeeded = confirmations.some(({ document }) => document.capture_status_code === 'SUCCESS')
  const invoiced = cdrs.some(({ document }) => document.invoice_reference_id !== undefined)
  if (sessions.length === 0)
    remarks.push(remark('no_session', 'PAY-023', 'No session has this authorization reference.'))
  if (cdrs.length === 0) remarks.push(remark('no_cdr', 'PAY-023', 'No CDR has this authorization reference.'))
  if (confirmations.length === 0 && invoiced)
    remarks.push(
      remark('no_confirmation', 'PAY-024', 'The CPO made the invoice, and no confirmation has arrived.'),
    )
  if (
    confirmations.length > 0 &&
    confirmations.every(({ document }) => document.capture_status_code === 'FAILED')
  )
    remarks.push(remark('not_captured', 'PAY-024', 'The capture failed.'))
  if (cdrs.length === 0) return remarks
  for (const { currency, captured, cdr_total: charged, difference } of amounts) {
    if (!cdrs.some(({ document }) => foldCase(String(document.currency)) === currency))
      remarks.push(remark('other_currency', 'PAY-032', `The capture is in ${currency}, the CDR is not.`))
    else if (compare(decimal(difference), decimal(0)) !== 0)
      remarks.push(
        remark('amount_differs', 'PAY-032', `Captured ${captured} ${currency}, charged ${charged}.`),
      )
    if (succeeded && compare(decimal(captured), decimal(charged)) < 0)
      remarks.push(
        remark('less_is_no_success', 'PAY-031', 'Less was captured than charged, and SUCCESS was stated.'),
      )
  }
  return remarks
}

/** Puts the objects of one authorization reference together (PAY-021 to PAY-024, PAY-031, PAY-032). */
export const paymentOf = (linked: readonly StoredObject[]): Payment => {
  const ofKind = (kind: StoredObject['key']['kind']) => linked.filter(({ key }) => key.kind === kind)
  const parts = {
    sessions: ofKind('session'),
    cdrs: ofKind('cdr'),
    confirmations: ofKind('financial_advice_confirmation'),
  }
  const amounts = amountsOf(parts.cdrs, parts.confirmations)
  return { ...parts, amounts, remarks: remarksOn(parts, amounts) }
}
