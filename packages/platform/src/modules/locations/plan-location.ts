import type { PartyId } from '@interwatt/protocol'
import {
  type Document,
  evseKey,
  locationKey,
  type ObjectKey,
  type ReadSet,
  type StoredObject,
  type Upsert,
} from '@interwatt/store'
import { type Incoming, type Origin, readIncoming, upsertOf } from '../incoming.js'
import { isLive, type Planned, patched, touchedBy } from '../plan-write.js'
import { asDocument } from '../serving.js'

/** A location split into its own row and one row for each EVSE. */
export interface SplitLocation {
  readonly location: Incoming
  readonly evses: readonly { readonly key: ObjectKey; readonly incoming: Incoming }[]
}

const without = (document: Document, field: string): Document => {
  const { [field]: _left, ...rest } = document
  return rest
}

const listOf = (value: unknown): readonly Document[] => (Array.isArray(value) ? value.map(asDocument) : [])

/** Splits a validated Location of the sender's version. An empty `evses` list stays, so that it is given back. */
export const splitLocation = (
  party: PartyId,
  locationId: string,
  received: Document,
  origin: Origin,
): SplitLocation => {
  const evses = listOf(received.evses)
  const own = evses.length > 0 ? without(received, 'evses') : received
  return {
    location: readIncoming('location', own, origin),
    evses: evses.map((evse) => ({
      key: evseKey(party, locationId, String(evse.uid)),
      incoming: readIncoming('evse', evse, origin),
    })),
  }
}

const evseUpsert = (
  key: ObjectKey,
  incoming: Incoming,
  existing: StoredObject | undefined,
): Upsert | undefined => {
  if (!isLive(existing)) return upsertOf(key, incoming, null)
  if (incoming.lastUpdated < existing.lastUpdated) return undefined
  return upsertOf(key, incoming, touchedBy(existing, incoming))
}

/** An EVSE that a whole location no longer lists is kept as REMOVED: sessions point at it (LOC-058, LOC-091). */
const removedEvse = (existing: StoredObject, location: Incoming): Upsert => ({
  key: existing.key,
  document: { ...existing.document, status: 'REMOVED', last_updated: location.document.last_updated },
  lastUpdated: location.lastUpdated,
  versionIn: existing.versionIn,
  unmapped: existing.unmapped,
  receivedFrom: location.receivedFrom,
  changedFields: ['status', 'last_updated'],
})

const isUpsert = (upsert: Upsert | undefined): upsert is Upsert => upsert !== undefined

/** PUT of a whole location: its own fields, every EVSE in the body, and the EVSEs that are gone (LOC-050 to LOC-058). */
export const planPutLocation = (key: ObjectKey, split: SplitLocation, read: ReadSet): Planned => {
  const existing = read.get(key)
  const known = read.evses(key)
  const stale = isLive(existing) && split.location.lastUpdated < existing.lastUpdated
  if (stale) return { upserts: [], result: { kind: 'stale' } }
  const fields = isLive(existing) ? touchedBy(existing, split.location) : null
  const listed = new Set(split.evses.map((evse) => evse.key.id))
  const upserts = [
    upsertOf(key, split.location, fields),
    ...split.evses.map(({ key: evse, incoming }) =>
      evseUpsert(evse, incoming, read.get(evse) ?? known.find((row) => row.key.id === evse.id)),
    ),
    ...known
      .filter(
        (row) =>
          isLive(row) &&
          !listed.has(row.key.id) &&
          row.document.status !== 'REMOVED' &&
          row.lastUpdated <= split.location.lastUpdated,
      )
      .map((row) => removedEvse(row, split.location)),
  ].filter(isUpsert)
  return { upserts, result: { kind: isLive(existing) ? 'updated' : 'created' } }
}

/** PATCH of a location: its own fields, and any EVSEs in the body upserted by uid, the others left alone (LOC-078). */
export const planPatchLocation = (
  party: PartyId,
  locationId: string,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const key = locationKey(party, locationId)
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [], result: { kind: 'unknown_object' } }
  const own = patched('location', existing, without(received, 'evses'), origin)
  if ('findings' in own) return { upserts: [], result: { kind: 'invalid', findings: own.findings } }
  if (own.incoming.lastUpdated < existing.lastUpdated) return { upserts: [], result: { kind: 'stale' } }
  const upserts: (Upsert | undefined)[] = [upsertOf(key, own.incoming, own.changedFields)]
  for (const evse of listOf(received.evses)) {
    const evseRow = evseKey(party, locationId, String(evse.uid))
    const stored = read.get(evseRow)
    if (isLive(stored)) {
      const change = patched('evse', stored, evse, origin)
      if ('findings' in change) return { upserts: [], result: { kind: 'invalid', findings: change.findings } }
      upserts.push(
        change.incoming.lastUpdated < stored.lastUpdated
          ? undefined
          : upsertOf(evseRow, change.incoming, change.changedFields),
      )
    } else {
      upserts.push(upsertOf(evseRow, readIncoming('evse', evse, origin), null))
    }
  }
  return { upserts: upserts.filter(isUpsert), result: { kind: 'updated' } }
}

/** PUT of one EVSE under a known location (LOC-052, LOC-053). */
export const planPutEvse = (
  key: ObjectKey,
  location: ObjectKey,
  incoming: Incoming,
  read: ReadSet,
): Planned => {
  if (!isLive(read.get(location))) return { upserts: [], result: { kind: 'unknown_parent' } }
  const existing = read.get(key)
  if (isLive(existing) && incoming.lastUpdated < existing.lastUpdated)
    return { upserts: [], result: { kind: 'stale' } }
  const upsert = evseUpsert(key, incoming, existing)
  return { upserts: upsert ? [upsert] : [], result: { kind: isLive(existing) ? 'updated' : 'created' } }
}
