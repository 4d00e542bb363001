import { contentEquals, sameParty } from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet } from '@interwatt/store'
import { type Incoming, upsertOf } from '../incoming.js'
import { isLive, type Planned, planPut } from '../plan-write.js'

const unstamped = (document: Document): Document => ({ ...document, last_updated: null })

/** POST of a record: the same again makes no second one, another one under this id is a matter for PUT (INV-013). */
export const planPostRecord = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [upsertOf(key, incoming, null)], result: { kind: 'created' } }
  if (contentEquals(unstamped(existing.document), unstamped(incoming.document)))
    return { upserts: [], result: { kind: 'updated' } }
  const reason = `A record with id ${String(existing.document.id)} and other content is stored; change it with PUT (INV-013).`
  return { upserts: [], result: { kind: 'conflict', reason } }
}

/**
 * PUT of an own record. A change always gets a later time, so that those who pull see it (INV-027); a record stays with the recipient
 * it was sent to.
 */
export const planPutOwnRecord = (
  key: ObjectKey,
  incoming: Incoming,
  nowIso: string,
  read: ReadSet,
): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return planPut(key, incoming, read)
  const { addressee } = existing
  if (addressee && incoming.addressee && !sameParty(addressee, incoming.addressee)) {
    const reason = 'The record was made for another recipient; delete it and make a new one.'
    return { upserts: [], result: { kind: 'conflict', reason } }
  }
  const same = contentEquals(unstamped(existing.document), unstamped(incoming.document))
  if (same || incoming.lastUpdated !== existing.lastUpdated) return planPut(key, incoming, read)
  const document = { ...incoming.document, last_updated: nowIso }
  return planPut(key, { ...incoming, document, lastUpdated: nowIso }, read)
}
