import { flag, listOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask, type Query } from './request.js'

const bounds = shape({ west: number, south: number, east: number, north: number })
/** A part of a map in degrees. */
export type Bounds = Read<typeof bounds>

const cluster = shape({
  lat: number,
  lon: number,
  stations: number,
  evses: number,
  free: number,
  expand_zoom: number,
})
/** Several stations close to each other. */
export type MapCluster = Read<typeof cluster>

const point = shape({
  country_code: text,
  party_id: text,
  id: text,
  name: text,
  operator: text,
  lat: number,
  lon: number,
  evses: number,
  free: number,
  taken: number,
  broken: number,
  max_kw: optional(text),
  status_at: optional(text),
})
/** A location as the map draws it. */
export type MapPoint = Read<typeof point>

const drawn = shape({
  seq: number,
  complete: flag,
  total: number,
  bounds: optional(bounds),
  clusters: listOf(cluster),
  stations: listOf(point),
  known: shape({ stations: number, evses: number, without_place: number }),
})
/** What the map draws of a box, as of a position of the node. */
export type MapAnswer = Read<typeof drawn>

const head = shape({ seq: number, unchanged: flag })

/** What is asked for. */
export interface MapQuery {
  readonly bounds: Bounds
  readonly zoom: number
  readonly filters: Query
}

/** The map of a box; the one that is known, with its new position, where nothing in it changed. */
export const getMap = (
  { bounds: box, zoom, filters }: MapQuery,
  known: MapAnswer | undefined,
  signal: AbortSignal,
): Promise<MapAnswer> => {
  const query = { ...box, zoom, ...filters, changed_after: known?.seq }
  return ask(
    address(['locations', 'map'], query),
    (value, place) => {
      const { seq, unchanged } = head(value, place)
      return unchanged && known !== undefined ? { ...known, seq } : drawn(value, place)
    },
    { signal },
  )
}
