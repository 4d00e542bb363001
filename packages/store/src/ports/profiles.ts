/** How a partner that deviates from its version is met. What is not set keeps to the specification. */
export interface PartnerProfile {
  /** What is taken from it beyond what everybody is forgiven. */
  readonly accepts: {
    /** A PATCH without `last_updated` counts as made when it arrives (TRN-055). */
    readonly missingLastUpdated?: boolean
    /** Free texts that are too long are cut to their length instead of refused (TYP-007). */
    readonly longTexts?: boolean
  }
  /** How it is spoken to. */
  readonly sends: {
    /** How the credentials token is written, instead of what worked last (TRN-005). */
    readonly tokenEncoding?: 'base64' | 'plain'
    /** Every URL below its endpoints ends with a slash. */
    readonly trailingSlash?: boolean
    /** Whole objects where others get a PATCH. */
    readonly putForPatch?: boolean
  }
}

/** Storage of profiles. */
export interface PartnerProfileStore {
  /** The profiles of all partners that have one, by partner id. */
  all(): Promise<ReadonlyMap<string, PartnerProfile>>
  /** Sets the profile of a partner and tells every node; nothing happens when the partner is gone. */
  put(partnerId: string, profile: PartnerProfile): Promise<void>
}
