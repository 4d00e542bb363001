/** When a partner was last heard of, and whether it answers. */
export interface PartnerHearing {
  readonly partnerId: string
  /** ISO time of its last request. */
  readonly heardAt: string | null
  /** ISO time of its last answer that was no outage. */
  readonly answeredAt: string | null
  /** Outages in a row; 0 while it answers. */
  readonly outages: number
}

/** Storage of when partners were last heard of. */
export interface HearingStore {
  /** Partners that delivery knows. */
  all(): Promise<readonly PartnerHearing[]>
  /** Never goes back; does nothing for a partner that delivery does not know. */
  record(partnerId: string, at: string): Promise<void>
}
