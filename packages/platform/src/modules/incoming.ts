import {
  type CrossingFacts,
  type DocumentName,
  formatDateTime,
  lift,
  type PartyId,
  parseDateTime,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, ObjectKey, Upsert } from '@interwatt/store'
import { asDocument } from './serving.js'

/** A document on its way into the store: canonical, with what is needed to give it back as it came. */
export interface Incoming {
  readonly document: Document
  readonly unmapped: unknown
  readonly versionIn: VersionId
  /** Partner it came from; null for our own objects. */
  readonly receivedFrom: string | null
  /** ISO instant that decides between newer and older. */
  readonly lastUpdated: string
  /** The other party, of an object that is between two. */
  readonly addressee?: PartyId
}

export interface Origin {
  readonly version: VersionId
  readonly receivedFrom: string | null
  /** Milliseconds since 1970: bounds how far ahead a sender's clock may push us. */
  readonly nowMs: number
  /** What the sender's version leaves to the surroundings of a document. */
  readonly facts?: CrossingFacts
}

/** A sender's clock may be ahead by this much; a later `last_updated` counts as now plus this, so that it cannot lock an object. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/** The instant of a document's `last_updated` for comparison, bounded against clocks that run ahead or never started. */
export const effectiveInstant = (lastUpdated: unknown, nowMs: number): string => {
  const parsed = typeof lastUpdated === 'string' ? parseDateTime(lastUpdated) : undefined
  return formatDateTime(Math.max(0, Math.min(parsed?.epochMs ?? nowMs, nowMs + CLOCK_TOLERANCE_MS)), 3)
}

/** Lifts a validated whole document of the sender's version. */
export const readIncoming = (name: DocumentName, received: Document, origin: Origin): Incoming => {
  const { document, unmapped } = lift(name, origin.version, received, 'whole', origin.facts)
  const canonical = asDocument(document)
  return {
    document: canonical,
    unmapped: unmapped ?? null,
    versionIn: origin.version,
    receivedFrom: origin.receivedFrom,
    lastUpdated: effectiveInstant(canonical.last_updated, origin.nowMs),
  }
}

/** Only the party, where a key was given for it. */
const partyOfKey = ({ countryCode, partyId }: PartyId): PartyId => ({ countryCode, partyId })

/** The row that an incoming document becomes. */
export const upsertOf = (
  key: ObjectKey,
  incoming: Incoming,
  changedFields: readonly string[] | null,
): Upsert => ({
  key,
  document: incoming.document,
  lastUpdated: incoming.lastUpdated,
  versionIn: incoming.versionIn,
  unmapped: incoming.unmapped,
  receivedFrom: incoming.receivedFrom,
  ...(incoming.addressee === undefined ? {} : { addressee: partyOfKey(incoming.addressee) }),
  changedFields,
})
