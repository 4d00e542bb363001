import { canonicalVersion, isJsonObject, type VersionId } from '@interwatt/protocol'

/** Fields of tariffs that came with a version, the newest first. */
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
export const guessTariffVersion = (tariffs: readonly unknown[]): VersionId => {
  const fields = new Set(tariffs.flatMap(fieldsOf))
  if (fields.size === 0) return canonicalVersion.id
  return NEW_FIELDS.find(({ fields: known }) => known.some((field) => fields.has(field)))?.version ?? '2.1.1'
}

const has = (value: object, ...names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(value, name))

/** The version a CDR is in, by how it states its total, which every version does in its own way; undefined when it is none of them. */
export const guessCdrVersion = (cdr: unknown): VersionId | undefined => {
  if (!isJsonObject(cdr)) return undefined
  const { total_cost: total } = cdr
  if (isJsonObject(total))
    return has(total, 'before_taxes') ? '2.3.0' : has(total, 'excl_vat') ? '2.2.1' : undefined
  return has(cdr, 'stop_date_time', 'auth_id', 'location') ? '2.1.1' : undefined
}
