import type { Finding, ocpi230, VersionId } from '@interwatt/protocol'
import { type Rehearsal, rehearse } from '../rehearsal/rehearse.js'
import type { LintContext, LintFinding } from './finding.js'
import { lintTariff } from './lint-tariff.js'

/** One of several tariffs that were read together. */
export interface TariffToLint {
  /** Where it stands among them. */
  readonly pointer: string
  /** Undefined when it could not be read. */
  readonly tariff: ocpi230.Tariff | undefined
  /** What is wrong with it by its schema, or was repaired. */
  readonly findings: readonly Finding[]
}

/** What rehearsals need: what a tariff replaces, and where. */
export interface RehearsalPlan {
  readonly old?: { readonly version: VersionId; readonly tariffs: readonly ocpi230.Tariff[] }
  readonly timeZone?: string
}

/** What was found in one of several tariffs. */
export interface LintedTariff {
  readonly pointer: string
  readonly id: string | null
  readonly findings: readonly LintFinding[]
  readonly rehearsal?: Rehearsal
}

/** What was found in one tariff, by its schema and by the lint, errors first. */
const allFindings = (findings: readonly Finding[], lint: readonly LintFinding[]): readonly LintFinding[] => {
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

const replacedBy = (tariff: ocpi230.Tariff, old: readonly ocpi230.Tariff[]): ocpi230.Tariff | undefined =>
  old.length === 1 ? old[0] : old.find(({ id }) => id.toUpperCase() === tariff.id.toUpperCase())

/**
 * Lints one of several tariffs that belong together, with what its schema found; with a plan it is rehearsed as well,
 * beside the tariff it replaces: the only old one, or the one with its id. Never throws.
 */
export const lintOneOf = (
  all: readonly TariffToLint[],
  { tariff, pointer, findings }: TariffToLint,
  context: LintContext,
  rehearsal?: RehearsalPlan,
): LintedTariff => {
  if (tariff === undefined) return { pointer, id: null, findings: allFindings(findings, []) }
  const others = all.flatMap((one) => (one.tariff === undefined || one.tariff === tariff ? [] : one.tariff))
  const lint = lintTariff(tariff, { ...context, others })
  const linted = { pointer, id: tariff.id, findings: allFindings(findings, lint) }
  if (rehearsal === undefined) return linted
  const { old, timeZone } = rehearsal
  const options = {
    ...(context.version === undefined ? {} : { version: context.version }),
    ...(old === undefined ? {} : { replacedVersion: old.version }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
  return { ...linted, rehearsal: rehearse(tariff, replacedBy(tariff, old?.tariffs ?? []), options) }
}

/** Findings of all tariffs by how much they matter. */
export const lintCounts = (linted: readonly LintedTariff[]) => {
  const count = (severity: LintFinding['severity']): number =>
    linted.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0)
  return { errors: count('error'), warnings: count('warning'), hints: count('hint') }
}
