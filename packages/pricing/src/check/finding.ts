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

/** Findings of one code that are told; a document of thousands of periods may have thousands. */
const MOST_ALIKE = 20

/** The findings, at most twenty of each code; the last of them says how many there are more. */
export const atMostAlike = (findings: readonly CheckFinding[]): readonly CheckFinding[] => {
  const counts = new Map<CheckCode, number>()
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1)
  const told = new Map<CheckCode, number>()
  return findings.flatMap((one) => {
    const number = (told.get(one.code) ?? 0) + 1
    told.set(one.code, number)
    const more = (counts.get(one.code) ?? 0) - MOST_ALIKE
    if (number > MOST_ALIKE) return []
    return number === MOST_ALIKE && more > 0
      ? [{ ...one, message: `${one.message}; ${more} more like this` }]
      : [one]
  })
}

/** A finding of a code, with its severity. */
export const finding = (
  code: CheckCode,
  pointer: string,
  message: string,
  more: Pick<CheckFinding, 'stated' | 'recomputed' | 'policy'> = {},
): CheckFinding => ({ code, severity: CHECK_CODES[code].severity, message, pointer, ...more })
