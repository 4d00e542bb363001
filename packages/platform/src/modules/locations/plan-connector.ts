import { applyPatch, contentEquals, foldCase, lift, lower, remainderOf } from '@interwatt/protocol'
import type { Document, Kept, ObjectKey, ReadSet, StoredObject } from '@interwatt/store'
import { effectiveInstant, type Origin, upsertOf } from '../incoming.js'
import { isLive, type Planned, stamped, touchedBy } from '../plan-write.js'
import { asDocument } from '../serving.js'

const connectorsOf = ({ connectors }: Document): readonly Document[] =>
  Array.isArray(connectors) ? connectors.map(asDocument) : []

const sameId = (connector: Document, id: string): boolean => foldCase(String(connector.id)) === foldCase(id)

/** A connector of an EVSE document; ids are unique inside the EVSE only (LOC-100). */
export const findConnector = (evse: Document, connectorId: string): Document | undefined =>
  connectorsOf(evse).find((connector) => sameId(connector, connectorId))

/** A connector in canonical shape, and as it came where that is known. */
interface Change {
  readonly sent: Document | undefined
  readonly connector: Document
  /** What the canonical shape does not say of it. */
  readonly unmapped: unknown
}

const exchanged = (evse: Document, connector: Document): readonly Document[] => {
  const list = connectorsOf(evse)
  const index = list.findIndex((candidate) => sameId(candidate, String(connector.id)))
  return index < 0 ? [...list, connector] : list.with(index, connector)
}

/** The EVSE in a version, as it came where it came in this one; undefined when the version cannot express it. */
const evseIn = (evse: StoredObject, { version }: Origin): Document | undefined => {
  const unmapped = evse.versionIn === version ? (evse.unmapped ?? undefined) : undefined
  const lowered = lower('evse', version, evse.document, 'whole', unmapped)
  return lowered.kind === 'document' ? asDocument(lowered.document) : undefined
}

/**
 * What is kept of the EVSE with the new connector: of one version only, that of the EVSE unless the connector leaves something to
 * keep in another.
 */
const keptWith = (evse: StoredObject, document: Document, change: Change, origin: Origin): Kept => {
  const { versionIn, unmapped } = evse
  const unchanged = { versionIn, unmapped }
  if (change.sent === undefined) return unchanged
  if (change.unmapped === null && (unmapped === null || versionIn !== origin.version)) return unchanged
  const before = evseIn(evse, origin)
  if (before === undefined) return unchanged
  const moved = document.last_updated !== evse.document.last_updated
  const sent = {
    ...before,
    connectors: exchanged(before, change.sent),
    ...(moved ? { last_updated: change.sent.last_updated } : {}),
  }
  return { versionIn: origin.version, unmapped: remainderOf('evse', origin.version, document, sent) }
}

/** The EVSE with one connector exchanged: its `last_updated` moves with the connector's, never back (LOC-054, LOC-057). */
const withConnector = (evse: StoredObject, change: Change, origin: Origin): Planned['upserts'] => {
  const { connector } = change
  const at = effectiveInstant(connector.last_updated, origin.nowMs)
  const moves = at > evse.lastUpdated
  const document: Document = {
    ...evse.document,
    connectors: exchanged(evse.document, connector),
    last_updated: moves ? connector.last_updated : evse.document.last_updated,
  }
  const incoming = {
    document,
    ...keptWith(evse, document, change, origin),
    receivedFrom: origin.receivedFrom,
    lastUpdated: moves ? at : evse.lastUpdated,
  }
  return [upsertOf(evse.key, incoming, touchedBy(evse, incoming))]
}

const isOlder = (connector: Document, change: Document, origin: Origin): boolean =>
  effectiveInstant(change.last_updated, origin.nowMs) < effectiveInstant(connector.last_updated, origin.nowMs)

const lifted = (sent: Document, { version, facts }: Origin): Change => {
  const { document, unmapped } = lift('connector', version, sent, 'whole', facts)
  return { sent, connector: asDocument(document), unmapped }
}

/** PUT of one connector under a known EVSE. */
export const planPutConnector = (
  key: ObjectKey,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const evse = read.get(key)
  if (!isLive(evse)) return { upserts: [], result: { kind: 'unknown_parent' } }
  const change = lifted(received, origin)
  const existing = findConnector(evse.document, String(change.connector.id))
  if (existing && isOlder(existing, change.connector, origin))
    return { upserts: [], result: { kind: 'stale' } }
  return {
    upserts: withConnector(evse, change, origin),
    result: { kind: existing ? 'updated' : 'created' },
  }
}

/** The connector in the sender's version, where a PATCH of it has to be told from what only this version calls so. */
const asItCame = (
  evse: StoredObject,
  existing: Document,
  patch: Document,
  origin: Origin,
): Document | undefined => {
  const { version, facts } = origin
  const leaves = lift('connector', version, patch, 'patch', facts).unmapped !== null
  const isKept = evse.versionIn === version && evse.unmapped !== null
  const before = leaves || isKept ? evseIn(evse, origin) : undefined
  const sent = before && findConnector(before, String(existing.id))
  // What another version added to it since would be lost.
  return sent && contentEquals(lifted(sent, origin).connector, existing) ? sent : undefined
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
  const existing = isLive(evse) ? findConnector(evse.document, connectorId) : undefined
  if (!isLive(evse) || !existing) return { upserts: [], result: { kind: 'unknown_object' } }
  if (isOlder(existing, received, origin)) return { upserts: [], result: { kind: 'stale' } }
  const patch = stamped(received, origin)
  const sent = asItCame(evse, existing, patch, origin)
  const inCanonical = (): Document =>
    asDocument(lift('connector', origin.version, patch, 'patch', origin.facts).document)
  const result = applyPatch('connector', sent ?? existing, sent ? patch : inCanonical())
  if ('findings' in result) return { upserts: [], result: { kind: 'invalid', findings: result.findings } }
  const change: Change = sent
    ? lifted(result.document, origin)
    : { sent: undefined, connector: result.document, unmapped: null }
  return { upserts: withConnector(evse, change, origin), result: { kind: 'updated' } }
}
