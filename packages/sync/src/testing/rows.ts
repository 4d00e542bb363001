import { type Document, evseKey, locationKey, type ObjectKey, type StoredObject } from '@interwatt/store'
import { evse, location } from './documents.js'

const owner = { countryCode: 'DE', partyId: 'IWC' }

/** A stored row for tests without a database. */
export const row = (
  key: ObjectKey,
  document: Document,
  fields: Partial<StoredObject> = {},
): StoredObject => ({
  key,
  document,
  lastUpdated: String(document.last_updated),
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 1,
  changedSeq: 1,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
  ...fields,
})

export const locationRow = (id: string, seq: number, fields: Partial<StoredObject> = {}): StoredObject =>
  row(locationKey(owner, id), location(id), { createdSeq: seq, changedSeq: seq, ...fields })

export const evseRow = (
  id: string,
  uid: string,
  seq: number,
  fields: Partial<StoredObject> = {},
): StoredObject => row(evseKey(owner, id, uid), evse(uid), { createdSeq: seq, changedSeq: seq, ...fields })
