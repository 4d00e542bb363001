import type { LintFinding } from '@interwatt/pricing'
import type { Finding } from '@interwatt/protocol'
import type { Paint } from '../terminal/screen.js'

/** What was found in one tariff, by its schema and by the lint, errors first. */
export const allFindings = (
  findings: readonly Finding[],
  lint: readonly LintFinding[],
): readonly LintFinding[] => {
  // What both found is told by the lint, which says what to do.
  const told = new Set(lint.map(({ pointer }) => pointer))
  const own = findings
    .filter(({ pointer }) => !told.has(pointer))
    .map(
      ({ code, severity, message, pointer, rule }): LintFinding => ({
        code,
        severity,
        message,
        pointer,
        rules: [rule],
      }),
    )
  const all = [...own, ...lint]
  return (['error', 'warning', 'hint'] as const).flatMap((severity) =>
    all.filter((finding) => finding.severity === severity),
  )
}

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
