import type { ObjectKind, PartyId, VersionId } from '@interwatt/protocol'
import type { Document, ObjectKey, StoredObject } from '../ports/objects.js'

/** A row as `objectColumns` selects it. */
export interface ObjectRow {
  readonly kind: ObjectKind
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly document: Document
  readonly last_updated: string
  readonly content_hash: string
  readonly version_in: VersionId
  readonly unmapped: unknown
  readonly received_from: string | null
  /** `DE/CPO`; not selected where it does not matter. */
  readonly addressee?: string | null
  readonly created_seq: number
  readonly changed_seq: number
  readonly previous_seq: number
  readonly changed_fields: readonly string[] | null
  readonly deleted_at: string | null
}

/** Key of a row. */
export const rowKey = (row: Pick<ObjectRow, 'kind' | 'country_code' | 'party_id' | 'id'>): ObjectKey => ({
  kind: row.kind,
  countryCode: row.country_code,
  partyId: row.party_id,
  id: row.id,
})

/** A party as the column `addressee` holds it. */
export const addresseeText = ({ countryCode, partyId }: PartyId): string => `${countryCode}/${partyId}`

const addresseeOf = (text: string | null | undefined): { addressee?: PartyId } => {
  const [countryCode, partyId] = text?.split('/') ?? []
  return countryCode === undefined || partyId === undefined ? {} : { addressee: { countryCode, partyId } }
}

/** The object a row holds. */
export const rowObject = (row: ObjectRow): StoredObject => ({
  key: rowKey(row),
  document: row.document,
  lastUpdated: row.last_updated,
  versionIn: row.version_in,
  unmapped: row.unmapped,
  receivedFrom: row.received_from,
  ...addresseeOf(row.addressee),
  createdSeq: row.created_seq,
  changedSeq: row.changed_seq,
  previousSeq: row.previous_seq,
  changedFields: row.changed_fields,
  deletedAt: row.deleted_at,
})

/** Keys as four arrays, the way statements take them. */
export const keyArrays = (keys: readonly ObjectKey[]): readonly (readonly string[])[] => [
  keys.map(({ kind }) => kind),
  keys.map(({ countryCode }) => countryCode),
  keys.map(({ partyId }) => partyId),
  keys.map(({ id }) => id),
]
