import type { ObjectKind, PartyId, VersionId } from '@interwatt/protocol'

/** A JSON object as stored and served: canonical shape plus whatever else the partner sent. */
export type Document = { [field: string]: unknown }

/**
 * The identity of a stored object. `id` is the key text: `LOC1`, `LOC1/EVSE1` for an EVSE, `UID/RFID` for a
 * token; segments are percent-escaped and upper-cased by `objectKey…` constructors, documents keep their spelling.
 */
export interface ObjectKey {
  readonly kind: ObjectKind
  readonly countryCode: string
  readonly partyId: string
  readonly id: string
}

/** One row of `objects`, with its document parsed. A location row holds no EVSEs. */
export interface StoredObject {
  readonly key: ObjectKey
  readonly document: Document
  /** ISO 8601, UTC, milliseconds, `Z`. */
  readonly lastUpdated: string
  readonly versionIn: VersionId
  /** What the lens could not carry, to give the object back exactly in `versionIn`. */
  readonly unmapped: unknown
  /** Partner the object came from; null for objects of parties this node hosts. */
  readonly receivedFrom: string | null
  /** The other party of an object that is between two parties; absent where every reader may have it. */
  readonly addressee?: PartyId
  readonly createdSeq: number
  readonly changedSeq: number
  /** `changedSeq` of the state before, 0 when this is the first. */
  readonly previousSeq: number
  /** Top-level fields the last change touched; null when all (a first or replaced document). */
  readonly changedFields: readonly string[] | null
  /** ISO time of the tombstone, null while the object lives. */
  readonly deletedAt: string | null
  /** See `KeptParts`. */
  readonly parts?: KeptParts
}

/** How the document of a row is kept: the version it came in, and what gives it back exactly in that version. */
export type Kept = Pick<StoredObject, 'versionIn' | 'unmapped'>

/**
 * How the EVSEs of an assembled location are kept, by the id of their key; only those that came in another version than the
 * location or have something `unmapped`. Absent when there are none, and for all other objects.
 */
export type KeptParts = ReadonlyMap<string, Kept>

/** The new state of one object; the store decides by content hash whether it is a change. */
export interface Upsert {
  readonly key: ObjectKey
  readonly document: Document
  readonly lastUpdated: string
  readonly versionIn: VersionId
  readonly unmapped: unknown
  readonly receivedFrom: string | null
  /** See `StoredObject.addressee`. */
  readonly addressee?: PartyId
  /** See `StoredObject.changedFields`. */
  readonly changedFields: readonly string[] | null
  /** True writes a tombstone. */
  readonly deleted?: boolean
  /** Of a booking: all it holds from now on; what it held before and is not in the list becomes free. */
  readonly holds?: readonly Hold[]
}

/**
 * Time of a place that a booking keeps from all others. The database refuses two holds of one place that overlap: the
 * write that comes second fails with `SlotTaken` (BKG-029).
 */
export interface Hold {
  /** The place, as text: a booking location or an EVSE. */
  readonly place: string
  /** ISO times; the end does not belong to it. */
  readonly from: string
  readonly to: string
  /** What of the calendar is needed to give the time back: its fields without timeslots, and the timeslot. */
  readonly calendar: Document | null
}

/** What a plan may look at: the rows it asked for, as they are when its turn comes. */
export interface ReadSet {
  get(key: ObjectKey): StoredObject | undefined
  /** Live and removed EVSE rows of a location that was named in `evsesOf`, oldest first. */
  evses(location: ObjectKey): readonly StoredObject[]
}

/**
 * One write: what to read, and a pure decision what to store. The store gathers writes of the same moment, runs
 * their plans in order over one snapshot, and commits all in one transaction; the promise settles when durable.
 */
export interface WriteRequest<T> {
  readonly reads: readonly ObjectKey[]
  readonly evsesOf?: readonly ObjectKey[]
  plan(read: ReadSet): { readonly upserts: readonly Upsert[]; readonly result: T }
}

/** What became of a write, once it is durable. */
export interface WriteOutcome<T> {
  readonly result: T
  /** Keys whose stored state changed; equal content is not a change. */
  readonly changed: readonly ObjectKey[]
}

/** A page over objects of one kind, in order of creation, oldest first unless `newestFirst`. Locations come assembled with their EVSEs. */
export interface PageQuery {
  readonly kind: Exclude<ObjectKind, 'evse'>
  /** Only objects of these parties; undefined for all. */
  readonly owners?: readonly PartyId[]
  /** Only objects received from this partner; null for own objects only; undefined for both. */
  readonly receivedFrom?: string | null
  /** Only sessions and CDRs whose `cdr_token` belongs to one of these parties. */
  readonly tokenOwners?: readonly PartyId[]
  /** Only objects addressed to one of these parties. */
  readonly addressees?: readonly PartyId[]
  /** Only bookings that one of these parties requested (BKG-004). */
  readonly requesters?: readonly PartyId[]
  /** Only booking locations with a timeslot that ends after this ISO time (BKG-002). */
  readonly timeslotFrom?: string
  /** Only booking locations with a timeslot that starts before this ISO time (BKG-002). */
  readonly timeslotTo?: string
  /**
   * Leaves out locations with `publish: false`: all of them (`none`), or those that nobody may see (`allowed` keeps the ones with
   * `publish_allowed_to`).
   */
  readonly unpublished?: 'none' | 'allowed'
  /** Effective `last_updated` at or after (a location counts its EVSEs). */
  readonly dateFrom?: string
  /** Effective `last_updated` strictly before. */
  readonly dateTo?: string
  /** Equality filters on top-level document fields, for the operator API; e.g. `{ status: 'ACTIVE' }`. */
  readonly where?: Readonly<Record<string, string>>
  /** Only CDRs whose check has this outcome, whose state is this, or that have a finding of this code. */
  readonly check?: { readonly outcome?: string; readonly state?: string; readonly finding?: string }
  readonly after?: string
  readonly offset?: number
  readonly limit: number
  /** True begins with what was created last; a cursor goes on in the order it was given out for. */
  readonly newestFirst?: boolean
  /** Order by a value of the document instead, the greatest first with `newestFirst`; ignored for kinds that have no such order. */
  readonly sort?: Sort
  /** Only sessions that are completed and have no CDR. */
  readonly withoutCdr?: boolean
}

/** What sessions and CDRs can be sorted by, besides when they were created here; other kinds have no order but that one. */
export const SORTS = {
  session: ['start', 'energy'],
  cdr: ['end', 'energy', 'total'],
} as const satisfies { readonly [kind in PageQuery['kind']]?: readonly string[] }

/** Name of an order; what it means depends on the kind. */
export type Sort = (typeof SORTS)[keyof typeof SORTS][number]

/** A row of a page: the canonical document as text, ready for the socket, and what is needed to convert it. */
export interface PageItem {
  readonly key: ObjectKey
  readonly text: string
  readonly versionIn: VersionId
  readonly unmapped: unknown
  readonly receivedFrom: string | null
  /** See `KeptParts`. */
  readonly parts?: KeptParts
}

/** A page of a list. */
export interface Page {
  readonly items: readonly PageItem[]
  /** Matching objects in all; counted for the first page and carried in the cursor afterwards. */
  readonly total: number
  /** Opaque position of the next page, undefined on the last. */
  readonly next: string | undefined
}

/** Storage of OCPI objects. All times are ISO text in UTC. */
export interface ObjectStore {
  write<T>(request: WriteRequest<T>): Promise<WriteOutcome<T>>
  get(key: ObjectKey): Promise<StoredObject | undefined>
  getMany(keys: readonly ObjectKey[]): Promise<readonly (StoredObject | undefined)[]>
  /** A location with its `evses` filled in and the later of all `last_updated`; undefined when unknown. */
  getLocation(key: ObjectKey): Promise<StoredObject | undefined>
  page(query: PageQuery): Promise<Page>
  /** Objects with `changedSeq` above `after` whose transaction no snapshot can still be missing, oldest first. */
  changes(query: {
    readonly after: number
    readonly kinds: readonly ObjectKind[]
    readonly limit: number
    readonly receivedFrom?: string | null
  }): Promise<readonly StoredObject[]>
  /** Highest sequence number that `changes` could return now. */
  currentSeq(): Promise<number>
  /** Resolves at the next committed change (any node), or after `timeoutMs`. */
  waitForChange(timeoutMs: number, signal?: AbortSignal): Promise<void>
}
