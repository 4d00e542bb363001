import type { DisagreeingCdrs, ExchangeCounts, Partner, PartnerCount, SyncPartner } from '@interwatt/store'

/** Changes that waited for a partner at a time. */
export interface BacklogSeen {
  readonly atMs: number
  readonly count: number
}

/** What is known of a partner when its health is judged. */
export interface PartnerSigns {
  readonly partner: Pick<Partner, 'id' | 'name' | 'status' | 'statusReason'>
  readonly nowMs: number
  readonly sync: SyncPartner | undefined
  /** What it was asked lately, in spans of a few seconds, the newest first. */
  readonly moments: readonly ExchangeCounts[]
  /** How long it took to answer in the days before, by bucket. */
  readonly usual: readonly number[]
  readonly disagreeing: readonly DisagreeingCdrs[]
  readonly refusals: PartnerCount | undefined
  readonly findings: PartnerCount | undefined
  readonly missingCdrs: PartnerCount | undefined
  readonly evses: PartnerCount | undefined
  readonly failedPulls: PartnerCount | undefined
  /** Oldest first. */
  readonly backlog: readonly BacklogSeen[]
}
