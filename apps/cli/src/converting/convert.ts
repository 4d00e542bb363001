import {
  checkDocument,
  convert,
  type DocumentForm,
  type DocumentName,
  type Finding,
  isJsonObject,
  type JsonObject,
  type Loss,
  type NamedSchema,
  type PartyId,
  parseDocument,
  parseJson,
  type VersionId,
} from '@interwatt/protocol'

export interface ConvertInput {
  readonly name: DocumentName
  readonly from: VersionId
  readonly to: VersionId
  /** Field table in `from` and in `to`. */
  readonly schemas: { readonly from: NamedSchema; readonly to: NamedSchema }
  readonly text: string
  readonly form: DocumentForm
  /** Owner of documents whose version leaves it to the URL. */
  readonly owner?: PartyId | undefined
}

/** One document after the crossing. Pointers are into the text that was read. */
export interface ConvertedDocument {
  /** Undefined when it was not readable in `from`, or when `to` cannot hold it. */
  readonly document: JsonObject | undefined
  readonly withheld: string | undefined
  readonly losses: readonly Loss[]
  /** What is wrong with the document in `from`, or with the result in `to`. */
  readonly findings: readonly Finding[]
}

/** Everything that a text became. */
export interface Conversion {
  /** Whether the text was a list; the result is one then too. */
  readonly list: boolean
  readonly documents: readonly ConvertedDocument[]
}

const convertOne = (input: ConvertInput, value: unknown, at: string): ConvertedDocument => {
  const { name, from, to, schemas, form, owner } = input
  const read = parseDocument(schemas.from, value, form, { pointer: at })
  if (!read.ok || !isJsonObject(read.value))
    return { document: undefined, withheld: undefined, losses: [], findings: read.findings }
  const converted = convert(name, from, to, read.value, form, { owner })
  const losses = converted.losses.map((loss) => ({ ...loss, pointer: at + loss.pointer }))
  if (converted.kind === 'withheld')
    return { document: undefined, withheld: converted.reason, losses, findings: read.findings }
  const { document } = converted
  const unfit = checkDocument(schemas.to, document, form).filter(({ severity }) => severity === 'error')
  const findings = unfit.map((finding) => ({ ...finding, pointer: at + finding.pointer }))
  return { document, withheld: undefined, losses, findings: [...read.findings, ...findings] }
}

/** Takes a JSON text, one document or a list, from one version to another; never throws. */
export const convertText = (input: ConvertInput): Conversion | { readonly unparsable: string } => {
  const read = parseJson(input.text.replace(/^\uFEFF/, ''))
  if (!read.ok) return { unparsable: read.message }
  const { value } = read
  const list = Array.isArray(value)
  const values: readonly unknown[] = list ? value : [value]
  return { list, documents: values.map((item, index) => convertOne(input, item, list ? `/${index}` : '')) }
}
