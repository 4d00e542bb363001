import {
  anything,
  type Doc,
  doc,
  listOf,
  number,
  oneOf,
  optional,
  type Read,
  type Reader,
  shape,
  text,
} from './reading.js'
import { address, ask } from './request.js'

const amount = shape({ before_taxes: optional(number), after_taxes: optional(number) })
/** An amount of money; a side that is not known is null. */
export type Money = Read<typeof amount>

const line = shape({
  type: text,
  family: optional(text),
  tariff_id: optional(text),
  pointer: optional(text),
  measured: optional(number),
  billed: optional(number),
  step_size: optional(number),
  price: optional(number),
  vat: optional(number),
  before_taxes: optional(number),
  after_taxes: optional(number),
})
/** What one price component charges; or a limit of the tariff, or rounding, without component. */
export type PriceLine = Read<typeof line>

const free = shape({ type: text, family: text, measured: number })

/** A list that is empty where it is missing. */
const maybe =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, place) =>
    value === null || value === undefined ? [] : listOf(read)(value, place)

const explained = {
  currency: optional(text),
  total: optional(amount),
  lines: maybe(line),
  free: maybe(free),
}

const cost = shape({
  ...explained,
  outcome: oneOf(['priced', 'unpriced']),
  reason: optional(shape({ code: text, message: text })),
  basis: optional(text),
  until: optional(text),
  kwh: optional(number),
  tariff_ids: listOf(text),
  time_zone: optional(text),
  stated: optional(amount),
  priced_at: optional(text),
})
/** What a session costs as of its newest update, or why nobody can say. */
export type SessionCost = Read<typeof cost>

const finding = shape({
  code: text,
  severity: text,
  message: text,
  pointer: text,
  stated: optional(number),
  recomputed: optional(number),
  policy: optional(shape({ name: text, value: anything })),
})
/** Something a check found. */
export type CheckFinding = Read<typeof finding>

/** States of a review; `open` takes a decision back. */
export const reviewStates = ['open', 'accepted', 'held', 'disputed'] as const
/** One of them. */
export type ReviewState = (typeof reviewStates)[number]

const review = shape({ state: oneOf(reviewStates), note: optional(text), by: text, at: text })
/** A decision about a CDR. */
export type Review = Read<typeof review>

const check = shape({
  ...explained,
  outcome: optional(oneOf(['agrees', 'differs', 'unpriced'])),
  checked_at: optional(text),
  stated: optional(amount),
  difference: optional(amount),
  findings: listOf(finding),
  basis: optional(doc),
  state: oneOf(reviewStates),
  review: optional(review),
  history: listOf(review),
})
/** What the check of a CDR found, and what was decided about it. */
export type CdrCheck = Read<typeof check>

/** The address of what belongs to an object, by what its document says. */
export const segmentsOf = (
  collection: string,
  document: Doc,
  ...more: readonly string[]
): readonly string[] => [
  collection,
  text(document.country_code, '/country_code'),
  text(document.party_id, '/party_id'),
  text(document.id, '/id'),
  ...more,
]

export const getSessionCost = (session: Doc): Promise<SessionCost> =>
  ask(address(segmentsOf('sessions', session, 'cost')), cost)
export const getCdrCheck = (cdr: Doc): Promise<CdrCheck> =>
  ask(address(segmentsOf('cdrs', cdr, 'check')), check)
/** Has a CDR checked again, by what is stored and agreed now. */
export const checkAgain = (cdr: Doc): Promise<CdrCheck> =>
  ask(address(segmentsOf('cdrs', cdr, 'check')), check, { method: 'POST' })
/** Decides about a CDR. */
export const reviewCdr = (cdr: Doc, state: ReviewState, note: string): Promise<CdrCheck> => {
  const body = { state, note: note === '' ? null : note }
  return ask(address(segmentsOf('cdrs', cdr, 'review')), check, { method: 'PUT', body })
}
