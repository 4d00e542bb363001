import fc from 'fast-check'
import {
  COUNTRY_ALPHA_2,
  COUNTRY_ALPHA_3,
  CREDENTIALS_TOKEN,
  CURRENCY,
  HUB_PARTY_ID,
  LATITUDE,
  LATITUDE_6,
  LOCAL_DATE,
  LONGITUDE,
  LONGITUDE_6,
  PARTY_ID,
  type TextFormat,
  type TextSchema,
  TIME_OF_DAY,
  TIME_ZONE,
} from '../schema/index.js'

const charactersOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index))

const LETTERS = charactersOf(0x41, 0x5a)
const LETTERS_AND_DIGITS = [...LETTERS, ...charactersOf(0x30, 0x39)]
const PRINTABLE = charactersOf(0x20, 0x7e)
/** Code points of one and two UTF-16 units, so that lengths are counted right or not at all. */
const WIDER = [...PRINTABLE, 'ä', 'ß', 'é', '–', '東', '🔌', '⚡']

const textFrom = (characters: readonly string[], minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { minLength, maxLength }).map((parts) => parts.join(''))

const twoDigits = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((value) => String(value).padStart(2, '0'))

const degrees = (limit: number) =>
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: limit - 1 }), fc.integer({ min: 0, max: 999_999 }))
    .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}.${String(part).padStart(6, '0')}`)

const formats = new Map<TextFormat, fc.Arbitrary<string>>([
  [TIME_OF_DAY, fc.tuple(twoDigits(0, 23), twoDigits(0, 59)).map((parts) => parts.join(':'))],
  [
    LOCAL_DATE,
    fc
      .tuple(fc.integer({ min: 2015, max: 2040 }), twoDigits(1, 12), twoDigits(1, 28))
      .map((parts) => parts.join('-')),
  ],
  [LATITUDE, degrees(90)],
  [LONGITUDE, degrees(180)],
  [LATITUDE_6, degrees(90)],
  [LONGITUDE_6, degrees(180)],
  [COUNTRY_ALPHA_2, fc.constantFrom('DE', 'NL', 'be', 'FR', 'AT')],
  [COUNTRY_ALPHA_3, fc.constantFrom('DEU', 'NLD', 'BEL', 'FRA', 'AUT')],
  [PARTY_ID, textFrom(LETTERS_AND_DIGITS, 3, 3)],
  [CURRENCY, fc.constantFrom('EUR', 'CHF', 'USD')],
  [CREDENTIALS_TOKEN, textFrom(charactersOf(0x21, 0x7e), 1, 64)],
  [
    HUB_PARTY_ID,
    fc.tuple(textFrom(LETTERS, 2, 2), textFrom(LETTERS_AND_DIGITS, 3, 3)).map((parts) => parts.join('')),
  ],
  [TIME_ZONE, fc.constantFrom('Europe/Berlin', 'Europe/Amsterdam', 'UTC', 'America/New_York')],
])

const SECONDS_IN_2015_TO_2040 = { min: 1_420_070_400, max: 2_240_524_800 }

/** DateTime in the forms that may be sent: seconds or milliseconds, with Z. */
const dateTimes = fc
  .tuple(fc.integer(SECONDS_IN_2015_TO_2040), fc.integer({ min: 0, max: 999 }), fc.boolean())
  .map(([seconds, ms, fraction]) => {
    const text = new Date(seconds * 1000 + ms).toISOString()
    return fraction ? text : `${text.slice(0, 19)}Z`
  })

const urls = textFrom([...charactersOf(0x61, 0x7a), '/', '-', '_'], 0, 40).map(
  (path) => `https://ocpi.example.com/${path}`,
)

/** Valid texts of a schema, mostly short, never empty. Throws for a format it does not know. */
export const textOf = ({ type, max = 100, format }: TextSchema): fc.Arbitrary<string> => {
  if (type === 'DateTime') return dateTimes
  if (type === 'URL') return urls
  if (format === undefined) return textFrom(type === 'CiString' ? PRINTABLE : WIDER, 1, Math.min(max, 40))
  const texts = formats.get(format)
  if (texts === undefined) throw new Error(`no texts for the format ${format.name}`)
  return texts
}
