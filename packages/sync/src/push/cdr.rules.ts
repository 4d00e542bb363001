import { foldCase } from '@interwatt/protocol'
import type { CdrDelivery, Document } from '@interwatt/store'

/** The next step for a CDR towards one partner. */
export type CdrStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'post' }
  /** Ask at the address the partner gave for this CDR (CDR-009). */
  | { readonly kind: 'ask_location'; readonly url: string }
  /** Ask at the address that the contract gives a CDR of a receiver built like this one. */
  | { readonly kind: 'ask_path' }

/**
 * A CDR is POSTed once. When a POST was begun and its outcome is not known, it is asked for first: at its
 * `Location` if that is known, otherwise below the CDRs endpoint by country, party and id, which is where receivers
 * like this one keep it. Only an answer that shows the CDR proves delivery; anything else leads to another POST,
 * which receivers de-duplicate by id (TRN-103, CDR-012).
 */
export const planCdr = (delivery: CdrDelivery | undefined): CdrStep => {
  if (delivery === undefined) return { kind: 'post' }
  if (delivery.state === 'delivered') return { kind: 'done' }
  return delivery.locationUrl === null
    ? { kind: 'ask_path' }
    : { kind: 'ask_location', url: delivery.locationUrl }
}

/** True when the answer to such a question is the CDR that was sent. */
export const showsCdr = (answer: unknown, sent: Document): boolean => {
  if (typeof answer !== 'object' || answer === null) return false
  const { id } = answer as { id?: unknown }
  return typeof id === 'string' && typeof sent.id === 'string' && foldCase(id) === foldCase(sent.id)
}
