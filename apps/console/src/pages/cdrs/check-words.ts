import { textAt } from '../../api/fields.js'
import type { ReviewState } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import type { Tone } from '../../parts/values.js'

/** Colours of outcomes of checks. */
export const outcomeTones: Readonly<Record<string, Tone>> = {
  agrees: 'good',
  differs: 'bad',
  unpriced: 'warn',
}

/** Colours of decisions. */
export const reviewTones: Readonly<Record<ReviewState, Tone>> = {
  open: 'quiet',
  accepted: 'good',
  held: 'warn',
  disputed: 'bad',
}

/** Under which the check of a CDR is kept. */
export const checkKeyOf = (cdr: Doc): readonly string[] => [
  'cdrs',
  'check',
  textAt(cdr, 'country_code'),
  textAt(cdr, 'party_id'),
  textAt(cdr, 'id'),
]
