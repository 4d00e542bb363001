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
  /** How its CDRs are checked; the defaults where nothing was agreed. */
  readonly pricing?: PartnerPricing
}

/** How the CDRs of a partner are checked, and what follows from it. */
export interface PartnerPricing {
  /** Choices of the pricing policy other than the default, by name. */
  readonly policy: Readonly<Record<string, string | number>>
  /** Smallest units of the currency that each total may be off by. */
  readonly tolerance: number
  readonly rules: {
    /** A CDR that agrees is accepted. */
    readonly acceptWhenAgrees: boolean
    /** A CDR that states more than this above what was computed is held; in units of its currency. Null: never. */
    readonly holdAbove: number | null
    /** A CDR with one of these findings is held. */
    readonly holdOn: readonly string[]
  }
}

/** Storage of profiles. */
export interface PartnerProfileStore {
  /** The profiles of all partners that have one, by partner id. */
  all(): Promise<ReadonlyMap<string, PartnerProfile>>
  /** Sets the profile of a partner but for `pricing` and tells every node; nothing happens when the partner is gone. */
  put(partnerId: string, profile: PartnerProfile): Promise<void>
  /** Sets how the CDRs of a partner are checked, nothing else, and tells every node. */
  putPricing(partnerId: string, pricing: PartnerPricing): Promise<void>
}
