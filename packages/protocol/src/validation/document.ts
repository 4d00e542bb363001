import { isJsonObject } from '../json/json-object.js'
import type { Infer, Schema } from '../schema/index.js'
import { compileObject, compileValue, readFields } from './compile.js'
import { ABSENT, type Context, FAILED, fail, findingsOf, newContext, type Reader, ROOT } from './context.js'
import type { Finding } from './finding.js'
import type { Spot } from './spot.js'

/** A whole object, or some of its fields; nested objects are always whole (TRN-093, TRN-097). */
export type DocumentForm = 'whole' | 'patch'

/** The type of a document of a schema. In a patch an optional field may also be null, which clears it (TRN-098). */
export type DocumentIn<S extends Schema, F extends DocumentForm> = F extends 'patch'
  ? Partial<Infer<S>>
  : Infer<S>

/** What reading gave: the document, or why not. Both with findings, errors first. */
export type ParsedDocument<T> =
  | { readonly ok: true; readonly value: T; readonly findings: Finding[] }
  | { readonly ok: false; readonly findings: Finding[] }

/**
 * Reads a JSON value as a document, tolerantly: known deviations are repaired and reported as warnings, the rest as
 * errors. Never changes the input and gives back the same reference when nothing was repaired. Linear in the input,
 * throws on no JSON value, at most 100 findings. `options.pointer` is put before every pointer; `options.cutLongTexts`
 * cuts free texts that are too long instead of refusing them, never ids and other CiStrings.
 */
export const parseDocument = <S extends Schema, F extends DocumentForm>(
  schema: S,
  value: unknown,
  form: F,
  options: { readonly pointer?: string; readonly cutLongTexts?: boolean } = {},
): ParsedDocument<DocumentIn<S, F>> => {
  const context = newContext(false, options.pointer ?? '', options.cutLongTexts)
  const read = readDocument(schema, value, form, context)
  const findings = findingsOf(context)
  if (context.errorCount > 0 || read === FAILED || read === ABSENT) return { ok: false, findings }
  // NOTE: the one cast from unknown: the readers compiled from the schema have just checked every field of it.
  return { ok: true, value: read as DocumentIn<S, F>, findings }
}

/**
 * Checks a document before it is sent, strictly: everything parseDocument would repair is an error too. Unknown
 * fields are allowed. It may go out when no finding is an error.
 */
export const checkDocument = (schema: Schema, value: unknown, form: DocumentForm): Finding[] => {
  const context = newContext(true, '')
  readDocument(schema, value, form, context)
  return findingsOf(context)
}

const rootReaders = new WeakMap<Schema, Reader>()

const rootReader = (schema: Schema): Reader => {
  const known = rootReaders.get(schema)
  if (known !== undefined) return known
  const anchor = schema.kind === 'enum' ? schema.anchor : 'types'
  const spot: Spot = { anchor, rule: undefined, tolerance: undefined, required: true, droppable: false }
  const reader = compileValue(schema, spot)
  rootReaders.set(schema, reader)
  return reader
}

const readDocument = (schema: Schema, value: unknown, form: DocumentForm, context: Context): unknown => {
  if (schema.kind !== 'object') return rootReader(schema)(value, context, ROOT)
  if (isJsonObject(value)) return readFields(compileObject(schema), value, context, form === 'patch')
  const message = `the document must be an object (${schema.name})`
  return fail(context, ROOT, { code: 'not_an_object', message, rule: schema.anchor })
}
