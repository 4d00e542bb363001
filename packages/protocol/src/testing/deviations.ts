import type { Schema } from '../schema/index.js'
import { checkDocument, type DocumentForm, parseDocument } from '../validation/index.js'

/** `code pointer rule severity` of every finding. */
export const deviations = (schema: Schema, value: unknown, form: DocumentForm = 'whole') =>
  parseDocument(schema, value, form).findings.map(({ code, pointer, rule, severity }) =>
    [code, pointer, rule, severity].join(' '),
  )

/** `code pointer severity` of every finding of a strict check. */
export const strictDeviations = (schema: Schema, value: unknown, form: DocumentForm = 'whole') =>
  checkDocument(schema, value, form).map(({ code, pointer, severity }) => [code, pointer, severity].join(' '))

/** The document as read. Throws when it is refused. */
export const readValue = (schema: Schema, value: unknown, form: DocumentForm = 'whole'): unknown => {
  const read = parseDocument(schema, value, form)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.value
}
