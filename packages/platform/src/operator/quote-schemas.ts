import type { Language, TariffType } from '@interwatt/pricing'
import type { JsonSchema, ocpi230, VersionId } from '@interwatt/protocol'
import {
  amount,
  explanationFields,
  language,
  policySchema,
  sentencesSchema,
  timeZone,
  type WirePolicy,
} from './price-schemas.js'
import { anyVersion, dateTime, document, line, object, partyParams } from './wire-schemas.js'

/** A connector by its address, as the operator API writes it. */
export interface WirePlace {
  readonly country_code: string
  readonly party_id: string
  readonly location_id: string
  readonly evse_uid: string
  readonly connector_id: string
}

interface WireBounds {
  readonly from: number
  readonly to: number
}

/** The body of a request for quotes. */
export interface WireQuotes {
  readonly places?: readonly WirePlace[]
  readonly tariffs?: readonly unknown[]
  readonly connector?: {
    readonly max_power_kw: number
    readonly power_type: ocpi230.PowerType
    readonly voltage?: number
  }
  readonly start: string
  readonly energy: { readonly kwh?: number; readonly from_percent?: number; readonly to_percent?: number }
  readonly vehicle?: {
    readonly battery_kwh?: number
    readonly max_ac_kw?: number
    readonly max_dc_kw?: number
    readonly curve?: readonly { readonly percent: number; readonly kw: number }[]
    readonly efficiency_percent?: number
  }
  readonly parking_minutes?: number
  readonly reserved_minutes?: number
  readonly type?: TariffType
  readonly unknown?: {
    readonly power_percent?: WireBounds
    readonly parking_minutes?: WireBounds
    readonly start_delay_minutes?: WireBounds
  }
  readonly time_zone?: string
  readonly policy?: WirePolicy
  readonly version?: VersionId
  readonly language?: Language
}

/** Places of one request, and those of one in which something is unknown, which takes many times as long. */
export const MOST_PLACES = 50
export const MOST_PLACES_UNKNOWN = 10

const MOST_TARIFFS = 50
const MOST_KWH = 10_000
const MOST_POINTS = 200
/** Three days. */
const MOST_MINUTES = 4_320

const above = (maximum: number, description?: string): JsonSchema => ({
  type: 'number',
  exclusiveMinimum: 0,
  maximum,
  ...(description === undefined ? {} : { description }),
})
const percent: JsonSchema = { type: 'number', minimum: 0, maximum: 100 }
const minutes = (description: string): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: MOST_MINUTES,
  description,
})
const bounds = (value: JsonSchema): JsonSchema => object({ from: value, to: value }, ['from', 'to'])

const placeFields = {
  ...partyParams,
  location_id: line(255),
  evse_uid: line(255),
  connector_id: line(255),
}
const place = object(placeFields, Object.keys(placeFields))

const connector: JsonSchema = {
  ...object(
    {
      max_power_kw: above(MOST_KWH),
      power_type: {
        type: 'string',
        enum: ['AC_1_PHASE', 'AC_2_PHASE', 'AC_2_PHASE_SPLIT', 'AC_3_PHASE', 'DC'],
      },
      voltage: above(MOST_KWH, 'Of a phase, or of DC; for tariffs that ask for current'),
    },
    ['max_power_kw', 'power_type'],
  ),
  description: 'With `tariffs`',
}

const vehicle = object({
  battery_kwh: above(MOST_KWH, 'Usable capacity; needed for a goal in percent and for a curve'),
  max_ac_kw: above(MOST_KWH),
  max_dc_kw: above(MOST_KWH),
  curve: {
    type: 'array',
    maxItems: MOST_POINTS,
    items: object({ percent, kw: { type: 'number', minimum: 0, maximum: MOST_KWH } }, ['percent', 'kw']),
    description: 'What the battery takes, by state of charge; interpolated',
  },
  efficiency_percent: { type: 'number', minimum: 1, maximum: 100 },
})

/** Schema of the body. */
export const quotesBody = object(
  {
    places: { type: 'array', items: place, minItems: 1, maxItems: MOST_PLACES },
    tariffs: {
      type: 'array',
      items: document,
      minItems: 1,
      maxItems: MOST_TARIFFS,
      description: 'Of one connector, each of any version; in place of `places`',
    },
    connector,
    start: { ...dateTime, description: 'When the car is plugged in' },
    energy: {
      ...object({ kwh: above(MOST_KWH), from_percent: percent, to_percent: percent }),
      description: 'kWh, or from one state of charge to another',
    },
    vehicle,
    parking_minutes: minutes('Plugged in after the car is content'),
    reserved_minutes: minutes('Kept free before the start'),
    type: {
      type: 'string',
      enum: ['REGULAR', 'AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN'],
      default: 'REGULAR',
    },
    unknown: {
      ...object({
        power_percent: bounds({ type: 'number', minimum: 1, maximum: 100 }),
        parking_minutes: bounds(minutes('')),
        start_delay_minutes: bounds(minutes('')),
      }),
      description: 'What nobody knows beforehand: between which prices it may then end',
    },
    time_zone: { ...timeZone, description: 'IANA name, for places whose own zone is not known' },
    policy: policySchema,
    version: { ...anyVersion, description: 'OCPI version of `tariffs`; else their fields tell' },
    language,
  },
  ['start', 'energy'],
)

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const placeOrNull: JsonSchema = { ...place, type: ['object', 'null'] }

const range = object({
  low: amount,
  high: amount,
  depends_on: {
    type: 'array',
    items: object({
      unknown: { type: 'string', enum: ['power', 'parking', 'start'] },
      low: amount,
      high: amount,
      low_at: number,
      high_at: number,
    }),
  },
  complete: { type: 'boolean' },
})

const quote = object({
  place: placeOrNull,
  tariff: object({ ...partyParams, id: text, type: { type: ['string', 'null'] } }),
  tariff_id: text,
  ties: { type: 'array', items: text },
  starts_at: dateTime,
  charged_at: dateTime,
  charging_seconds: { type: 'integer' },
  ends_at: dateTime,
  energy_kwh: number,
  ...explanationFields,
  range,
  charging_periods: { type: 'array', items: { type: 'object', additionalProperties: true } },
  dearer_by: {
    ...object({
      amount: number,
      because: { type: 'array', items: object({ reason: text, amount: number }) },
      text,
    }),
    type: ['object', 'null'],
    description: 'Than the cheapest in the same currency, which has null',
  },
  sentences: sentencesSchema,
})

/** Schema of the answer. */
export const quotesAnswer = object({
  quotes: { type: 'array', items: quote, description: 'Cheapest first; currencies apart from each other' },
  refused: { type: 'array', items: object({ place: placeOrNull, code: text, message: text }) },
})
