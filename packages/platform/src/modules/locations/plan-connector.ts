import { applyPatch, changedFieldsBetween, foldCase, lift } from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet, StoredObject } from '@interwatt/store'
import { effectiveInstant, type Origin, upsertOf } from '../incoming.js'
import { isLive, type Planned, stamped } from '../plan-write.js'
import { asDocument } from '../serving.js'

const connectorsOf = (evse: StoredObject): readonly Document[] =>
  Array.isArray(evse.document.connectors) ? evse.document.connectors.map(asDocument) : []

const sameId = (connector: Document, id: string): boolean => foldCase(String(connector.id)) === foldCase(id)

/** A connector of an EVSE row; ids are unique inside the EVSE only (LOC-100). */
export const findConnector = (evse: StoredObject, connectorId: string): Document | undefined =>
  connectorsOf(evse).find((connector) => sameId(connector, connectorId))

/** The EVSE with one connector exchanged: its `last_updated` moves with the connector's, never back (LOC-054, LOC-057). */
const withConnector = (evse: StoredObject, connector: Document, origin: Origin): Planned['upserts'] => {
  const list = connectorsOf(evse)
  const index = list.findIndex((candidate) => sameId(candidate, String(connector.id)))
  const connectors = index < 0 ? [...list, connector] : list.with(index, connector)
  const at = effectiveInstant(connector.last_updated, origin.nowMs)
  const moves = at > evse.lastUpdated
  const document: Document = {
    ...evse.document,
    connectors,
    last_updated: moves ? connector.last_updated : evse.document.last_updated,
  }
  const incoming = {
    document,
    unmapped: evse.unmapped,
    versionIn: evse.versionIn,
    receivedFrom: origin.receivedFrom,
    lastUpdated: moves ? at : evse.lastUpdated,
  }
  return [upsertOf(evse.key, incoming, changedFieldsBetween(evse.document, document))]
}

const isOlder = (connector: Document, change: Document, origin: Origin): boolean =>
  effectiveInstant(change.last_updated, origin.nowMs) < effectiveInstant(connector.last_updated, origin.nowMs)

/** PUT of one connector under a known EVSE. */
export const planPutConnector = (
  key: ObjectKey,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const evse = read.get(key)
  if (!isLive(evse)) return { upserts: [], result: { kind: 'unknown_parent' } }
  const connector = asDocument(lift('connector', origin.version, received, 'whole', origin.facts).document)
  const existing = findConnector(evse, String(connector.id))
  if (existing && isOlder(existing, connector, origin)) return { upserts: [], result: { kind: 'stale' } }
  return {
    upserts: withConnector(evse, connector, origin),
    result: { kind: existing ? 'updated' : 'created' },
  }
}

/** PATCH of one connector. */
export const planPatchConnector = (
  key: ObjectKey,
  connectorId: string,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const evse = read.get(key)
  const existing = isLive(evse) ? findConnector(evse, connectorId) : undefined
  if (!isLive(evse) || !existing) return { upserts: [], result: { kind: 'unknown_object' } }
  if (isOlder(existing, received, origin)) return { upserts: [], result: { kind: 'stale' } }
  const result = applyPatch(
    'connector',
    existing,
    asDocument(lift('connector', origin.version, stamped(received, origin), 'patch', origin.facts).document),
  )
  if ('findings' in result) return { upserts: [], result: { kind: 'invalid', findings: result.findings } }
  return { upserts: withConnector(evse, result.document, origin), result: { kind: 'updated' } }
}
