import type { Finding } from '@interwatt/protocol'
import type { Paint } from './screen.js'

/** A finding as two lines: where and what kind, then the sentence and its rule. */
export const findingLines = (finding: Finding, paint: Paint): readonly string[] => {
  const severity = finding.severity === 'error' ? paint.red('error  ') : paint.yellow('warning')
  const place = finding.pointer === '' ? '(the document)' : finding.pointer
  return [
    `${severity}  ${paint.bold(place)}  ${finding.code}`,
    `         ${finding.message} ${paint.dim(`[${finding.rule}]`)}`,
  ]
}
