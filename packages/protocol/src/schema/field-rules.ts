import type { CheckResult, Field, ObjectCheck, Tolerance } from './schema.js'

/** The same field, citing `rule` when its value is missing or of the wrong type. */
export const cite = <F extends Field>(field: F, rule: string): F => ({ ...field, rule })

/** The same field, accepting on receipt what `tolerance` describes. */
export const tolerate = <F extends Field>(field: F, tolerance: Tolerance): F => ({ ...field, tolerance })

/** A cross-field rule that reads `needs`; in a patch it runs only when all of them are given. */
export const check = (
  needs: readonly string[],
  test: (value: Readonly<Record<string, unknown>>) => readonly CheckResult[],
): ObjectCheck => Object.assign((value: Readonly<Record<string, unknown>>) => test(value), { needs })
