import { CHECK_CODES, type CheckCode, type CheckSeverity } from './codes.js'

/** One thing that is wrong with a CDR, or explains what is. */
export interface CheckFinding {
  readonly code: CheckCode
  readonly severity: CheckSeverity
  readonly message: string
  /** JSON Pointer into the CDR in its 2.3.0 form; empty for the CDR as a whole. */
  readonly pointer: string
  /** What the CDR says: an amount, kWh or hours. */
  readonly stated?: number
  /** What was computed instead, in the same unit. */
  readonly recomputed?: number
  /** The choice of policy that gives the stated figure. */
  readonly policy?: { readonly name: string; readonly value: string | number }
}

/** A finding of a code, with its severity. */
export const finding = (
  code: CheckCode,
  pointer: string,
  message: string,
  more: Pick<CheckFinding, 'stated' | 'recomputed' | 'policy'> = {},
): CheckFinding => ({ code, severity: CHECK_CODES[code].severity, message, pointer, ...more })
