import type { Finding, FindingCode } from '@interwatt/protocol'

/** What Fastify reports of one failed JSON Schema keyword. */
export interface SchemaFailure {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string | undefined
}

const CODES: Readonly<Record<string, FindingCode>> = {
  required: 'missing',
  dependentRequired: 'missing',
  type: 'wrong_type',
  maxLength: 'too_long',
  pattern: 'bad_format',
  format: 'bad_format',
  enum: 'unknown_value',
  additionalProperties: 'unknown_field',
  minItems: 'empty_list',
}

const escapeSegment = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

const namedField = (failure: SchemaFailure): string | undefined => {
  const { missingProperty, additionalProperty } = failure.params
  const name = failure.keyword === 'additionalProperties' ? additionalProperty : missingProperty
  return typeof name === 'string' ? name : undefined
}

const allowedValues = (failure: SchemaFailure): string => {
  const { allowedValues: values } = failure.params
  return Array.isArray(values) ? `: ${values.join(', ')}` : ''
}

/** Findings of a request that its JSON Schema refused, with JSON Pointers into the named part of the request. */
export const findingsOf = (part: string, failures: readonly SchemaFailure[]): readonly Finding[] =>
  failures.map((failure) => {
    const field = namedField(failure)
    const pointer = failure.instancePath + (field === undefined ? '' : `/${escapeSegment(field)}`)
    return {
      pointer,
      code: CODES[failure.keyword] ?? 'rule_broken',
      message: `${part}${pointer} ${failure.message ?? 'is not valid'}${allowedValues(failure)}`,
      rule: `openapi:${failure.keyword}`,
      severity: 'error',
    }
  })
