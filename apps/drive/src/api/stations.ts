import {
  decimal,
  flag,
  itemsOf,
  listOf,
  money,
  number,
  optional,
  type Read,
  type Reader,
  shape,
  text,
} from './reading.js'
import { address, ask, type Query } from './request.js'

/** Plugs that drivers meet often; others are named as the node names them. */
export const plugs = ['type2', 'ccs', 'chademo', 'schuko', 'tesla', 'type1', 'ccs1', 'nacs', 'cee'] as const

const reason = shape({ code: text, text })

const priceFields = {
  total: optional(money),
  taxes_included: flag,
  range: optional(shape({ low: money, high: money, depends_on: listOf(text) })),
  per_kwh: optional(money),
  energy_kwh: optional(decimal),
  minutes: optional(number),
  lines: listOf(shape({ text, amount: optional(text), because: listOf(text) })),
  explanation: optional(text),
  why_none: optional(reason),
  tariff_text: optional(text),
} as const

/** What a wish costs at a connector. */
export const price = shape(priceFields)
/** What a wish costs at a connector. */
export type Price = Read<typeof price>

const placeFields = {
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  address: optional(text),
  postal_code: optional(text),
  city: optional(text),
  lat: optional(number),
  lon: optional(number),
} as const

const place = shape(placeFields)
/** Identity, name and place of a station. */
export type StationPlace = Read<typeof place>

const stateFields = {
  evses: number,
  free: number,
  taken: number,
  broken: number,
  stale: flag,
  stale_reason: optional(reason),
  heard_at: optional(text),
} as const

const listed = shape({
  ...placeFields,
  ...stateFields,
  operator: text,
  max_kw: optional(decimal),
  distance_m: number,
  open_now: optional(flag),
  plugs: listOf(shape({ plug: text, max_kw: optional(decimal), evses: number, free: number })),
  connector: optional(shape({ evse_uid: text, connector_id: text, plug: text })),
  price: optional(price),
})
/** A station of a list. */
export type ListedStation = Read<typeof listed>

/** Reads a page of stations. */
export const stationList = shape({ items: listOf(listed), next: optional(text) })

const point = shape({
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  lat: number,
  lon: number,
  evses: number,
  free: number,
  taken: number,
  broken: number,
  stale: flag,
})
/** A station on a map. */
export type MapPoint = Read<typeof point>

/** Reads what a map draws. */
export const stationMap = shape({
  complete: flag,
  clusters: listOf(
    shape({ lat: number, lon: number, stations: number, evses: number, free: number, expand_zoom: number }),
  ),
  stations: listOf(point),
})
/** What a map draws. */
export type MapContent = Read<typeof stationMap>

const connectorFields = {
  plug: text,
  format: optional(text),
  power_type: optional(text),
  max_kw: optional(decimal),
  plug_and_charge: flag,
  terms_url: optional(text),
} as const

const can = shape({ possible: flag, reason: optional(reason) })

const evse = shape({
  uid: text,
  evse_id: optional(text),
  physical_reference: optional(text),
  floor_level: optional(text),
  directions: optional(text),
  status: text,
  status_at: text,
  status_since: text,
  stale: flag,
  stale_reason: optional(reason),
  capabilities: listOf(text),
  parking_restrictions: listOf(text),
  parking: listOf(
    shape({
      physical_reference: optional(text),
      vehicle_types: listOf(text),
      accessible: flag,
      time_limit_minutes: optional(decimal),
      max_height_m: optional(decimal),
      roofed: optional(flag),
      lighting: optional(flag),
      drive_through: optional(flag),
    }),
  ),
  can: shape({ start: can, reserve: can, preferences: can }),
  connectors: listOf(shape({ id: text, ...connectorFields, price })),
})
/** A charger of a station. */
export type Evse = Read<typeof evse>
/** A connector of a charger, with the price of the wish. */
export type Connector = Evse['connectors'][number]

const stretch = shape({ from: text, to: text })

const opening = shape({
  open_now: optional(flag),
  changes_at: optional(text),
  always: flag,
  regular: listOf(shape({ weekday: number, from: text, to: text })),
  exceptional_openings: listOf(stretch),
  exceptional_closings: listOf(stretch),
  time_zone: optional(text),
  charging_when_closed: optional(flag),
})
/** When a station is open. */
export type Opening = Read<typeof opening>

const { evses: _count, ...stateOfStation } = stateFields

/** Reads a station. */
export const station = shape({
  ...placeFields,
  ...stateOfStation,
  operator: shape({ name: text, website: optional(text) }),
  directions: optional(text),
  opening,
  facilities: listOf(text),
  parking_type: optional(text),
  images: listOf(shape({ url: text, thumbnail: optional(text), category: optional(text) })),
  help_phone: optional(text),
  energy_mix: optional(
    shape({
      green: flag,
      sources: listOf(shape({ source: text, percent: decimal })),
      supplier: optional(text),
      product: optional(text),
    }),
  ),
  max_kw: optional(decimal),
  evses: listOf(evse),
})
/** A station with everything that is known of it. */
export type Station = Read<typeof station>

const quote = shape({
  ...priceFields,
  station: place,
  connector: shape({ evse_uid: text, evse_id: optional(text), connector_id: text, ...connectorFields }),
  dearer_by: optional(shape({ amount: money, text })),
})
/** What the wish costs at one of several connectors. */
export type Quote = Read<typeof quote>

const found = shape({ station: place, evse_uid: text, connector_id: optional(text) })

/** Identity of a station. */
export type StationId = Pick<StationPlace, 'country_code' | 'party_id' | 'id'>

/** A connector by everything that names it. */
export interface ConnectorId extends StationId {
  readonly evse_uid: string
  readonly connector_id: string
}

/** Where a station is in the API. */
export const stationPath = ({ country_code, party_id, id }: StationId, wish: Query): string =>
  address(['stations', country_code, party_id, id], wish)

const quotes: Reader<readonly Quote[]> = itemsOf(quote)

/** What the wish costs at several connectors, cheapest first; throws `ApiFailure`. */
export const getQuotes = (
  connectors: readonly ConnectorId[],
  wish: Query,
  signal?: AbortSignal,
): Promise<readonly Quote[]> =>
  ask('/quotes', quotes, {
    method: 'POST',
    signIn: false,
    body: {
      connectors: connectors.map(({ id, ...rest }) => ({ ...rest, location_id: id })),
      wish,
    },
    ...(signal === undefined ? {} : { signal }),
  })

/** The charger that a code names; throws `ApiFailure` with words where none or several do. */
export const findByCode = (code: string) => ask(address(['stations', 'by-code'], { code }), found)

const carModel = shape({ id: text, name: optional(text) })
const car = shape({ id: text, name: text })

/** Reads the cars of the catalogue. */
export const carModels = itemsOf(carModel)
/** Reads the cars of the driver. */
export const cars = itemsOf(car)
