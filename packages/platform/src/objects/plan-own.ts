import { changedFieldsBetween, contentEquals, foldCase } from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet, StoredObject } from '@interwatt/store'
import { type Incoming, type Origin, upsertOf } from '../modules/incoming.js'
import { planPutLocation, type SplitLocation } from '../modules/locations/plan-location.js'
import { isLive, type Planned } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'

const unstamped = (document: Document): Document => ({ ...document, last_updated: null })

const listOf = (value: unknown): readonly Document[] => (Array.isArray(value) ? value.map(asDocument) : [])

/**
 * Connectors whose content did not change keep their time, so that writing the same EVSE again changes nothing
 * (LOC-096): only times that were filled in on arrival (`stampedAt`) are put back.
 */
export const keepConnectorTimes = (
  incoming: Incoming,
  existing: StoredObject | undefined,
  stampedAt: string,
): Incoming => {
  if (!isLive(existing)) return incoming
  const before = listOf(existing.document.connectors)
  const connectors = listOf(incoming.document.connectors).map((connector) => {
    if (connector.last_updated !== stampedAt) return connector
    const same = before.find((candidate) => foldCase(String(candidate.id)) === foldCase(String(connector.id)))
    return same && contentEquals(unstamped(same), unstamped(connector)) ? same : connector
  })
  return { ...incoming, document: { ...incoming.document, connectors } }
}

/** An own session never changes once it is COMPLETED; the same again is fine (SES-051). */
export const keepCompleted = (key: ObjectKey, planned: Planned, read: ReadSet): Planned => {
  const existing = read.get(key)
  const [upsert] = planned.upserts
  if (!isLive(existing) || existing.document.status !== 'COMPLETED' || upsert === undefined) return planned
  if (contentEquals(unstamped(existing.document), unstamped(upsert.document))) return planned
  const reason = 'The session is COMPLETED; what it cost is corrected in its CDR (SES-051).'
  return { upserts: [], result: { kind: 'conflict', reason } }
}

/** PUT of an own location, with the times of unchanged connectors kept. */
export const planPutOwnLocation = (
  key: ObjectKey,
  split: SplitLocation,
  stampedAt: string,
  read: ReadSet,
): Planned => {
  const evses = split.evses.map((evse) => ({
    key: evse.key,
    incoming: keepConnectorTimes(evse.incoming, read.get(evse.key), stampedAt),
  }))
  return planPutLocation(key, { ...split, evses }, read)
}

/** Retires every EVSE of an own location: nothing is ever deleted, sessions point at it (LOC-090, LOC-091). */
export const planRetireLocation = (
  key: ObjectKey,
  origin: Origin,
  nowIso: string,
  read: ReadSet,
): Planned => {
  if (!isLive(read.get(key))) return { upserts: [], result: { kind: 'unknown_object' } }
  const upserts = read
    .evses(key)
    .filter((evse) => isLive(evse) && evse.document.status !== 'REMOVED')
    .map((evse) => withFields(evse, { status: 'REMOVED' }, origin, nowIso))
  return { upserts, result: { kind: 'updated' } }
}

const withFields = (existing: StoredObject, fields: Document, origin: Origin, nowIso: string) => {
  const document = { ...existing.document, ...fields, last_updated: nowIso }
  const incoming: Incoming = {
    document,
    unmapped: existing.unmapped,
    versionIn: existing.versionIn,
    receivedFrom: origin.receivedFrom,
    lastUpdated: nowIso,
  }
  return upsertOf(existing.key, incoming, changedFieldsBetween(existing.document, document))
}

/** Sets fields of one own row, as retiring an EVSE (`REMOVED`) or a token (`valid: false`) does. */
export const planSetFields = (
  key: ObjectKey,
  fields: Document,
  origin: Origin,
  nowIso: string,
  read: ReadSet,
): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [], result: { kind: 'unknown_object' } }
  return { upserts: [withFields(existing, fields, origin, nowIso)], result: { kind: 'updated' } }
}
