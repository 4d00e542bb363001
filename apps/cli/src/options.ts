import { LANGUAGES, type Language, languageOf, zoneClock } from '@interwatt/pricing'
import {
  canonicalVersion,
  type PartyId,
  type PartyRole,
  partyOf,
  type VersionId,
  versionOf,
  versions,
} from '@interwatt/protocol'
import { InvalidArgumentError, Option } from 'commander'

const versionIds = versions.map(({ id }) => id).join(', ')

/** Reads the name of a version; refuses others with the list. */
export const readVersion = (text: string): VersionId => {
  const version = versionOf(text)
  if (version === undefined) throw new InvalidArgumentError(`Known versions: ${versionIds}.`)
  return version.id
}

/** `--version V`, the canonical one by default. */
export const versionOption = (): Option =>
  new Option('--version <version>', `OCPI version: ${versionIds}`)
    .argParser(readVersion)
    .default(canonicalVersion.id)

/** `--version V` of documents whose fields tell it otherwise; `what` names them. */
export const toldVersionOption = (what: string): Option =>
  new Option(
    '--version <version>',
    `OCPI version of ${what}: ${versionIds} (default: the one its fields speak of)`,
  ).argParser(readVersion)

/** `--time-zone ZONE`; `what` says of what, and what holds without it. */
export const timeZoneOption = (what: string): Option =>
  new Option('--time-zone <zone>', what).argParser(readTimeZone)

const readLanguage = (text: string): Language => {
  const language = languageOf(text)
  if (language === undefined) throw new InvalidArgumentError(`Known languages: ${LANGUAGES.join(', ')}.`)
  return language
}

/** `--lang LANGUAGE`; `what` says what it is the language of. */
export const languageOption = (what: string): Option =>
  new Option('--lang <language>', `${what}: ${LANGUAGES.join(', ')}`).argParser(readLanguage)

/** `--json`. */
export const jsonOption = (): Option => new Option('--json', 'print the result as JSON')

/** A reader of whole numbers in bounds. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d{1,15}$/.test(text) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`)
  }

/** Reads `DE*ABC`, `DE-ABC` or `DEABC`. */
export const readParty = (text: string): PartyId => {
  const match = /^([A-Za-z]{2})[*-]?([A-Za-z0-9]{3})$/.exec(text)
  const [, country, party] = match ?? []
  if (country !== undefined && party !== undefined) return partyOf(country, party)
  throw new InvalidArgumentError('It takes a country code and a party id, such as DE*ABC.')
}

/** Reads the role of a partner on a connection of one party each. */
export const readPartnerRole = (text: string): PartyRole => {
  const role = text.toUpperCase()
  if (role === 'CPO' || role === 'EMSP') return role
  throw new InvalidArgumentError('It takes CPO or EMSP.')
}

/** A side of a module that a partner is offered, as the operator API takes it. */
export interface OfferedModule {
  readonly identifier: string
  readonly role: 'SENDER' | 'RECEIVER'
}

/** Reads `payments:RECEIVER`, once or several times. */
export const readOfferedModule = (
  text: string,
  before: readonly OfferedModule[] | undefined,
): readonly OfferedModule[] => {
  const [identifier = '', side = '', ...rest] = text.split(':')
  const role = side.toUpperCase()
  const known = ['payments', 'invoicereconciliation'].includes(identifier.toLowerCase())
  if (!known || (role !== 'SENDER' && role !== 'RECEIVER') || rest.length > 0)
    throw new InvalidArgumentError(
      'It takes payments or invoicereconciliation and the side of this node: payments:RECEIVER.',
    )
  return [...(before ?? []), { identifier: identifier.toLowerCase(), role }]
}

/** Collects the values of an option that may be given several times. */
export const several = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
]

/** Reads the IANA name of a time zone. */
const readTimeZone = (text: string): string => {
  const clock = zoneClock(text)
  if (clock === undefined) throw new InvalidArgumentError('It takes a time zone such as Europe/Berlin.')
  return clock.timeZone
}
