import type { Language } from '@interwatt/pricing'
import type { CdrCheckRecord, CdrCheckSummary, CdrReview, NodeEvent, StoredObject } from '@interwatt/store'
import type { CheckedCdr } from '../cdr-checks/port.js'
import { wordsOfStored } from './price-words.js'

const addressOf = ({ document }: StoredObject) => ({
  country_code: document.country_code,
  party_id: document.party_id,
  id: document.id,
})

const subjectOf = ({ key }: StoredObject): string => `${key.countryCode}*${key.partyId}/${key.id}`

const viewReview = ({ state, note, by, at }: CdrReview) => ({ state, note, by, at })

/** A check as lists show it: the outcome, by how much, and codes of what was found. */
export const viewCheckSummary = (summary: CdrCheckSummary | undefined) => ({
  outcome: summary?.outcome ?? null,
  difference: summary?.difference ?? null,
  state: summary?.state ?? 'open',
  findings: summary?.codes ?? [],
})

/** A check as the operator API shows it, with the price in words where a language is asked for. */
export const viewCheck = ({ cdr, record, history }: CheckedCdr, language?: Language) => {
  const { result, review } = record
  return {
    ...addressOf(cdr),
    received_from: cdr.receivedFrom,
    outcome: result?.outcome ?? null,
    checked_at: result?.checkedAt ?? null,
    difference: result?.difference ?? null,
    ...result?.report,
    ...wordsOfStored(result?.report, language),
    findings: result?.findings ?? [],
    basis: result?.basis ?? null,
    state: review?.state ?? 'open',
    review: review === null ? null : viewReview(review),
    history: history.map(viewReview),
  }
}

/** Tells that a CDR was checked, and what was found. */
export const checkedEvent = (cdr: StoredObject, { result, review }: CdrCheckRecord): NodeEvent => ({
  type: 'cdr.checked',
  subject: subjectOf(cdr),
  data: {
    ...addressOf(cdr),
    received_from: cdr.receivedFrom,
    outcome: result?.outcome ?? null,
    difference: result?.difference ?? null,
    findings: result?.findings ?? [],
    state: review?.state ?? 'open',
    checked_at: result?.checkedAt ?? null,
  },
})

/** Tells what was decided about a CDR. */
export const reviewedEvent = (cdr: StoredObject, review: CdrReview): NodeEvent => ({
  type: 'cdr.reviewed',
  subject: subjectOf(cdr),
  data: { ...addressOf(cdr), received_from: cdr.receivedFrom, ...viewReview(review) },
})
