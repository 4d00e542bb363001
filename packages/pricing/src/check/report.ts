import { type Explanation, noExplanation } from '../explain/explain.js'
import type { PublishedAmount } from '../publish/publish.js'
import type { CdrCheck, CheckOutcome } from './context.js'
import type { CheckFinding } from './finding.js'

/** A check as JSON: the explanation of the recomputed price, what the CDR states, and the findings. */
export interface CheckReport extends Explanation {
  readonly outcome: CheckOutcome
  /** What the CDR states in total. */
  readonly stated: PublishedAmount
  /** Stated less recomputed; null when nothing could be compared. */
  readonly difference: PublishedAmount | null
  readonly findings: readonly CheckFinding[]
}

/** The JSON form of a check. Of a CDR without a price the total and all lists but the findings are empty. */
export const checkReport = (check: CdrCheck): CheckReport => {
  const { outcome, currency, stated, difference, explanation, findings } = check
  return {
    outcome,
    ...(explanation ?? noExplanation(currency)),
    stated,
    difference: difference ?? null,
    findings,
  }
}
