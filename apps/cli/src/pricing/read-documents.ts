import * as pricing from '@interwatt/pricing'
import { type Finding, isJsonObject, type ocpi230, parseJson, type VersionId } from '@interwatt/protocol'
import { Failure } from '../failure.js'

/** The value of a JSON text; `name` says what of, at the start of a sentence. Throws Failure. */
const jsonOf = (text: string, name: string, exitCode: 1 | 2): unknown => {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) throw new Failure(`${name} is not JSON: ${read.message}.`, { exitCode })
  return read.value
}

const oneObject = (text: string, name: string): unknown => {
  const value = jsonOf(text, name, 2)
  if (isJsonObject(value)) return value
  const hint = Array.isArray(value) ? 'It holds a list: give one document at a time.' : undefined
  throw new Failure(`${name} is no JSON object.`, { ...(hint === undefined ? {} : { hint }), exitCode: 2 })
}

const unreadable = (name: string, version: VersionId, findings: readonly Finding[]): Failure =>
  new Failure(`${name} cannot be read as OCPI ${version}.`, {
    findings: findings.filter(({ severity }) => severity === 'error'),
    hint: 'If it is of another version, name it with --version.',
    exitCode: 2,
  })

/** A CDR in its 2.3.0 form, with what its version says. */
export interface ReadCdr extends pricing.CdrToCheck {
  readonly version: VersionId
  readonly repaired: readonly Finding[]
}

/** Reads a CDR of any version; throws Failure, exit code 2, for what is none. */
export const readCdr = (text: string, name: string, asked: VersionId | undefined): ReadCdr => {
  const read = pricing.readCdr(oneObject(text, name), asked)
  if (read === undefined)
    throw new Failure(`${name} does not look like a CDR of any OCPI version: its total_cost tells none.`, {
      hint: 'Name its version with --version to see what is missing.',
      exitCode: 2,
    })
  if (!read.ok) throw unreadable(name, read.version, read.findings)
  return { ...read.value, version: read.version, repaired: read.findings }
}

/** A tariff in its 2.3.0 form, and the version it came in. */
export interface NamedTariff {
  readonly tariff: ocpi230.Tariff
  readonly version: VersionId
}

/** Reads a tariff of any version, by its fields; throws Failure, exit code 2, for what is none. */
export const readTariff = (text: string, name: string): NamedTariff => {
  const read = pricing.readTariff(oneObject(text, name))
  if (!read.ok) throw unreadable(name, read.version, read.findings)
  return { tariff: read.value, version: read.version }
}

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
  readonly tariffs: readonly ReadTariff[]
}

/**
 * Reads a JSON text as a tariff or a list of them, in a version or the one their fields speak of. Throws Failure for a
 * text that is not JSON, or holds no tariff.
 */
export const readTariffs = (text: string, given: VersionId | undefined): ReadTariffs => {
  const value = jsonOf(text, 'The input', 1)
  const list = Array.isArray(value)
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.length === 0)
    throw new Failure('The list holds no tariff.', { hint: 'Give a tariff, or a list of at least one.' })
  const version = given ?? pricing.guessTariffVersion(values)
  const tariffs = values.map((one, index) => {
    const read = pricing.readTariff(one, version)
    const tariff = read.ok ? read.value : undefined
    return { pointer: list ? `/${index}` : '', tariff, findings: read.findings }
  })
  return { version, guessed: given === undefined, tariffs }
}
