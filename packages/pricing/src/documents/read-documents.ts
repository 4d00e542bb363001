import {
  countryTimeZone,
  type Finding,
  isJsonObject,
  lift,
  ocpi230,
  type ParsedDocument,
  parseDocument,
  partyOf,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import { zoneClock } from '../zone/zone-clock.js'
import { withoutBeside } from './beside-price.js'
import { guessCdrVersion, guessTariffVersion } from './guess-version.js'

/** A document read tolerantly in its version and taken to 2.3.0, or what keeps it from being read. */
export type ReadDocument<Value> =
  | {
      readonly ok: true
      readonly value: Value
      readonly version: VersionId
      /** What was repaired, or is wrong where no price depends on it; pointers are into the document as it was given. */
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly version: VersionId; readonly findings: readonly Finding[] }

/** Stands for the owner of a document of 2.1.1, which leaves it to the URL; prices do not depend on it. */
const NOBODY = partyOf('ZZ', 'ZZZ')

const readAs = <Value>(
  kind: 'cdr' | 'tariff',
  value: unknown,
  version: VersionId,
  parse: (lifted: unknown) => ParsedDocument<Value>,
): ReadDocument<Value> => {
  const schema = schemaOf(version, kind)
  if (schema === undefined) return { ok: false, version, findings: [] }
  const strict = parseDocument(schema, value, 'whole')
  const mended = strict.ok ? undefined : withoutBeside(kind, value, strict.findings)
  const read = mended === undefined ? strict : parseDocument(schema, mended.value, 'whole')
  if (!read.ok || !isJsonObject(read.value)) return { ok: false, version, findings: strict.findings }
  const lifted = parse(lift(kind, version, read.value, 'whole', { owner: NOBODY }).document)
  return lifted.ok
    ? { ok: true, value: lifted.value, version, findings: mended?.findings ?? read.findings }
    : { ok: false, version, findings: lifted.findings }
}

/** Reads a tariff in a version, by default the oldest one that has all its fields. Never throws. */
export const readTariff = (
  value: unknown,
  version: VersionId = guessTariffVersion([value]),
): ReadDocument<ocpi230.Tariff> =>
  readAs('tariff', value, version, (lifted) => parseDocument(ocpi230.Tariff, lifted, 'whole'))

/** A CDR, and the zone of its location where it says so (2.1.1) or its country keeps one time. */
export interface CdrToCheck {
  readonly cdr: ocpi230.CDR
  readonly timeZone: string | undefined
}

const zoneOf = (given: unknown, cdr: ocpi230.CDR): string | undefined => {
  const location = isJsonObject(given) ? given.location : undefined
  const stated = isJsonObject(location) ? location.time_zone : undefined
  if (typeof stated === 'string' && zoneClock(stated) !== undefined) return stated
  return countryTimeZone({ ...cdr.cdr_location })
}

/** Reads a CDR in a version, by default the one it looks like; undefined when it looks like none. Never throws. */
export const readCdr = (
  value: unknown,
  version: VersionId | undefined = guessCdrVersion(value),
): ReadDocument<CdrToCheck> | undefined => {
  if (version === undefined) return undefined
  const read = readAs('cdr', value, version, (lifted) => parseDocument(ocpi230.CDR, lifted, 'whole'))
  return read.ok ? { ...read, value: { cdr: read.value, timeZone: zoneOf(value, read.value) } } : read
}
