import type { Outcome } from '@interwatt/client'
import type { CdrDelivery, Document } from '@interwatt/store'
import type { Prepared } from './bodies.js'
import { planCdr, showsCdr } from './cdr.rules.js'
import { type Delivery, deliveryOf, isFailure, unsendable } from './deliver-object.js'
import { verdictOf } from './outcome.rules.js'

/** The requests a CDR needs. */
export interface CdrRequests {
  post(bodyText: string): Promise<Outcome>
  /** GET where the contract puts a CDR. */
  askPath(): Promise<Outcome>
  /** GET of the address the partner gave. */
  askLocation(url: string): Promise<Outcome>
}

/** A delivery that worked carries the address the partner gave, if it gave one (CDR-011). */
export type CdrOutcome =
  | { readonly kind: 'posted'; readonly locationUrl: string | null }
  | { readonly kind: 'already'; readonly locationUrl: string | null }
  /** `begun`: the partner may have it. */
  | { readonly kind: 'other'; readonly delivery: Delivery; readonly begun: boolean }

/** Delivers a CDR once: asks before posting again when an earlier POST has no known outcome. */
export const deliverCdr = async (
  known: CdrDelivery | undefined,
  sent: { readonly document: Document; readonly body: Prepared },
  requests: CdrRequests,
): Promise<CdrOutcome> => {
  const step = planCdr(known)
  if (step.kind === 'done') return { kind: 'already', locationUrl: known?.locationUrl ?? null }
  if (step.kind !== 'post') {
    const answer = await (step.kind === 'ask_path' ? requests.askPath() : requests.askLocation(step.url))
    const verdict = verdictOf(answer)
    // NOTE: nothing was posted by this attempt, but an earlier one was begun.
    const unanswered = isFailure(verdict) && verdict.kind !== 'server_error'
    if (unanswered && answer.kind !== 'forbidden_address')
      return { kind: 'other', delivery: deliveryOf(verdict), begun: true }
    if (answer.kind === 'ok' && showsCdr(answer.data, sent.document))
      return { kind: 'already', locationUrl: known?.locationUrl ?? null }
  }
  return post(sent.body, requests, known !== undefined)
}

const post = async (body: Prepared, requests: CdrRequests, before: boolean): Promise<CdrOutcome> => {
  if (body.kind !== 'ready') return { kind: 'other', delivery: unsendable(body), begun: before }
  const outcome = await requests.post(body.text)
  if (outcome.kind === 'ok') return { kind: 'posted', locationUrl: outcome.location ?? null }
  const verdict = verdictOf(outcome)
  const delivery = deliveryOf(verdict)
  // NOTE: a partner that says it failed may have stored the CDR all the same; only a clear no tells that it has not.
  const reached = outcome.kind === 'outage' ? outcome.sent : outcome.kind === 'refused'
  const begun = isFailure(verdict) && (reached || before)
  return { kind: 'other', delivery, begun }
}
