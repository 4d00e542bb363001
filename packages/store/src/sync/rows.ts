import { type ObjectRow, rowKey } from '../objects/object-row.js'
import type { ObjectKey } from '../ports/objects.js'
import type { CdrDelivery, PullState, Refusal, SyncPartner } from '../ports/sync.js'

/** Columns of an object's key. */
export type KeyRow = Pick<ObjectRow, 'kind' | 'country_code' | 'party_id' | 'id'>

export interface PartnerRow {
  readonly partner_id: string
  readonly cursors: SyncPartner['cursors']
  readonly outages: number
  readonly retry_at: string | null
  readonly last_error: string | null
  readonly last_success_at: string | null
  readonly clocks: SyncPartner['clocks']
}

export const partnerOf = (row: PartnerRow): SyncPartner => ({
  partnerId: row.partner_id,
  cursors: row.cursors,
  outages: row.outages,
  retryAt: row.retry_at,
  lastError: row.last_error,
  lastSuccessAt: row.last_success_at,
  clocks: row.clocks,
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
  key: rowKey(row),
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
  key: rowKey({ ...row, kind: 'cdr' }),
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
  readonly asked: string | null
  readonly asked_since: string | null
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
  ...(row.asked === null ? {} : { asked: { id: row.asked, since: row.asked_since } }),
})

/** Keys as parallel lists, the way statements take many of them. */
export const columnsOf = (keys: readonly ObjectKey[]) => ({
  kinds: keys.map((key) => key.kind),
  countries: keys.map((key) => key.countryCode),
  parties: keys.map((key) => key.partyId),
  ids: keys.map((key) => key.id),
})
