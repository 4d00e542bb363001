import type { PartyId } from '@interwatt/protocol'

/** How a measure is spread over its samples, in seconds; null where there is no sample. */
export interface Spread {
  readonly samples: number
  readonly p50S: number | null
  readonly p95S: number | null
}

/** How old the statuses of a partner's EVSEs are. */
export interface StatusAges extends Spread {
  /** How many are older than a day. */
  readonly olderThanDay: number
}

/** How long CDRs of a partner took from the end of the session to their arrival. */
export interface CdrDelays extends Spread {
  readonly withinDay: number
}

/** What checks of a partner's CDRs gave, in one currency. Amounts are decimals before taxes. */
export interface PriceAgreement {
  readonly currency: string
  readonly cdrs: number
  readonly agrees: number
  readonly differs: number
  readonly unpriced: number
  /** Stated by CDRs that could be recomputed, and by those of them that agree. */
  readonly stated: string
  readonly statedAgreed: string
  /** Part of the stated amount that agrees, 0 to 1; null when nothing was stated. */
  readonly share: number | null
}

/** Completed sessions of a partner, and how many of them have no CDR. */
export interface MissingCdrs {
  readonly completed: number
  readonly missing: number
}

/** What a scorecard counts in stored objects. Times are ISO; parties narrow what is looked at. */
export interface ScorecardStore {
  /** Of EVSEs that came from the partner, at `now`. */
  statusAges(partnerId: string, parties: readonly PartyId[], now: string): Promise<StatusAges>
  /** Of the newest status changes since a time, at most `limit`: from the time they are about to their arrival. */
  statusDelays(partnerId: string, since: string, limit: number): Promise<Spread>
  /** Of CDRs that came since a time. */
  cdrDelays(partnerId: string, since: string): Promise<CdrDelays>
  /** Of CDRs checked since a time. */
  priceAgreement(partnerId: string, since: string): Promise<readonly PriceAgreement[]>
  /** Of sessions of the partner that changed last from one time until another. */
  missingCdrs(partnerId: string, from: string, until: string): Promise<MissingCdrs>
}
