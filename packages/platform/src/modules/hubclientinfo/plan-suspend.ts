import type { ObjectKey, ReadSet } from '@interwatt/store'
import { isLive, type Planned } from '../plan-write.js'

/**
 * A client that a complete list of its hub does not name any more counts as SUSPENDED (HCI-017). Its time stays: whatever the hub
 * says of it next is newer.
 */
export const planSuspend = (key: ObjectKey, _nowIso: string, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [], result: { kind: 'unknown_object' } }
  const document = { ...existing.document, status: 'SUSPENDED' }
  const upsert = { ...existing, document, unmapped: null, changedFields: ['status'] }
  return { upserts: [upsert], result: { kind: 'updated' } }
}
