import { canonicalVersion, type JsonSchema, versions } from '@interwatt/protocol'

/** Most items of one page of a list. */
const MAX_LIMIT = 1000
export const DEFAULT_LIMIT = 100

const NO_CONTROL_CHARACTERS = '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]+$'

/** One line of text without control characters. */
export const line = (maxLength: number, description?: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength,
  pattern: NO_CONTROL_CHARACTERS,
  ...(description === undefined ? {} : { description }),
})

/** Nothing below a space but tabs and ends of lines. */
const BROKEN_LINES = '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f\\ud800-\\udfff]*$'

/** Text that may have several lines and is not blank. */
export const paragraphs = (maxLength: number, description?: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength,
  // NOTE: patterns are tried on texts of any length, so each has to read its text only once.
  allOf: [{ pattern: BROKEN_LINES }, { pattern: '\\S' }],
  ...(description === undefined ? {} : { description }),
})

export const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({ type: 'object', properties, required, additionalProperties: false })

export const dateTime: JsonSchema = { type: 'string', format: 'date-time', maxLength: 40 }

const countryCode = {
  type: 'string',
  pattern: '^[A-Za-z]{2}$',
  description: 'ISO 3166-1 alpha-2, in either case',
} as const
const partyId = {
  type: 'string',
  pattern: '^[A-Za-z0-9]{3}$',
  description: 'Three letters or digits, in either case',
} as const

export const partyParams = { country_code: countryCode, party_id: partyId } as const

/** Party by `country_code` and `party_id`. */
export const party = object(partyParams, ['country_code', 'party_id'])

const ocpiId = (description: string): JsonSchema => line(255, description)

/** Path parameters of an object or a part of it. */
export const objectParams = (...names: readonly string[]): JsonSchema =>
  object({ ...partyParams, ...Object.fromEntries(names.map((name) => [name, ocpiId(`OCPI ${name}`)])) }, [
    'country_code',
    'party_id',
    ...names,
  ])

export const idParams = object({ id: line(100) }, ['id'])

/** `version` of a query where leaving it out does not mean the canonical one. */
export const anyVersion: JsonSchema = {
  type: 'string',
  enum: versions.map((known) => known.id),
  description: 'OCPI version of the document',
}

/** `version` of a query: in which OCPI version the document is. */
export const version: JsonSchema = { ...anyVersion, default: canonicalVersion.id }

/** `type` of a token: part of its identity. */
export const tokenType = line(36, 'Type of the token; RFID when left out')

export const limit: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_LIMIT,
  default: DEFAULT_LIMIT,
}

export const cursor = line(1024, 'Value of `next` of the page before')

/** A JSON object whose content is checked against its OCPI schema by the node, with findings. */
export const document: JsonSchema = { type: 'object', additionalProperties: true }

export const listOf = (items: JsonSchema): JsonSchema =>
  object({ items: { type: 'array', items } }, ['items'])
