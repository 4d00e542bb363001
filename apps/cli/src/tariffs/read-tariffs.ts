import {
  canonicalVersion,
  type Finding,
  isJsonObject,
  lift,
  ocpi230,
  parseDocument,
  parseJson,
  partyOf,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import { Failure } from '../failure.js'

/** One tariff of a text, or why it is none. */
export interface ReadTariff {
  /** Where it stands in the text: `''`, or its place in the list. */
  readonly pointer: string
  /** In canonical shape; undefined when it is not valid. */
  readonly tariff: ocpi230.Tariff | undefined
  /** What is wrong with it, or was repaired; pointers are into the tariff. */
  readonly findings: readonly Finding[]
}

/** The tariffs of a text. */
export interface ReadTariffs {
  readonly version: VersionId
  /** Whether the version was guessed from the fields. */
  readonly guessed: boolean
  readonly list: boolean
  readonly tariffs: readonly ReadTariff[]
}

/** Stands for the owner of a tariff that leaves it to the URL, as those of 2.1.1 do; prices do not depend on it. */
const NOBODY = partyOf('ZZ', 'ZZZ')

/** Fields that came with a version, the newest first. */
const NEW_FIELDS: readonly { readonly version: VersionId; readonly fields: readonly string[] }[] = [
  {
    version: '2.3.0',
    fields: ['tax_included', 'preauthorize_amount', 'before_taxes', 'after_taxes', 'booking'],
  },
  {
    version: '2.2.1',
    fields: [
      'country_code',
      'party_id',
      'type',
      'min_price',
      'max_price',
      'start_date_time',
      'end_date_time',
    ],
  },
]

const fieldsOf = (tariff: unknown): readonly string[] => {
  if (!isJsonObject(tariff)) return []
  const elements: readonly unknown[] = Array.isArray(tariff.elements) ? tariff.elements : []
  const inner = [
    tariff.min_price,
    tariff.max_price,
    ...elements.map((element) => (isJsonObject(element) ? element.restrictions : undefined)),
  ]
  return [tariff, ...inner].flatMap((value) => (isJsonObject(value) ? Object.keys(value) : []))
}

/** The oldest version that has all the fields of the tariffs that tell versions apart; the newest for no tariff at all. */
export const guessVersion = (tariffs: readonly unknown[]): VersionId => {
  const fields = new Set(tariffs.flatMap(fieldsOf))
  if (fields.size === 0) return canonicalVersion.id
  return NEW_FIELDS.find(({ fields: known }) => known.some((field) => fields.has(field)))?.version ?? '2.1.1'
}

const readOne = (value: unknown, version: VersionId, pointer: string): ReadTariff => {
  const schema = schemaOf(version, 'Tariff')
  if (schema === undefined) return { pointer, tariff: undefined, findings: [] }
  const read = parseDocument(schema, value, 'whole')
  if (!read.ok || !isJsonObject(read.value)) return { pointer, tariff: undefined, findings: read.findings }
  const lifted = lift('tariff', version, read.value, 'whole', { owner: NOBODY })
  const canonical = parseDocument(ocpi230.Tariff, lifted.document, 'whole')
  return canonical.ok
    ? { pointer, tariff: canonical.value, findings: read.findings }
    : { pointer, tariff: undefined, findings: canonical.findings }
}

/**
 * Reads a JSON text as a tariff or a list of them, in a version or the one their fields speak of. Throws Failure for a
 * text that is not JSON, or holds no tariff.
 */
export const readTariffs = (text: string, given: VersionId | undefined): ReadTariffs => {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) throw new Failure(`The input is not JSON: ${read.message}`)
  const list = Array.isArray(read.value)
  const values: readonly unknown[] = Array.isArray(read.value) ? read.value : [read.value]
  if (values.length === 0)
    throw new Failure('The list holds no tariff.', { hint: 'Give a tariff, or a list of at least one.' })
  const version = given ?? guessVersion(values)
  return {
    version,
    guessed: given === undefined,
    list,
    tariffs: values.map((value, index) => readOne(value, version, list ? `/${index}` : '')),
  }
}
