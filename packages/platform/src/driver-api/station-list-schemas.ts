import type { JsonSchema } from '@interwatt/protocol'
import { object } from '../operator/wire-schemas.js'
import { plugKinds } from '../stations/index.js'
import { countFields, placeFields, price, sourceFields } from './station-schemas.js'

const text: JsonSchema = { type: 'string' }
const textOrNull: JsonSchema = { type: ['string', 'null'] }
const whole: JsonSchema = { type: 'integer' }
const number: JsonSchema = { type: 'number' }
const plug: JsonSchema = { type: 'string', enum: [...plugKinds] }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

const summary = object({
  ...placeFields,
  ...countFields,
  ...sourceFields,
  operator: text,
  max_kw: { ...textOrNull, description: 'Of the connectors that were asked for' },
  status_at: { ...textOrNull, description: 'Newest change of a status' },
  distance_m: whole,
  open_now: { type: ['boolean', 'null'] },
  plugs: list(object({ plug, max_kw: textOrNull, evses: whole, free: whole })),
  connector: {
    ...object({ evse_uid: text, connector_id: text, plug }),
    type: ['object', 'null'],
    description: 'The cheapest that was asked for, whose price it is',
  },
  price: { ...price, type: ['object', 'null'], description: 'Without lines and texts' },
})

/** A page of stations. */
export const stationListSchema = object({ items: list(summary), next: textOrNull })

const point = object({
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  operator: text,
  lat: number,
  lon: number,
  ...countFields,
  max_kw: textOrNull,
  status_at: textOrNull,
  stale: { type: 'boolean' },
})

/** What a map draws. */
export const stationMapSchema = object({
  seq: { ...whole, description: 'How far the map was; events tell what changed after it' },
  complete: {
    type: 'boolean',
    description: 'false: the node just started and has a part of the stations only',
  },
  total: { ...whole, description: 'Stations in this part of the map' },
  clusters: list(
    object({ lat: number, lon: number, stations: whole, evses: whole, free: whole, expand_zoom: number }),
  ),
  stations: list(point),
})
