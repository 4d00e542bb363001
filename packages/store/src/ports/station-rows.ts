/** What an index of stations needs of one EVSE that is not REMOVED. */
export interface EvseRow {
  /** Status as in the document; null when it has none. */
  readonly status: string | null
  /** `last_updated` in seconds since 1970. */
  readonly updatedAtS: number
  /** These are as in the document: lists, or null when it has none. */
  readonly connectors: unknown
  readonly capabilities: unknown
  readonly parkingRestrictions: unknown
}

/** What an index of stations needs of one location, with its EVSEs. */
export interface StationRow {
  /** The key of the location, `DE/ABC/LOC1`: its segments folded to upper case. */
  readonly key: string
  /** These three are as in the document. */
  readonly countryCode: string
  readonly partyId: string
  readonly id: string
  /** Name, else address; empty when the document has neither. */
  readonly name: string
  /** Name of the operator; empty when the document has none. */
  readonly operator: string
  /** Texts, as OCPI has them; empty when the document has none. */
  readonly latitude: string
  readonly longitude: string
  readonly timeZone: string
  /** As in the document; null when it has none. */
  readonly openingTimes: unknown
  readonly published: boolean
  /** Whether a parking place is for disabled people. */
  readonly disabledParking: boolean
  /** Partner the location came from; null for locations of parties this node hosts. */
  readonly receivedFrom: string | null
  readonly deleted: boolean
  readonly evses: readonly EvseRow[]
}

/** Some live locations, and where to go on. */
export interface StationPage {
  readonly rows: readonly StationRow[]
  /** Position for `page`; null after the last. */
  readonly next: number | null
}

/** Locations of which something changed, and up to where. */
export interface ChangedStations {
  /** As they are now, deleted ones included; each once. */
  readonly rows: readonly StationRow[]
  /** `changedSeq` up to which changes are in the answer; null when there was none. */
  readonly position: number | null
  /** Whether more is there at once. */
  readonly isFull: boolean
}

/** Locations with what an index of stations is made of, without their documents. */
export interface StationRowStore {
  /** Live locations in order of creation, after a position. */
  page(after: number, limit: number): Promise<StationPage>
  /** Locations that changed, or any of whose EVSEs did, after a `changedSeq`: those of the next `limit` changes. */
  changed(afterSeq: number, limit: number): Promise<ChangedStations>
}
