import type { TextFormat } from './schema.js'

const pattern = (name: string, rule: string, source: string): TextFormat => {
  const expression = new RegExp(source)
  return { name, rule, pattern: source, accepts: (text) => expression.test(text) }
}

/** `HH:MM`, 00:00 to 23:59 (LOC-116, TAR-038). */
export const TIME_OF_DAY = pattern('time of day HH:MM', 'TAR-038', '^([0-1][0-9]|2[0-3]):[0-5][0-9]$')

/** `YYYY-MM-DD` (TAR-039). */
export const LOCAL_DATE = pattern(
  'date YYYY-MM-DD',
  'TAR-039',
  '^([12][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
)

/** Decimal degrees with 5 to 7 decimals (LOC-111, LOC-112). */
export const LATITUDE = pattern('latitude with 5 to 7 decimals', 'LOC-111', '^-?[0-9]{1,2}\\.[0-9]{5,7}$')
/** Decimal degrees with 5 to 7 decimals (LOC-111). */
export const LONGITUDE = pattern('longitude with 5 to 7 decimals', 'LOC-111', '^-?[0-9]{1,3}\\.[0-9]{5,7}$')

/** Decimal degrees with six decimals, as 2.1.1 has them (LOC-111). */
export const LATITUDE_6 = pattern('latitude with 6 decimals', 'LOC-111', '^-?[0-9]{1,2}\\.[0-9]{6}$')
/** Decimal degrees with six decimals, as 2.1.1 has them (LOC-111). */
export const LONGITUDE_6 = pattern('longitude with 6 decimals', 'LOC-111', '^-?[0-9]{1,3}\\.[0-9]{6}$')

/** ISO 3166-1 alpha-2, in either case (TYP-013). */
export const COUNTRY_ALPHA_2 = pattern('two-letter country code', 'TYP-013', '^[A-Za-z]{2}$')

/** ISO 3166-1 alpha-3 (LOC-110). */
export const COUNTRY_ALPHA_3 = pattern('three-letter country code', 'LOC-110', '^[A-Za-z]{3}$')

/** Party id: three letters or digits (TYP-013). */
export const PARTY_ID = pattern('party id of three letters or digits', 'TYP-013', '^[A-Za-z0-9]{3}$')

/** ISO 4217 (TAR-086). */
export const CURRENCY = pattern('three-letter currency code', 'TAR-086', '^[A-Z]{3}$')

/** Country code and party id of a hub in one text (CRD-010). */
export const HUB_PARTY_ID = pattern(
  'country code and party id of five characters',
  'CRD-010',
  '^[A-Za-z]{2}[A-Za-z0-9]{3}$',
)

/** Credentials token: 1 to 64 printable ASCII characters without spaces (CRD-002). */
export const CREDENTIALS_TOKEN = pattern('printable ASCII without spaces', 'CRD-002', '^[\\x21-\\x7e]{1,64}$')

const knownZones = new Map<string, boolean>()

/** IANA time zone name (LOC-113). Zones seen are remembered, at most a thousand. */
export const TIME_ZONE: TextFormat = {
  name: 'IANA time zone',
  rule: 'LOC-113',
  accepts(text) {
    const known = knownZones.get(text)
    if (known !== undefined) return known
    let valid = /^[A-Za-z]/.test(text) && !/[+]/.test(text.slice(0, 4))
    try {
      new Intl.DateTimeFormat('en', { timeZone: text })
    } catch {
      valid = false
    }
    if (knownZones.size < 1000) knownZones.set(text, valid)
    return valid
  },
}
