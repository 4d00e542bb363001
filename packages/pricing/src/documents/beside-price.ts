import { type Finding, isJsonObject, type JsonObject } from '@interwatt/protocol'

/** What stands in for a field that no price depends on; undefined leaves it out. `given` is what was there. */
type StandIn = (given: unknown) => unknown

const dropped: StandIn = () => undefined
const NEVER = '1970-01-01T00:00:00Z'
const COORDINATES = { latitude: '0.00000', longitude: '0.00000' }

/** The country decides the time zone of a CDR, so it stays where it is one. */
const countryOf = (given: unknown): string =>
  isJsonObject(given) && typeof given.country === 'string' && /^[A-Z]{3}$/.test(given.country)
    ? given.country
    : 'ZZZ'

const cdrLocation: StandIn = (given) => ({
  id: 'X',
  address: '-',
  city: '-',
  country: countryOf(given),
  coordinates: COORDINATES,
  evse_uid: 'X',
  evse_id: 'X',
  connector_id: 'X',
  connector_standard: 'IEC_62196_T2',
  connector_format: 'SOCKET',
  connector_power_type: 'AC_3_PHASE',
})

const connector211 = {
  id: 'X',
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  voltage: 230,
  amperage: 16,
  last_updated: NEVER,
}

const location211: StandIn = (given) => ({
  id: 'X',
  type: 'UNKNOWN',
  address: '-',
  city: '-',
  postal_code: '-',
  country: countryOf(given),
  coordinates: COORDINATES,
  ...(isJsonObject(given) && typeof given.time_zone === 'string' ? { time_zone: given.time_zone } : {}),
  evses: [{ uid: 'X', status: 'UNKNOWN', connectors: [connector211], last_updated: NEVER }],
  last_updated: NEVER,
})

const OF_TARIFF: Readonly<Record<string, StandIn>> = {
  country_code: () => 'ZZ',
  party_id: () => 'ZZZ',
  tariff_alt_text: dropped,
  tariff_alt_url: dropped,
  energy_mix: dropped,
  preauthorize_amount: dropped,
  last_updated: () => NEVER,
}

const OF_CDR: Readonly<Record<string, StandIn>> = {
  country_code: () => 'ZZ',
  party_id: () => 'ZZZ',
  id: () => 'X',
  session_id: () => 'X',
  cdr_token: () => ({ country_code: 'ZZ', party_id: 'ZZZ', uid: 'X', type: 'OTHER', contract_id: 'X' }),
  auth_id: () => 'X',
  auth_method: () => 'WHITELIST',
  authorization_reference: dropped,
  cdr_location: cdrLocation,
  location: location211,
  meter_id: dropped,
  signed_data: dropped,
  remark: dropped,
  invoice_reference_id: dropped,
  home_charging_compensation: dropped,
  last_updated: () => NEVER,
}

const replaced = (value: JsonObject, name: string, standIn: StandIn): JsonObject => {
  const { [name]: given, ...rest } = value
  const other = standIn(given)
  return other === undefined ? rest : { ...rest, [name]: other }
}

const own = (standIns: Readonly<Record<string, StandIn>>, name: string | undefined): StandIn | undefined =>
  name !== undefined && Object.hasOwn(standIns, name) ? standIns[name] : undefined

const inTariff = (value: JsonObject, [name]: readonly string[]): JsonObject | undefined => {
  const standIn = own(OF_TARIFF, name)
  return standIn === undefined || name === undefined ? undefined : replaced(value, name, standIn)
}

const inCdr = (value: JsonObject, path: readonly string[]): JsonObject | undefined => {
  const [name, index, ...inside] = path
  const { tariffs } = value
  if (name === 'tariffs' && Array.isArray(tariffs)) {
    const tariff: unknown = tariffs[Number(index)]
    const mended = isJsonObject(tariff) ? inTariff(tariff, inside) : undefined
    return mended && { ...value, tariffs: tariffs.with(Number(index), mended) }
  }
  const standIn = own(OF_CDR, name)
  return standIn === undefined || name === undefined ? undefined : replaced(value, name, standIn)
}

const MEND = { cdr: inCdr, tariff: inTariff } as const

/** A document without its errors, and these as warnings. */
export interface WithoutBeside {
  readonly value: JsonObject
  readonly findings: readonly Finding[]
}

/**
 * A document whose errors all lie in fields that no price depends on, such as addresses and cards, with stand-ins for
 * these; undefined when one lies elsewhere. Prices are asked of documents that partners send, and those are seldom perfect.
 */
export const withoutBeside = (
  kind: 'cdr' | 'tariff',
  value: unknown,
  findings: readonly Finding[],
): WithoutBeside | undefined => {
  if (!isJsonObject(value)) return undefined
  let mended = value
  for (const { pointer, severity } of findings) {
    if (severity !== 'error') continue
    const next = MEND[kind](mended, pointer.split('/').slice(1))
    if (next === undefined) return undefined
    mended = next
  }
  const told = findings.map(
    (finding): Finding =>
      finding.severity === 'error'
        ? { ...finding, severity: 'warning', message: `${finding.message}; the price does not depend on it` }
        : finding,
  )
  return { value: mended, findings: told }
}
