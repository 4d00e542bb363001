import { isJsonObject, type JsonObject, type VersionId } from '@interwatt/protocol'

const has = (value: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => value[name] !== undefined)

/** The version a CDR is in, by the fields that others do not have; undefined when it shows none of them. */
export const versionOfCdr = (cdr: JsonObject): VersionId | undefined => {
  const { total_cost: total } = cdr
  if (isJsonObject(total))
    return has(total, 'before_taxes') ? '2.3.0' : has(total, 'excl_vat') ? '2.2.1' : undefined
  return has(cdr, 'stop_date_time', 'auth_id', 'location') ? '2.1.1' : undefined
}

/** A tariff that names its owner is of the version of the CDR, or of the oldest one that has owners. */
const NAMING_OWNERS: Readonly<Record<VersionId, VersionId>> = {
  '2.1.1': '2.2.1',
  '2.2.1': '2.2.1',
  '2.3.0': '2.3.0',
}

/**
 * The version a tariff is in: only 2.3.0 says whether tax is included, and 2.1.1 names no owner. `fallback` decides
 * where it shows neither.
 */
export const versionOfTariff = (tariff: JsonObject, fallback: VersionId): VersionId => {
  if (has(tariff, 'tax_included')) return '2.3.0'
  if (!has(tariff, 'country_code', 'party_id')) return '2.1.1'
  return NAMING_OWNERS[fallback]
}
