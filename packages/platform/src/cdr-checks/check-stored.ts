import { type CheckReport, checkCdr, checkReport, noExplanation } from '@interwatt/pricing'
import type { CdrCheckRecord, CdrCheckResult, ObjectKey, PlannedCheck, StoredObject } from '@interwatt/store'
import { checkedEvent, reviewedEvent } from '../operator/cdr-check-views.js'
import { type AgreedPolicyDeps, agreedPolicy } from '../prices/agreed-policy.js'
import { type ContextDeps, gatherContext, readStoredCdr } from './gather-context.js'
import { DEFAULT_PRICING, decideByRule, reviewAfterCheck } from './review.rules.js'

/** What checking a stored CDR works with. */
export interface CheckDeps extends ContextDeps, AgreedPolicyDeps {
  readonly now: () => number
}

/** What a check of a stored CDR gave: what becomes of what is stored, and whom it may concern. */
export interface StoredCheck {
  readonly report: CheckReport
  readonly related: readonly ObjectKey[]
  plan(before: CdrCheckRecord | undefined): PlannedCheck
}

/** What is stored of a CDR that no longer reads as one: nobody can say what it costs. */
const unreadable = ({ document }: StoredObject): CheckReport => ({
  outcome: 'unpriced',
  ...noExplanation(String(document.currency)),
  stated: {},
  difference: null,
  findings: [
    {
      code: 'not_priceable',
      severity: 'error',
      message: 'the CDR cannot be read as OCPI 2.3.0',
      pointer: '',
    },
  ],
})

/** Checks a stored CDR by what is stored beside it, with the policy and the rules of the partner it came from. */
export const checkStored = async (deps: CheckDeps, stored: StoredObject): Promise<StoredCheck> => {
  const partnerId = stored.receivedFrom
  const pricing =
    (partnerId === null ? undefined : deps.directory.profile(partnerId).pricing) ?? DEFAULT_PRICING
  const cdr = readStoredCdr(stored)
  const { context, related } =
    cdr === undefined ? { context: {}, related: [] } : await gatherContext(deps, stored, cdr)
  const policy = agreedPolicy(deps, stored)
  const report =
    cdr === undefined
      ? unreadable(stored)
      : checkReport(checkCdr(cdr, { ...context, policy, tolerance: pricing.tolerance }))
  const { outcome, difference, findings, ...explained } = report
  const checkedAt = new Date(deps.now()).toISOString()
  const result: CdrCheckResult = {
    outcome,
    checkedAt,
    difference: difference === null ? null : { ...difference },
    findings: findings.map((finding) => ({ ...finding })),
    report: { ...explained },
    basis: {
      version: stored.versionIn,
      time_zone: context.timeZone ?? null,
      policy,
      tolerance: pricing.tolerance,
    },
  }
  return {
    report,
    related,
    plan(before) {
      const earlier = before?.review ?? null
      const review = reviewAfterCheck(earlier, decideByRule(report, pricing.rules), checkedAt)
      const record: CdrCheckRecord = { result, review: review ?? earlier }
      const events = [
        checkedEvent(stored, record),
        ...(review === undefined ? [] : [reviewedEvent(stored, review)]),
      ]
      return { record, events, ...(review === undefined ? {} : { review }) }
    },
  }
}
