import type { LintFinding } from '@interwatt/pricing'
import type { Paint } from '../terminal/screen.js'

/** A finding as two lines: where and what kind, then the sentence and its rules. */
export const lintLines = (finding: LintFinding, at: string, paint: Paint): readonly string[] => {
  const painted = { error: paint.red, warning: paint.yellow, hint: paint.cyan }[finding.severity]
  const pointer = at + finding.pointer
  const rules = [...(finding.pack === undefined ? [] : [finding.pack]), ...finding.rules].join(', ')
  return [
    `${painted(finding.severity.padEnd(7))}  ${paint.bold(pointer === '' ? '(the tariff)' : pointer)}  ${finding.code}`,
    `         ${finding.message} ${paint.dim(`[${rules}]`)}`,
  ]
}
