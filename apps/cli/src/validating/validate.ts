import {
  checkDocument,
  type DocumentForm,
  type Finding,
  type NamedSchema,
  parseDocument,
  parseJson,
} from '@interwatt/protocol'

export interface ValidateInput {
  readonly schema: NamedSchema
  readonly text: string
  /** Rules for sending instead of those for receiving. */
  readonly strict: boolean
  readonly form: DocumentForm
}

/** What was found in a text; `findings` errors first within each document. */
export interface Validation {
  readonly documents: number
  readonly findings: readonly Finding[]
  readonly errors: number
  readonly warnings: number
}

const checkOne = (input: ValidateInput, value: unknown, pointer: string): readonly Finding[] => {
  if (!input.strict) return parseDocument(input.schema, value, input.form, { pointer }).findings
  return checkDocument(input.schema, value, input.form).map((finding) => ({
    ...finding,
    pointer: pointer + finding.pointer,
  }))
}

const unparsable = (message: string): Finding => ({
  pointer: '',
  code: 'not_an_object',
  message,
  rule: 'RFC 8259',
  severity: 'error',
})

/** Checks a JSON text as one document, or as a list of documents; never throws. */
export const validateText = (input: ValidateInput): Validation => {
  const read = parseJson(input.text.replace(/^\uFEFF/, ''))
  if (!read.ok) return { documents: 0, findings: [unparsable(read.message)], errors: 1, warnings: 0 }
  const { value } = read
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const findings = list.flatMap((item, index) =>
    checkOne(input, item, Array.isArray(value) ? `/${index}` : ''),
  )
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return { documents: list.length, findings, errors, warnings: findings.length - errors }
}
