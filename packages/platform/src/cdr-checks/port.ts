import type { CdrCheckRecord, CdrCheckSummary, CdrReview, ObjectKey, StoredObject } from '@interwatt/store'
import type { Result } from '../result.js'

/** A CDR with its newest check and the decisions about it, the newest first. */
export interface CheckedCdr {
  readonly cdr: StoredObject
  readonly record: CdrCheckRecord
  readonly history: readonly CdrReview[]
}

/** Checks of CDRs, received and own, and decisions about them. A check never refuses or changes a CDR (CDR-049). */
export interface CdrCheckService {
  get(cdr: ObjectKey): Promise<Result<CheckedCdr>>
  /** What lists say of the checks of CDRs, in their order; undefined for one that was not checked. */
  summaries(cdrs: readonly ObjectKey[]): Promise<readonly (CdrCheckSummary | undefined)[]>
  /** Checks now; rules of the partner apply unless an operator has decided. */
  check(cdr: ObjectKey): Promise<Result<CheckedCdr>>
  /** Decides; `by` names the operator key. */
  review(cdr: ObjectKey, decision: Omit<CdrReview, 'at'>): Promise<Result<CheckedCdr>>
}
