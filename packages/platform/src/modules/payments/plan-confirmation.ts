import { changedFieldsBetween, contentEquals } from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet } from '@interwatt/store'
import { type Incoming, upsertOf } from '../incoming.js'
import { isLive, type Planned } from '../plan-write.js'

const unstamped = (document: Document): Document => ({ ...document, last_updated: null })

/** A confirmation is replaced by a newer one only: a capture that failed may succeed later (PAY-035). */
export const planConfirmation = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [upsertOf(key, incoming, null)], result: { kind: 'created' } }
  if (contentEquals(unstamped(existing.document), unstamped(incoming.document)))
    return { upserts: [], result: { kind: 'updated' } }
  if (incoming.lastUpdated <= existing.lastUpdated) {
    const reason = `A confirmation with id ${String(existing.document.id)} and other content is stored, and this one is not newer (PAY-035).`
    return { upserts: [], result: { kind: 'conflict', reason } }
  }
  const fields = changedFieldsBetween(existing.document, incoming.document)
  return { upserts: [upsertOf(key, incoming, fields)], result: { kind: 'updated' } }
}
