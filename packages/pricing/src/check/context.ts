import type { ocpi230, VersionId } from '@interwatt/protocol'
import type { Explanation } from '../explain/explain.js'
import type { PricingPolicy } from '../policy/policy.js'
import type { PublishedAmount, PublishedPrice } from '../publish/publish.js'
import type { CheckFinding } from './finding.js'

/** What is known beside the CDR. Whatever is left out is not checked. */
export interface CheckContext {
  /** IANA name of the zone the location is in. */
  readonly timeZone?: string | undefined
  /** Version the CDR came in, which decides what a missing `vat` means. Default 2.3.0. */
  readonly version?: VersionId
  readonly policy?: Partial<PricingPolicy>
  /** By how many of the smallest units of the currency each total may differ. Default 1; at least 0. */
  readonly tolerance?: number
  /** Tariffs that were published when the session started: priced with when the CDR holds none, compared with otherwise. */
  readonly publishedTariffs?: readonly ocpi230.Tariff[]
  /** What the connector can deliver, in kW. */
  readonly maxPowerKw?: number
  /** Other CDRs of the same session. */
  readonly sessionCdrs?: readonly ocpi230.CDR[]
  /** The CDR that a credit names; null when it is not known. */
  readonly original?: ocpi230.CDR | null
  /** Other credits of the same original. */
  readonly otherCredits?: readonly ocpi230.CDR[]
}

/** Whether a CDR says what it should: `unpriced` when there is no telling. */
export type CheckOutcome = 'agrees' | 'differs' | 'unpriced'

/** What became of the check of a CDR. */
export interface CdrCheck {
  readonly outcome: CheckOutcome
  readonly currency: string
  /** What the CDR states in total; the side after taxes is left out when it names no taxes. */
  readonly stated: PublishedAmount
  /** Stated less recomputed, where both sides are known; undefined when nothing could be compared. */
  readonly difference: PublishedAmount | undefined
  /** What it should be. Of a credit this is the price of what it takes back. Undefined when it has no price. */
  readonly recomputed: PublishedPrice | undefined
  readonly explanation: Explanation | undefined
  readonly findings: readonly CheckFinding[]
}

/** Smallest units of the currency by which each total may differ where nothing else is said (4.9). */
export const DEFAULT_TOLERANCE = 1
