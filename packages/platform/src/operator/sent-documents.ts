import { readCdr, readTariff } from '@interwatt/pricing'
import type { Finding, VersionId } from '@interwatt/protocol'
import { ProblemError, problem } from './problem.js'

/** Findings of a part of the body, with their place in the body. */
export const inside = (pointer: string, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) => ({ ...finding, pointer: pointer + finding.pointer }))

const unreadable = (what: string, version: VersionId, findings: readonly Finding[]): ProblemError =>
  new ProblemError(problem(422, `${what} cannot be read as OCPI ${version}.`, { findings }))

/** The CDR of a body; throws 422 for one that cannot be read. */
export const cdrOf = (given: unknown, version: VersionId | undefined) => {
  const read = readCdr(given, version)
  if (read === undefined)
    throw new ProblemError(
      problem(422, 'The CDR looks like none of any OCPI version: its total_cost tells none.', {
        findings: [
          {
            pointer: '/cdr/total_cost',
            code: 'missing',
            message: 'a number in 2.1.1, excl_vat in 2.2.1, before_taxes in 2.3.0; or name the version',
            rule: 'CDR-049',
            severity: 'error',
          },
        ],
      }),
    )
  if (!read.ok) throw unreadable('The CDR', read.version, inside('/cdr', read.findings))
  return read
}

/** Tariffs of a body, each in its version; throws 422 for the first that cannot be read. */
export const tariffsOf = (given: readonly unknown[]) =>
  given.map((one, index) => {
    const read = readTariff(one)
    const at = `/tariffs/${index}`
    if (!read.ok) throw unreadable(`The tariff at ${at}`, read.version, inside(at, read.findings))
    return { ...read, findings: inside(at, read.findings) }
  })
