import type { LintRule, LintSubject } from '../finding.js'

/** Laws that tariffs can be held against. */
export const RULE_PACK_IDS = ['afir', 'nevi', 'uk'] as const

/** A rule pack by name. */
export type RulePackId = (typeof RULE_PACK_IDS)[number]

/** What a law asks of tariffs, as far as a tariff shows it. Not legal advice. */
export interface RulePack {
  readonly id: RulePackId
  readonly title: string
  /** Where it is written. */
  readonly source: { readonly title: string; readonly reference: string; readonly url: string }
  /** Day from which it applies, `YYYY-MM-DD`. */
  readonly inForceFrom: string
  /** Two-letter codes of the countries it holds in. */
  readonly countries: readonly string[]
  /** Why it says nothing about a tariff; undefined where it applies. */
  readonly notAbout: (subject: LintSubject) => string | undefined
  readonly rules: readonly LintRule[]
  /** What the law asks for and a tariff cannot show. */
  readonly notChecked: readonly string[]
}
