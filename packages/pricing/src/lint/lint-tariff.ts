import type { ocpi230 } from '@interwatt/protocol'
import type { Found, LintContext, LintFinding, LintRule, LintSeverity, LintSubject } from './finding.js'
import { RULE_PACKS, type RulePack, type RulePackId } from './packs/index.js'
import { componentRules } from './rules/component.rules.js'
import { nameRules } from './rules/name.rules.js'
import { reachRules } from './rules/reach.rules.js'
import { restrictionRules } from './rules/restriction.rules.js'
import { tariffRules } from './rules/tariff.rules.js'

/** Every rule of the specification and of practice, in the order in which findings of one severity are listed. */
export const LINT_RULES: readonly LintRule[] = [
  ...tariffRules,
  ...nameRules,
  ...reachRules,
  ...restrictionRules,
  ...componentRules,
]

const ORDER: Readonly<Record<LintSeverity, number>> = { error: 0, warning: 1, hint: 2 }

const findingsOf = (rule: LintRule, subject: LintSubject, pack?: RulePackId): readonly LintFinding[] =>
  rule.find(subject).map(
    (found: Found): LintFinding => ({
      code: rule.code,
      severity: found.severity ?? rule.severity,
      message: found.message,
      pointer: found.pointer,
      rules: rule.rules,
      ...(pack === undefined ? {} : { pack }),
    }),
  )

const reasonAgainst = (pack: RulePack, subject: LintSubject): string | undefined => {
  const { country, nowMs } = subject.context
  if (country !== undefined && !pack.countries.includes(country.toUpperCase()))
    return `it does not hold in ${country.toUpperCase()}`
  if (nowMs !== undefined && nowMs < Date.parse(`${pack.inForceFrom}T00:00:00Z`))
    return `it is in force from ${pack.inForceFrom} on`
  return pack.notAbout(subject)
}

const packFindings = (id: RulePackId, subject: LintSubject): readonly LintFinding[] => {
  const pack = RULE_PACKS[id]
  const reason = reasonAgainst(pack, subject)
  if (reason === undefined) return pack.rules.flatMap((rule) => findingsOf(rule, subject, id))
  return [
    {
      code: 'pack-not-applicable',
      severity: 'hint',
      message: `${pack.title} was not checked: ${reason}.`,
      pointer: '',
      rules: [pack.source.reference],
      pack: id,
    },
  ]
}

/**
 * What is wrong or surprising with a tariff, errors first, each with what to do about it. `packs` adds the laws that
 * it is to be held against. Takes any tariff that its schema accepts; never throws.
 */
export const lintTariff = (tariff: ocpi230.Tariff, context: LintContext = {}): readonly LintFinding[] => {
  const subject: LintSubject = { tariff, context }
  const packs = [...new Set(context.packs ?? [])]
  return [
    ...LINT_RULES.flatMap((rule) => findingsOf(rule, subject)),
    ...packs.flatMap((id) => packFindings(id, subject)),
  ].sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}
