import type { ObjectKind, VersionId } from '@interwatt/protocol'
import type { Document, ObjectKey, StoredObject } from '../ports/objects.js'
import type { CdrDelivery, PullState, Refusal, SyncPartner } from '../ports/sync.js'

/** Columns of an object's key. */
export interface KeyRow {
  readonly kind: ObjectKind
  readonly country_code: string
  readonly party_id: string
  readonly id: string
}

export const keyOf = (row: KeyRow): ObjectKey => ({
  kind: row.kind,
  countryCode: row.country_code,
  partyId: row.party_id,
  id: row.id,
})

export interface ObjectRow extends KeyRow {
  readonly document: Document
  readonly last_updated: string
  readonly version_in: VersionId
  readonly unmapped: unknown
  readonly received_from: string | null
  readonly created_seq: number
  readonly changed_seq: number
  readonly previous_seq: number
  readonly changed_fields: readonly string[] | null
  readonly deleted_at: string | null
}

export const objectOf = (row: ObjectRow): StoredObject => ({
  key: keyOf(row),
  document: row.document,
  lastUpdated: row.last_updated,
  versionIn: row.version_in,
  unmapped: row.unmapped,
  receivedFrom: row.received_from,
  createdSeq: row.created_seq,
  changedSeq: row.changed_seq,
  previousSeq: row.previous_seq,
  changedFields: row.changed_fields,
  deletedAt: row.deleted_at,
})

export interface PartnerRow {
  readonly partner_id: string
  readonly cursors: SyncPartner['cursors']
  readonly outages: number
  readonly retry_at: string | null
  readonly last_error: string | null
  readonly last_success_at: string | null
}

export const partnerOf = (row: PartnerRow): SyncPartner => ({
  partnerId: row.partner_id,
  cursors: row.cursors,
  outages: row.outages,
  retryAt: row.retry_at,
  lastError: row.last_error,
  lastSuccessAt: row.last_success_at,
})

export interface RefusalRow extends KeyRow {
  readonly partner_id: string
  readonly seq: number
  readonly http_status: number
  readonly status_code: number
  readonly message: string
  readonly at: string
}

export const refusalOf = (row: RefusalRow): Refusal => ({
  partnerId: row.partner_id,
  key: keyOf(row),
  seq: row.seq,
  httpStatus: row.http_status,
  statusCode: row.status_code,
  message: row.message,
  at: row.at,
})

export interface DeliveryRow extends Omit<KeyRow, 'kind'> {
  readonly partner_id: string
  readonly state: CdrDelivery['state']
  readonly location_url: string | null
}

export const deliveryOf = (row: DeliveryRow): CdrDelivery => ({
  partnerId: row.partner_id,
  key: keyOf({ ...row, kind: 'cdr' }),
  state: row.state,
  locationUrl: row.location_url,
})

export interface PullRow {
  readonly partner_id: string
  readonly module: PullState['module']
  readonly crawl: PullState['crawl']
  readonly watermark: string | null
  readonly last_full_at: string | null
  readonly last_delta_at: string | null
  readonly due_at: string | null
  readonly last_error: string | null
  readonly failures: number
}

export const pullOf = (row: PullRow): PullState => ({
  partnerId: row.partner_id,
  module: row.module,
  crawl: row.crawl,
  watermark: row.watermark,
  lastFullAt: row.last_full_at,
  lastDeltaAt: row.last_delta_at,
  dueAt: row.due_at,
  lastError: row.last_error,
  failures: row.failures,
})

/** Keys as parallel lists, the way statements take many of them. */
export const columnsOf = (keys: readonly ObjectKey[]) => ({
  kinds: keys.map((key) => key.kind),
  countries: keys.map((key) => key.countryCode),
  parties: keys.map((key) => key.partyId),
  ids: keys.map((key) => key.id),
})
