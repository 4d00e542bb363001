/** A location as a map draws it. */
export interface MapPoint {
  /** As in the document. */
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly name: string
  /** Texts, as OCPI has them; empty when the document has none. */
  readonly latitude: string
  readonly longitude: string
  /** EVSEs that are not REMOVED, and how many of them are AVAILABLE, in use or kept, and out of order. */
  readonly evses: number
  readonly free: number
  readonly taken: number
  readonly broken: number
  readonly deleted: boolean
}

/** Some points, and where to go on. */
export interface MapPoints {
  readonly points: readonly MapPoint[]
  /** Position for `page`; null after the last. */
  readonly next: number | null
}

/** Locations with their place and the counts of their EVSEs, without their documents. */
export interface MapPointStore {
  /** Live locations in order of creation, after a position. */
  page(after: number, limit: number): Promise<MapPoints>
  /** Locations that changed, or any of whose EVSEs did, after a `changedSeq`; undefined when there are more than `limit`. */
  changed(afterSeq: number, limit: number): Promise<readonly MapPoint[] | undefined>
}
