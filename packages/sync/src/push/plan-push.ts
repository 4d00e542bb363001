import type { Document, StoredObject } from '@interwatt/store'
import type { Reach } from './audience.rules.js'

/** What is sent of one row to one partner. */
export type PushPlan =
  | { readonly kind: 'put' }
  | { readonly kind: 'patch'; readonly fields: readonly string[] }
  | { readonly kind: 'post' }
  /** POST of an object the partner never got; later states are PUT (INV-003, INV-004). */
  | { readonly kind: 'create' }
  | { readonly kind: 'delete' }
  /** GET first: PUT the unpublished state only where an earlier, published one is held. */
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'skip'; readonly reason: string }

/** What is known about the partner's copy of a row. */
export interface Copy {
  /** Everything of the module up to this sequence number is acknowledged or refused. */
  readonly cursor: number
  /** True when the partner is known to hold exactly the state before this one. */
  readonly holdsPrevious: boolean
  /** Whether the partner's version and the partner itself take PATCH on this kind. */
  readonly takesPatch: boolean
}

/**
 * Fields that a PATCH cannot express: lists that receivers merge instead of replace (LOC-078, SES-030), the
 * switch that decides whether an object may be seen at all, and identity (TRN-099).
 */
const notPatchable: ReadonlySet<string> = new Set([
  'booking_requests',
  'calendars',
  'charging_periods',
  'connectors',
  'evses',
  'publish',
  'publish_allowed_to',
  'country_code',
  'party_id',
  'id',
  'uid',
  'type',
])

const skip = (reason: string): PushPlan => ({ kind: 'skip', reason })

/** Chooses the request for one row: PATCH where the previous state is held, PUT otherwise (design 6). */
export const planPush = (row: StoredObject, reach: Reach, copy: Copy): PushPlan => {
  if (reach.kind === 'none') return skip(reach.reason)
  if (row.deletedAt !== null) return planTombstone(row, copy)
  if (reach.kind === 'withdrawn') return planWithdrawal(row, copy)
  if (reach.ifKnown === true && row.createdSeq > copy.cursor) return skip('CP-041')
  if (row.key.kind === 'cdr') return { kind: 'post' }
  if (isCreatedByPost(row) && row.createdSeq > copy.cursor) return { kind: 'create' }
  const fields = copy.takesPatch && copy.holdsPrevious ? patchableFields(row) : undefined
  return fields === undefined ? { kind: 'put' } : { kind: 'patch', fields }
}

const isCreatedByPost = ({ key }: StoredObject): boolean => key.kind === 'invoice_reconciliation_record'

const deletable: readonly StoredObject['key']['kind'][] = ['tariff', 'invoice_reconciliation_record']

/**
 * Only tariffs and invoice records can be deleted; a booking location goes with a PUT that has no calendars any more (BKG-016), every
 * other withdrawal was a change of state before (LOC-091, TOK-022).
 */
const planTombstone = (row: StoredObject, copy: Copy): PushPlan => {
  if (row.key.kind === 'booking_location')
    return row.createdSeq > copy.cursor ? skip('never sent') : { kind: 'put' }
  if (!deletable.includes(row.key.kind)) return skip('the module has no DELETE')
  return row.createdSeq > copy.cursor ? skip('never sent') : { kind: 'delete' }
}

/** A location that stopped being published: the last change says so, or there were changes this partner missed. */
const planWithdrawal = (row: StoredObject, copy: Copy): PushPlan => {
  if (row.key.kind !== 'location') return skip('ROL-010')
  if (row.createdSeq > copy.cursor) return skip('ROL-010')
  const touched = row.changedFields
  const known = touched !== null && !touched.includes('publish') && !touched.includes('publish_allowed_to')
  return known && copy.holdsPrevious ? skip('ROL-010') : { kind: 'withdraw' }
}

/** The changed fields when a PATCH can say them all; a field that is gone needs a PUT (LOC-075, TRN-098). */
const patchableFields = (
  row: Pick<StoredObject, 'document' | 'changedFields'>,
): readonly string[] | undefined => {
  if (row.changedFields === null) return undefined
  const fields = row.changedFields.filter((field) => field !== 'last_updated')
  const sayable = fields.every((field) => !notPatchable.has(field) && isPresent(row.document[field]))
  return sayable ? fields : undefined
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null

/** The PATCH body in canonical shape: changed fields and always `last_updated` (LOC-070, SES-027, TOK-031). */
export const patchBody = (document: Document, fields: readonly string[]): Document => {
  const body: Document = {}
  for (const field of fields) body[field] = document[field]
  body.last_updated = document.last_updated
  return body
}
