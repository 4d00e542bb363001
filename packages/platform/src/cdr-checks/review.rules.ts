import { type CheckReport, currencyDigits } from '@interwatt/pricing'
import type { CdrReview, PartnerPricing } from '@interwatt/store'

/** How CDRs are checked where nothing was agreed. */
export const DEFAULT_PRICING: PartnerPricing = {
  policy: {},
  tolerance: 1,
  rules: { acceptWhenAgrees: false, holdAbove: null, holdOn: [] },
}

/** Who decides where a rule does. */
export const BY_RULE = 'rule'

/** A decision that a rule makes, and why. */
export interface RuleDecision {
  readonly state: 'accepted' | 'held'
  readonly note: string
}

/** By how much a CDR states more than it should, on the side that is further off. */
const excessOf = ({ difference }: CheckReport): number =>
  Math.max(0, difference?.before_taxes ?? 0, difference?.after_taxes ?? 0)

/** What the rules of a partner say to a check; undefined when they leave it to people. Holding comes before accepting. */
export const decideByRule = (
  report: CheckReport,
  { acceptWhenAgrees, holdAbove, holdOn }: PartnerPricing['rules'],
): RuleDecision | undefined => {
  const found = report.findings.find(({ code }) => holdOn.includes(code))
  if (found !== undefined) return { state: 'held', note: `${found.code}: ${found.message}` }
  const excess = excessOf(report)
  if (holdAbove !== null && report.outcome === 'differs' && excess > holdAbove) {
    const digits = currencyDigits(report.currency)
    const text = `${excess.toFixed(digits)} ${report.currency} more than was computed`
    return { state: 'held', note: text }
  }
  if (acceptWhenAgrees && report.outcome === 'agrees') return { state: 'accepted', note: 'it agrees' }
  return undefined
}

/**
 * The decision a new check leads to: undefined when nothing changes. What an operator decided stays; what a rule decided
 * is decided anew.
 */
export const reviewAfterCheck = (
  before: CdrReview | null,
  decision: RuleDecision | undefined,
  at: string,
): CdrReview | undefined => {
  const current = before?.state ?? 'open'
  if (before !== null && before.by !== BY_RULE && current !== 'open') return undefined
  const state = decision?.state ?? 'open'
  if (state === current) return undefined
  return { state, note: decision?.note ?? null, by: BY_RULE, at }
}
