import type { NodeEvent } from './events.js'
import type { Document, ObjectKey } from './objects.js'

/** What an operator, or a rule of the partner, decided about a CDR; `open` while nothing was. */
export type ReviewState = 'open' | 'accepted' | 'held' | 'disputed'

/** A decision about a CDR. */
export interface CdrReview {
  readonly state: ReviewState
  readonly note: string | null
  /** Id of the operator key, or `rule`. */
  readonly by: string
  /** ISO time. */
  readonly at: string
}

/** What a check of a CDR gave. */
export interface CdrCheckResult {
  readonly outcome: 'agrees' | 'differs' | 'unpriced'
  /** ISO time. */
  readonly checkedAt: string
  /** Stated less recomputed; null when nothing could be compared. */
  readonly difference: Document | null
  readonly findings: readonly Document[]
  /** The explanation of the recomputed price. */
  readonly report: Document
  /** What it was checked by: policy, tolerance, time zone, version. */
  readonly basis: Document
}

/** The newest check of a CDR and what was decided about it. */
export interface CdrCheckRecord {
  /** Null while it waits for its first check. */
  readonly result: CdrCheckResult | null
  /** The latest decision; null while the CDR is open and always was. */
  readonly review: CdrReview | null
}

/** What a list says of a check. */
export interface CdrCheckSummary {
  /** Null while it waits for its first check. */
  readonly outcome: CdrCheckResult['outcome'] | null
  /** Stated less recomputed; null when nothing could be compared. */
  readonly difference: Document | null
  readonly state: ReviewState
  /** Codes of the findings, errors first, each once. */
  readonly codes: readonly string[]
}

/** A CDR that is to be checked now; `lease` is the proof of having claimed it. */
export interface ClaimedCheck {
  readonly cdr: ObjectKey
  /** Partner it came from; null for own CDRs. */
  readonly partnerId: string | null
  /** Whether it has just come, rather than being checked again. */
  readonly arrived: boolean
  readonly failures: number
  readonly lease: string
}

/** What a change of a check is to become, decided on what is stored. */
export interface PlannedCheck {
  readonly record: CdrCheckRecord
  /** Kept in the history besides. */
  readonly review?: CdrReview
  readonly events: readonly NodeEvent[]
}

/** A change of one check. */
export interface CheckChange {
  readonly cdr: ObjectKey
  readonly partnerId: string | null
  /** The lease of a claim that it ends; null ends any, undefined leaves what waits. */
  readonly ends?: string | null
  /** Undefined changes nothing. */
  plan(before: CdrCheckRecord | undefined): PlannedCheck | undefined
}

/** Storage of checks of CDRs. Which CDRs are not checked yet follows from the CDRs stored: nobody has to remember. */
export interface CdrCheckStore {
  /**
   * CDRs that are to be checked, claimed until `leaseUntil` (ISO): those stored since the last call, those due again, and
   * those whose lease ran out. No other node gets them meanwhile.
   */
  claim(now: string, leaseUntil: string, limit: number): Promise<readonly ClaimedCheck[]>
  /** Tries again at `dueAt` (ISO). */
  postpone(claim: ClaimedCheck, dueAt: string): Promise<void>
  /** Has CDRs checked again that were checked before. */
  again(cdrs: readonly ObjectKey[], now: string): Promise<void>
  /** Applies changes with their history and events (of ISO time `at`), all in one transaction; the records as they are then. */
  change(changes: readonly CheckChange[], at: string): Promise<readonly (CdrCheckRecord | undefined)[]>
  get(cdr: ObjectKey): Promise<CdrCheckRecord | undefined>
  /** Summaries in the order of the keys; undefined for a CDR nothing is stored of. */
  summaries(cdrs: readonly ObjectKey[]): Promise<readonly (CdrCheckSummary | undefined)[]>
  /** Decisions about a CDR, the newest first. */
  reviews(cdr: ObjectKey, limit: number): Promise<readonly CdrReview[]>
}
