import type { CheckResult } from './schema.js'

/** A broken rule that refuses the document; the pointer is relative to the object checked. */
export const error = (pointer: string, message: string, rule: string): CheckResult => ({
  pointer,
  message,
  rule,
  severity: 'error',
})

/** A broken rule that is noted; the pointer is relative to the object checked. */
export const warning = (pointer: string, message: string, rule: string): CheckResult => ({
  pointer,
  message,
  rule,
  severity: 'warning',
})
