import { type Finding, isJsonObject, type PartyId } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'
import { payerOf } from '../invoices/recipient.rules.js'

/** Who makes the invoice of a card payment. */
export type InvoiceCreator = 'CPO' | 'PTP'

/** Where a CDR was charged, and whose token paid; undefined for what no card at a terminal paid. */
export interface PaidPlace {
  readonly ptp: PartyId
  readonly locationId: string
  readonly evseUid: string
}

/** Reads what finds the terminal of a CDR: only tokens made for one payment are of a terminal (PAY-037). */
export const paidPlaceOf = (cdr: Document): PaidPlace | undefined => {
  const { cdr_token: token, cdr_location: place } = cdr
  const ptp = payerOf({ document: cdr })
  if (!isJsonObject(token) || token.type !== 'AD_HOC_USER' || ptp === undefined || !isJsonObject(place))
    return undefined
  return { ptp, locationId: String(place.id), evseUid: String(place.evse_uid) }
}

/** Who made the invoice, as the CDR says: its reference is there exactly when that was the CPO (PAY-025). */
export const creatorOf = (cdr: Document): InvoiceCreator =>
  cdr.invoice_reference_id === undefined ? 'PTP' : 'CPO'

const SENTENCES: Readonly<Record<InvoiceCreator, string>> = {
  CPO: 'The terminal says that the CPO makes the invoice, but the CDR names none.',
  PTP: 'The terminal says that its provider makes the invoice, but the CDR names one of the CPO.',
}

/**
 * Where terminal and CDR do not agree on who makes the invoice; the CDR counts (PAY-026). Terminals that do not say contradict
 * nothing, and of several one that agrees is enough.
 */
export const invoiceFindings = (cdr: Document, terminals: readonly Document[]): readonly Finding[] => {
  const said = terminals
    .map(({ invoice_creator: creator }) => creator)
    .filter((creator): creator is InvoiceCreator => creator === 'CPO' || creator === 'PTP')
  const [first] = said
  if (first === undefined || said.includes(creatorOf(cdr))) return []
  return [
    {
      pointer: '/invoice_reference_id',
      code: 'rule_broken',
      message: `${SENTENCES[first]} The CDR counts.`,
      rule: 'PAY-026',
      severity: 'warning',
    },
  ]
}

/** Where an invoice is found: exactly one slash between both parts, the reference encoded (PAY-028). */
export const invoiceUrl = (invoiceBaseUrl: unknown, reference: string): string | null =>
  typeof invoiceBaseUrl === 'string' && invoiceBaseUrl !== ''
    ? `${invoiceBaseUrl.replace(/\/+$/, '')}/${encodeURIComponent(reference)}`
    : null
