/** A deviation of a document from its version, located and named. */
export interface Finding {
  /** JSON Pointer (RFC 6901) to the value, `''` for the document itself. */
  readonly pointer: string
  readonly code: FindingCode
  /** What is wrong and what was expected; names the field, never a secret. */
  readonly message: string
  /** Rule id of `requirements/` or anchor of the specification, e.g. `LOC-113` or `mod_locations_evse_object`. */
  readonly rule: string
  /** `error` refuses the document, `warning` was tolerated or repaired. */
  readonly severity: 'error' | 'warning'
  /** The value it is about, as JSON text; where one is kept. */
  readonly example?: string
}

/** Every kind of deviation. */
export const findingCodes = [
  'not_an_object',
  'missing',
  'empty_list',
  'wrong_type',
  'too_long',
  'bad_characters',
  'bad_format',
  'bad_date_time',
  'bad_url',
  'not_an_integer',
  'unknown_value',
  'unknown_field',
  'null_value',
  'identity_changed',
  'rule_broken',
  'repaired',
  'token_encoding',
  'trailing_slash',
  'wrong_case',
  'no_zone',
  'method_refused',
] as const
/** A kind of deviation. */
export type FindingCode = (typeof findingCodes)[number]
