import type { Finding } from '@interwatt/protocol'

/** Findings told in full; the rest is counted. */
const TOLD = 10

/** Greatest length of a status message in characters. */
const TEXT_MAX = 2000

/** Why a document was refused, for `status_message`: how many errors, the first ones with pointer and rule. */
export const findingsText = (findings: readonly Finding[]): string => {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const told = errors.slice(0, TOLD).map(({ pointer, message, rule }) => {
    const place = pointer === '' || pointer.startsWith('?') ? '' : `${pointer}: `
    return `${place}${message} [${rule}]`
  })
  const more = errors.length > TOLD ? `; and ${errors.length - TOLD} more` : ''
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`
  return `${count}: ${told.join('; ')}${more}`.slice(0, TEXT_MAX)
}
