import { zoneClock } from '@interwatt/pricing'
import {
  convert,
  countryTimeZone,
  type Finding,
  isJsonObject,
  type JsonObject,
  type NamedSchema,
  ocpi230,
  parseDocument,
  parseJson,
  partyOf,
  type VersionId,
} from '@interwatt/protocol'
import { Failure } from '../failure.js'
import { knownSchema } from '../validating/known-schema.js'
import { versionOfCdr, versionOfTariff } from './guess-version.js'

/** Owner of documents of 2.1.1, which leave it to the URL; a price does not depend on it. */
const OWNER = partyOf('ZZ', 'ZZZ')

/** The value of a JSON text that is to be one object; `name` says what of. Throws Failure with exit code 2. */
export const readObject = (text: string, name: string): JsonObject => {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) throw new Failure(`${name} is not JSON: ${read.message}.`, { exitCode: 2 })
  if (isJsonObject(read.value)) return read.value
  const hint = Array.isArray(read.value) ? 'It holds a list: give one document at a time.' : undefined
  throw new Failure(`${name} is no JSON object.`, { ...(hint === undefined ? {} : { hint }), exitCode: 2 })
}

const unreadable = (name: string, version: VersionId, findings: readonly Finding[]): Failure =>
  new Failure(`${name} cannot be read as OCPI ${version}.`, {
    findings: findings.filter(({ severity }) => severity === 'error'),
    hint: 'If it is of another version, name it with --version.',
    exitCode: 2,
  })

/** A document read tolerantly in its version and taken to 2.3.0. */
interface Taken {
  readonly document: JsonObject
  /** What was repaired. */
  readonly repaired: readonly Finding[]
}

const taken = (
  kind: 'cdr' | 'tariff',
  schema: NamedSchema,
  version: VersionId,
  value: JsonObject,
  name: string,
): Taken => {
  const read = parseDocument(schema, value, 'whole')
  if (!read.ok || !isJsonObject(read.value)) throw unreadable(name, version, read.findings)
  const converted = convert(kind, version, '2.3.0', read.value, 'whole', { owner: OWNER })
  if (converted.kind === 'withheld')
    throw new Failure(`${name} cannot be priced: ${converted.reason}.`, { exitCode: 2 })
  return { document: converted.document, repaired: read.findings }
}

/** A CDR in its 2.3.0 form, with what its version says. */
export interface ReadCdr {
  readonly cdr: ocpi230.CDR
  readonly version: VersionId
  readonly repaired: readonly Finding[]
  /** Of the location where it says so (2.1.1), else of its country where that keeps one time. */
  readonly timeZone: string | undefined
}

const zoneOf = (value: JsonObject, cdr: ocpi230.CDR): string | undefined => {
  const { location } = value
  const stated = isJsonObject(location) ? location.time_zone : undefined
  if (typeof stated === 'string' && zoneClock(stated) !== undefined) return stated
  return countryTimeZone({ ...cdr.cdr_location })
}

/** Reads a CDR of any version; throws Failure, exit code 2, for what is none. */
export const readCdr = (text: string, name: string, asked: VersionId | undefined): ReadCdr => {
  const value = readObject(text, name)
  const version = asked ?? versionOfCdr(value)
  if (version === undefined)
    throw new Failure(`${name} does not look like a CDR of any OCPI version: its total_cost tells none.`, {
      hint: 'Name its version with --version to see what is missing.',
      exitCode: 2,
    })
  const { document, repaired } = taken('cdr', knownSchema(version, 'CDR'), version, value, name)
  const read = parseDocument(ocpi230.CDR, document, 'whole')
  if (!read.ok) throw unreadable(name, version, read.findings)
  return { cdr: read.value, version, repaired, timeZone: zoneOf(value, read.value) }
}

/** A tariff in its 2.3.0 form, and the version it came in. */
export interface ReadTariff {
  readonly tariff: ocpi230.Tariff
  readonly version: VersionId
}

/** A tariff of 2.3.0 that does not say whether tax is included is read as one of 2.2.1, whose prices are without (CDR-059). */
const WITHOUT_TAX: Readonly<Record<VersionId, VersionId>> = {
  '2.1.1': '2.1.1',
  '2.2.1': '2.2.1',
  '2.3.0': '2.2.1',
}

/** Reads a tariff of any version; throws Failure, exit code 2, for what is none. */
export const readTariff = (text: string, name: string, fallback: VersionId): ReadTariff => {
  const value = readObject(text, name)
  const version = versionOfTariff(value, fallback)
  const as = value.tax_included === undefined ? WITHOUT_TAX[version] : version
  const { document } = taken('tariff', knownSchema(as, 'Tariff'), as, value, name)
  const parsed = parseDocument(ocpi230.Tariff, document, 'whole')
  if (!parsed.ok) throw unreadable(name, version, parsed.findings)
  return { tariff: parsed.value, version }
}
