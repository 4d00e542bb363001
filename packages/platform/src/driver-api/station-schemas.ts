import type { JsonSchema } from '@interwatt/protocol'
import { dateTime, object } from '../operator/wire-schemas.js'
import { plugKinds } from '../stations/index.js'

const text: JsonSchema = { type: 'string' }
const textOrNull: JsonSchema = { type: ['string', 'null'] }
const timeOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' }
const flag: JsonSchema = { type: 'boolean' }
const flagOrNull: JsonSchema = { type: ['boolean', 'null'] }
const whole: JsonSchema = { type: 'integer' }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] })

/** An amount: exact decimal text. */
export const money = object({ amount: { ...text, description: 'Exact decimal text' }, currency: text })

const reason = {
  ...orNull(object({ code: text, text })),
  description: 'In words; null where it does not apply',
}

/** Identity, name and place. */
export const placeFields: Readonly<Record<string, JsonSchema>> = {
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  address: textOrNull,
  postal_code: textOrNull,
  city: textOrNull,
  country: textOrNull,
  lat: { type: ['number', 'null'] },
  lon: { type: ['number', 'null'] },
}

/** Counts of EVSEs by what is known of them. */
export const countFields: Readonly<Record<string, JsonSchema>> = {
  evses: whole,
  free: whole,
  taken: { ...whole, description: 'Charging, reserved or blocked' },
  broken: whole,
}

/** Whether what is known here may be believed. */
export const sourceFields: Readonly<Record<string, JsonSchema>> = {
  stale: { ...flag, description: 'Nothing of the operator may be believed at the moment' },
  stale_reason: reason,
  heard_at: { ...timeOrNull, description: 'When the partner it comes from was last heard of' },
}

/** When it is open. */
export const opening = object({
  open_now: { ...flagOrNull, description: 'null where nobody knows' },
  changes_at: timeOrNull,
  always: flag,
  regular: list(object({ weekday: { ...whole, description: '1 is Monday' }, from: text, to: text })),
  exceptional_openings: list(object({ from: dateTime, to: dateTime })),
  exceptional_closings: list(object({ from: dateTime, to: dateTime })),
  time_zone: { ...textOrNull, description: 'IANA name; hours are local' },
  charging_when_closed: flagOrNull,
})

const quoteFields: Readonly<Record<string, JsonSchema>> = {
  total: { ...orNull(money), description: 'With taxes where they are known; null where there is no price' },
  taxes_included: flag,
  range: {
    ...orNull(object({ low: money, high: money, depends_on: list(text) })),
    description: 'Where it may end; null where that was not computed',
  },
  per_kwh: { ...orNull(money), description: 'The total by the energy' },
  energy_kwh: textOrNull,
  minutes: { type: ['integer', 'null'], description: 'Until the goal is reached' },
  lines: list(object({ text, amount: { ...textOrNull, description: 'As printed' }, because: list(text) })),
  explanation: { ...textOrNull, description: 'All lines, as one text' },
  why_none: reason,
  tariff_id: textOrNull,
  tariff_text: textOrNull,
}

/** What a wish costs at a connector. */
export const price = object(quoteFields)

const dearerBy = {
  ...orNull(object({ amount: money, text })),
  description: 'Than the cheapest in the same currency, which has null',
}

const connectorFields: Readonly<Record<string, JsonSchema>> = {
  id: text,
  plug: { type: 'string', enum: [...plugKinds] },
  standard: textOrNull,
  format: textOrNull,
  power_type: textOrNull,
  max_kw: textOrNull,
  plug_and_charge: flag,
  terms_url: textOrNull,
}

const can = object({ possible: flag, reason })

const parkingPlace = object({
  id: textOrNull,
  physical_reference: textOrNull,
  vehicle_types: list(text),
  accessible: flag,
  restricted_to_type: flagOrNull,
  reservation_required: flagOrNull,
  time_limit_minutes: textOrNull,
  max_height_m: textOrNull,
  max_length_m: textOrNull,
  max_width_m: textOrNull,
  roofed: flagOrNull,
  lighting: flagOrNull,
  drive_through: flagOrNull,
  position: textOrNull,
})

const evse = object({
  uid: text,
  evse_id: textOrNull,
  physical_reference: textOrNull,
  floor_level: textOrNull,
  directions: textOrNull,
  status: { ...text, description: 'As in OCPI 2.3.0' },
  status_at: { ...dateTime, description: 'When it was last known to be so' },
  status_since: { ...dateTime, description: 'When it became so' },
  stale: flag,
  stale_reason: reason,
  capabilities: list(text),
  parking_restrictions: list(text),
  parking: list(parkingPlace),
  can: object({ start: can, reserve: can, preferences: can }),
  connectors: list(object({ ...connectorFields, price })),
})

/** A station with everything a driver may want to know. */
export const stationSchema = object({
  ...placeFields,
  ...countFields,
  ...sourceFields,
  operator: object({ name: text, website: textOrNull }),
  directions: textOrNull,
  opening,
  facilities: list(text),
  parking_type: textOrNull,
  images: list(object({ url: text, thumbnail: textOrNull, category: textOrNull })),
  help_phone: textOrNull,
  energy_mix: orNull(
    object({
      green: flag,
      sources: list(object({ source: text, percent: text })),
      supplier: textOrNull,
      product: textOrNull,
    }),
  ),
  last_updated: textOrNull,
  max_kw: textOrNull,
  evses: list(evse),
})

/** Prices at connectors, cheapest first. */
export const quotesSchema = object({
  items: list(
    object({
      station: object(placeFields),
      connector: object({ evse_uid: text, evse_id: textOrNull, connector_id: text, ...connectorFields }),
      ...quoteFields,
      dearer_by: dearerBy,
    }),
  ),
})

/** What a code names. */
export const codeSchema = object({
  station: object(placeFields),
  evse_uid: text,
  connector_id: {
    ...textOrNull,
    description: 'Of the only connector of the EVSE; null where it has several',
  },
})
