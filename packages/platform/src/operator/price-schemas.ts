import { LANGUAGES, type Language, type PricingPolicy, readPolicy, zoneClock } from '@interwatt/pricing'
import type { JsonSchema } from '@interwatt/protocol'
import { ProblemError, problem } from './problem.js'
import { line, object } from './wire-schemas.js'

/** `language` of a query or a body: adds the price in words. */
export const language: JsonSchema = {
  type: 'string',
  enum: [...LANGUAGES],
  description: 'Adds the price in the words of this language',
}

/** `language` alone, as a query. */
export const languageQuery = object({ language })

/** A query of `languageQuery`. */
export interface LanguageQuery {
  readonly language?: Language
}

/** `policy` of a body. */
export const policySchema: JsonSchema = {
  type: 'object',
  additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
  description: 'Choices of the pricing policy, by name; the others are the default ones',
}

/** `policy` as it came. */
export type WirePolicy = Readonly<Record<string, string | number>>

/** The policy that was sent; throws 400 with the names or choices there are. */
export const policyOf = (given: WirePolicy | undefined): Partial<PricingPolicy> => {
  const read = readPolicy(given ?? {})
  if (!read.ok) throw new ProblemError(problem(400, `${read.message}.`))
  return read.policy
}

/** `time_zone` of a query or a body. */
export const timeZone: JsonSchema = line(64, 'IANA name of a time zone, such as Europe/Berlin')

/** The time zone that was sent, as an option to spread; throws 400 for a name that is none. */
export const timeZoneOption = (given: string | undefined): { readonly timeZone?: string } => {
  if (given === undefined) return {}
  const clock = zoneClock(given)
  if (clock === undefined)
    throw new ProblemError(problem(400, 'time_zone is no IANA time zone, such as Europe/Berlin.'))
  return { timeZone: clock.timeZone }
}

const MOST_SMALLEST_UNITS = 1_000_000

/** `tolerance` of a body. */
export const tolerance: JsonSchema = {
  type: 'integer',
  minimum: 0,
  maximum: MOST_SMALLEST_UNITS,
  description: 'Smallest units of the currency that each total may be off by; 1 when left out',
}

const number: JsonSchema = { type: 'number' }
const text: JsonSchema = { type: 'string' }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

/** An amount of an answer; a side that is not known is left out. */
export const amount = object({ before_taxes: number, after_taxes: number })

const quantity = {
  type: text,
  family: text,
  measured: number,
  stretches: list(object({ period: { type: 'integer' }, from: text, to: text })),
  passed_over: list(
    object({ pointer: text, restriction: text, bound: {}, found: { type: ['number', 'string'] } }),
  ),
}

const priceLine = object({
  ...quantity,
  tariff_id: text,
  pointer: { ...text, description: 'JSON Pointer of the price component in its tariff' },
  billed: number,
  step_size: number,
  price: number,
  vat: number,
  before_taxes: number,
  after_taxes: number,
})

const adjustment = object({
  type: { type: 'string', enum: ['MIN_PRICE', 'MAX_PRICE', 'ROUNDING'] },
  before_taxes: number,
  after_taxes: number,
})

/** A price line by line, as a part of an answer. */
export const explanationFields: Readonly<Record<string, JsonSchema>> = {
  currency: text,
  total: amount,
  taxes: list(object({ name: text, percentage: number, amount: number })),
  dimensions: list(
    object({ type: text, measured: number, billed: number, before_taxes: number, after_taxes: number }),
  ),
  lines: list({ anyOf: [priceLine, adjustment] }),
  free: list(object(quantity)),
}

/** The price in words, as a part of an answer. */
export const sentencesSchema: JsonSchema = {
  ...object({
    language: { type: 'string', enum: [...LANGUAGES] },
    lines: list(object({ text, amount: text, because: list(text) }, ['text', 'because'])),
    total: text,
    taxes: text,
    text: { ...text, description: 'All of it, a line for each thing' },
  }),
  type: ['object', 'null'],
  description: 'With `language`; null where there is no price',
}

const finding = {
  code: text,
  severity: { type: 'string', enum: ['error', 'warning', 'info', 'hint'] },
  message: text,
  pointer: text,
}

/** A finding of a check. */
export const checkFinding = object({
  ...finding,
  stated: number,
  recomputed: number,
  policy: { type: 'object', additionalProperties: true },
})

/** A finding of a lint. */
export const lintFinding = object({ ...finding, rules: list(text), pack: text })
