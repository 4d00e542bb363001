import type { ocpi230, VersionId } from '@interwatt/protocol'
import type { RulePackId } from './packs/rule-pack.js'

/**
 * How much a finding matters. `error`: the tariff charges what nobody can have meant, or may not be offered.
 * `warning`: likely a mistake or a surprise. `hint`: worth a look.
 */
export type LintSeverity = 'error' | 'warning' | 'hint'

/** What is wrong with a tariff, and what to do. */
export interface LintFinding {
  /** Stable. */
  readonly code: string
  readonly severity: LintSeverity
  /** What is so, and what to do about it. */
  readonly message: string
  /** JSON Pointer into the tariff; `''` for the tariff itself. */
  readonly pointer: string
  /** Rule ids of the tariff rules, or articles of a law. */
  readonly rules: readonly string[]
  /** The rule pack it belongs to; absent for rules of the specification. */
  readonly pack?: RulePackId
}

/** What is known around a tariff. All of it may be left out; rules that need it are then silent or say so. */
export interface LintContext {
  /** Epoch milliseconds, for validity and for rules that come into force. */
  readonly nowMs?: number
  /** Other tariffs of the same station or operator. */
  readonly others?: readonly ocpi230.Tariff[]
  /** The version the tariff came in. Default 2.3.0. */
  readonly version?: VersionId
  /** Versions of partners that are to get it; what they lose is told. Default: all older ones. */
  readonly partnerVersions?: readonly VersionId[]
  readonly packs?: readonly RulePackId[]
  /** Of the strongest connector it applies to. */
  readonly maxPowerKw?: number
  /** Two-letter code of the country of the station. */
  readonly country?: string
}

/** A tariff and what rules look at. */
export interface LintSubject {
  readonly tariff: ocpi230.Tariff
  readonly context: LintContext
}

/** A finding as a rule makes it; the rule has the rest. */
export interface Found {
  readonly pointer: string
  readonly message: string
  /** Where it differs from that of the rule. */
  readonly severity?: LintSeverity
}

/** One thing that is looked for. */
export interface LintRule {
  readonly code: string
  readonly severity: LintSeverity
  readonly rules: readonly string[]
  readonly find: (subject: LintSubject) => readonly Found[]
}
