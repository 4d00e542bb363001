import { add, compare, decimal, foldCase, subtract, toText } from '@interwatt/protocol'
import type { Document, StoredObject } from '@interwatt/store'
import { priceParts } from '../invoices/reconcile.rules.js'
import { creatorOf, type InvoiceCreator, invoiceFindings, invoiceUrl } from './invoice-creator.rules.js'

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
    | 'invoice_creator_differs'
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

/** What an invoice for the driver is made from; the node makes none (PAY-025 to PAY-028). */
export interface PaymentInvoice {
  /** As the CDR says, which counts. */
  readonly made_by: InvoiceCreator
  readonly invoice_reference_id: string | null
  /** Where the driver finds it: `invoice_base_url` of the terminal and the reference; null where no terminal says. */
  readonly url: string | null
  /** Lines of the terminal to be printed on it, as they came, of all confirmations. */
  readonly eft_data: readonly string[]
}

/** Everything that carries one authorization reference. */
export interface Payment {
  readonly sessions: readonly StoredObject[]
  readonly cdrs: readonly StoredObject[]
  readonly confirmations: readonly StoredObject[]
  readonly amounts: readonly PaymentAmounts[]
  /** Null without a CDR. */
  readonly invoice: PaymentInvoice | null
  readonly remarks: readonly PaymentRemark[]
}

/** A payment with the reference that links its parts. */
export interface LinkedPayment extends Payment {
  readonly reference: string
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

const invoiceOf = (
  { cdrs, confirmations }: Pick<Payment, 'cdrs' | 'confirmations'>,
  terminals: readonly Document[],
): PaymentInvoice | null => {
  const [cdr] = cdrs
  if (cdr === undefined) return null
  const { invoice_reference_id: invoice, authorization_reference: reference } = cdr.document
  const base = terminals.find(({ invoice_base_url: url }) => url !== undefined)?.invoice_base_url
  return {
    made_by: creatorOf(cdr.document),
    invoice_reference_id: typeof invoice === 'string' ? invoice : null,
    url: invoiceUrl(base, String(reference)),
    eft_data: confirmations.flatMap(({ document: { eft_data: lines } }) =>
      Array.isArray(lines) ? lines.map(String) : [],
    ),
  }
}

const creatorRemarks = (
  cdrs: readonly StoredObject[],
  terminals: readonly Document[],
): readonly PaymentRemark[] =>
  cdrs
    .flatMap(({ document }) => invoiceFindings(document, terminals))
    .slice(0, 1)
    .map(({ message }) => remark('invoice_creator_differs', 'PAY-026', message))

/**
 * Puts the objects of one authorization reference together, with the terminals that serve its EVSE (PAY-021 to PAY-028, PAY-031,
 * PAY-032).
 */
export const paymentOf = (linked: readonly StoredObject[], terminals: readonly Document[] = []): Payment => {
  const ofKind = (kind: StoredObject['key']['kind']) => linked.filter(({ key }) => key.kind === kind)
  const parts = {
    sessions: ofKind('session'),
    cdrs: ofKind('cdr'),
    confirmations: ofKind('financial_advice_confirmation'),
  }
  const amounts = amountsOf(parts.cdrs, parts.confirmations)
  return {
    ...parts,
    amounts,
    invoice: invoiceOf(parts, terminals),
    remarks: [...remarksOn(parts, amounts), ...creatorRemarks(parts.cdrs, terminals)],
  }
}
