import {
  applyPatch,
  changedFieldsBetween,
  contentEquals,
  type DocumentName,
  type Finding,
  formatDateTime,
  type Lifted,
  lift,
  lower,
  versionOf,
} from '@interwatt/protocol'
import {
  contentOfRemainder,
  type Document,
  type ObjectKey,
  type ReadSet,
  type StoredObject,
  type Upsert,
} from '@interwatt/store'
import { effectiveInstant, type Incoming, type Origin, upsertOf } from './incoming.js'
import { asDocument } from './serving.js'

/** What a write came to. `stale`: older than what is stored, acknowledged and not applied (TRN-100). */
export type Verdict =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'unknown_object' }
  | { readonly kind: 'unknown_parent' }
  | { readonly kind: 'conflict'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] }

export interface Planned {
  readonly upserts: readonly Upsert[]
  readonly result: Verdict
}

export const isLive = (object: StoredObject | undefined): object is StoredObject =>
  object !== undefined && object.deletedAt === null

const nothing = (result: Verdict): Planned => ({ upserts: [], result })

/**
 * The fields a write touches; null, for all, when it also changes what is kept beside the document, which no PATCH of fields
 * says.
 */
export const touchedBy = (
  existing: StoredObject,
  { document, unmapped }: Pick<Incoming, 'document' | 'unmapped'>,
): readonly string[] | null =>
  contentEquals(contentOfRemainder(existing.unmapped), contentOfRemainder(unmapped))
    ? changedFieldsBetween(existing.document, document)
    : null

/** Whole replacement: newer or equal wins, a tombstone is revived (TRN-091, TRN-092, TRN-100). */
export const planPut = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [upsertOf(key, incoming, null)], result: { kind: 'created' } }
  if (incoming.lastUpdated < existing.lastUpdated) return nothing({ kind: 'stale' })
  const changedFields = touchedBy(existing, incoming)
  return { upserts: [upsertOf(key, incoming, changedFields)], result: { kind: 'updated' } }
}

type Patchable =
  | 'location'
  | 'evse'
  | 'tariff'
  | 'token'
  | 'session'
  | 'terminal'
  | 'booking_location'
  | 'booking'

/** A PATCH without a time is of the moment it came in, where the version lets it be left out (TRN-095). */
export const stamped = (received: Document, origin: Origin): Document =>
  received.last_updated === undefined
    ? { ...received, last_updated: formatDateTime(origin.nowMs, 3) }
    : received

/** What `lower` takes for a document that is given back as it is, so that it says nothing of what lifting had added. */
const NOTHING_KEPT = { fields: {} }

/**
 * The object in the sender's version, where the PATCH is to be applied to it there: something is kept of one of them that the canonical
 * document does not say. Undefined where that would lose what another version added to it since.
 */
const patchedAsItCame = (
  name: Patchable,
  existing: StoredObject,
  change: Lifted,
  origin: Origin,
): Document | undefined => {
  if (existing.versionIn !== origin.version) return undefined
  if (existing.unmapped === null && change.unmapped === null) return undefined
  const lowered = lower(name, origin.version, existing.document, 'whole', existing.unmapped ?? NOTHING_KEPT)
  return lowered.kind === 'document' && lowered.losses.length === 0 ? asDocument(lowered.document) : undefined
}

/** The stored object with a PATCH of the sender's version applied, or what is wrong with it. */
export const patched = (
  name: Patchable,
  existing: StoredObject,
  sent: Document,
  origin: Origin,
):
  | { readonly incoming: Incoming; readonly changedFields: readonly string[] | null }
  | { readonly findings: readonly Finding[] } => {
  const received = stamped(sent, origin)
  const change = lift(name, origin.version, received, 'patch', origin.facts)
  const asItCame = patchedAsItCame(name, existing, change, origin)
  const periods = versionOf(origin.version)?.traits.patchedPeriods ?? 'append'
  const result = asItCame
    ? applyPatch(name, asItCame, received, { periods })
    : applyPatch(name, existing.document, asDocument(change.document), { periods })
  if ('findings' in result) return result
  const lifted = asItCame
    ? lift(name, origin.version, result.document, 'whole', origin.facts)
    : { document: result.document, unmapped: existing.unmapped }
  const document = asDocument(lifted.document)
  const incoming: Incoming = {
    document,
    unmapped: lifted.unmapped ?? null,
    versionIn: existing.versionIn,
    receivedFrom: origin.receivedFrom,
    lastUpdated: effectiveInstant(document.last_updated, origin.nowMs),
    ...(existing.addressee === undefined ? {} : { addressee: existing.addressee }),
  }
  return { incoming, changedFields: touchedBy(existing, incoming) }
}

/** Partial change of one row: absent fields stay, older is acknowledged and not applied. */
export const planPatch = (
  name: DocumentName & Patchable,
  key: ObjectKey,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return nothing({ kind: 'unknown_object' })
  if (
    received.last_updated !== undefined &&
    effectiveInstant(received.last_updated, origin.nowMs) < existing.lastUpdated
  ) {
    return nothing({ kind: 'stale' })
  }
  const result = patched(name, existing, received, origin)
  if ('findings' in result) return nothing({ kind: 'invalid', findings: result.findings })
  return { upserts: [upsertOf(key, result.incoming, result.changedFields)], result: { kind: 'updated' } }
}

/** A tombstone. The document stays for pricing and audit (TAR-004). */
export const planDelete = (key: ObjectKey, nowIso: string, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return nothing({ kind: 'unknown_object' })
  const upsert: Upsert = { ...existing, lastUpdated: nowIso, changedFields: null, deleted: true }
  return { upserts: [upsert], result: { kind: 'updated' } }
}
