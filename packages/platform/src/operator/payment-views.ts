import type { StoredObject } from '@interwatt/store'
import type { LinkedPayment } from '../payments/payment.rules.js'

type View = { readonly [field: string]: unknown }

const viewLinked = ({ key, document, receivedFrom }: StoredObject): View => ({
  country_code: key.countryCode,
  party_id: key.partyId,
  received_from: receivedFrom,
  document,
})

/** A card payment with everything that carries its reference. */
export const viewPayment = (payment: LinkedPayment): View => ({
  authorization_reference: payment.reference,
  sessions: payment.sessions.map(viewLinked),
  cdrs: payment.cdrs.map(viewLinked),
  financial_advice_confirmations: payment.confirmations.map(viewLinked),
  amounts: payment.amounts,
  invoice: payment.invoice,
  remarks: payment.remarks,
})
