import { compareOutcomes, type Language } from '@interwatt/pricing'
import { compare, decimal, partyOf } from '@interwatt/protocol'
import { keyText, locationKey } from '@interwatt/store'
import { connectorPowerKw } from '../../prices/connector-power.js'
import {
  type NearStation,
  type NearStations,
  plugKindOf,
  type StationFilters,
  viewPoint,
} from '../../stations/index.js'
import type { MoneyText } from '../money.js'
import type { Station } from './load-stations.js'
import type { Priced } from './offer-book.js'
import { viewPriced } from './quote-view.js'
import { allConnectors, type StationConnector } from './station-connectors.js'
import { countsView, openingView, placeView, sourceView } from './station-view.js'
import type { Wish } from './wish.rules.js'

/** How a list is sorted. */
export const stationSorts = ['distance', 'price', 'power'] as const
export type StationSort = (typeof stationSorts)[number]

/** What is asked for, besides where. */
export interface ListQuery {
  readonly filters: StationFilters
  readonly sort: StationSort
  readonly limit: number
  readonly cursor?: string
  /** Dearest price of a kWh, the whole price divided by the energy; other currencies are left out. */
  readonly maxPrice?: MoneyText
  readonly wish: Wish
  readonly language: Language
}

/** A station of a list, with the cheapest of its connectors that are wanted. */
export interface ListedStation {
  readonly point: NearStation
  readonly station: Station
  readonly best: { readonly connector: StationConnector; readonly priced: Priced } | undefined
}

/** What lists work with. */
export interface ListDeps {
  near(query: { readonly limit: number; readonly cursor?: string }): NearStations | undefined
  load(points: readonly NearStation[]): Promise<readonly Station[]>
  price(wish: Wish, connectors: readonly StationConnector[]): Promise<readonly Priced[]>
}

/** Sorting by price and power looks at so many stations, the nearest ones. */
const MOST_SORTED = 200

const isWanted = ({ connector }: StationConnector, { plugs, minWatts = 0 }: StationFilters): boolean =>
  (plugs === undefined || plugs.includes(plugKindOf(connector.standard))) &&
  (minWatts === 0 || (connectorPowerKw(connector) ?? 0) * 1_000 >= minWatts)

/** The cheapest of several; the first where none has a price. */
const cheapest = (
  priced: readonly { readonly connector: StationConnector; readonly priced: Priced }[],
): ListedStation['best'] => {
  const outcomes = priced.flatMap(({ priced: one }, index) =>
    one.kind === 'quoted' ? [{ id: String(index), outcome: one.quote }] : [],
  )
  const [first] = compareOutcomes(outcomes).quotes
  return priced[first === undefined ? 0 : Number(first.id)]
}

const listed = async (
  deps: ListDeps,
  points: readonly NearStation[],
  { wish, filters }: Pick<ListQuery, 'wish' | 'filters'>,
): Promise<readonly ListedStation[]> => {
  const stations = new Map(
    (await deps.load(points)).map((station) => [keyText(station.location.key), station]),
  )
  const known = points.flatMap((point) => {
    const key = locationKey(partyOf(point.countryCode, point.partyId), point.id)
    const station = stations.get(keyText(key))
    return station === undefined ? [] : [{ point, station }]
  })
  const connectors = known.flatMap(({ station }) =>
    allConnectors(station).filter((one) => isWanted(one, filters)),
  )
  const prices = await deps.price(wish, connectors)
  const byStation = new Map<Station, { connector: StationConnector; priced: Priced }[]>()
  for (const [index, connector] of connectors.entries()) {
    const priced = prices[index]
    if (priced === undefined) continue
    const before = byStation.get(connector.station) ?? []
    before.push({ connector, priced })
    byStation.set(connector.station, before)
  }
  return known.map(({ point, station }) => ({ point, station, best: cheapest(byStation.get(station) ?? []) }))
}

const isCheapEnough = ({ best }: ListedStation, maxPrice: MoneyText | undefined): boolean => {
  if (maxPrice === undefined) return true
  if (best?.priced.kind !== 'quoted') return false
  const { per_kwh } = viewPriced(best.priced, { language: 'en', isShort: true })
  return (
    per_kwh !== null &&
    per_kwh.currency === maxPrice.currency &&
    compare(decimal(per_kwh.amount), decimal(maxPrice.amount)) <= 0
  )
}

/** Cheapest first, currencies apart, those without a price last and by distance. */
const byPrice = (stations: readonly ListedStation[]): readonly ListedStation[] => {
  const outcomes = stations.flatMap(({ best }, index) =>
    best?.priced.kind === 'quoted' ? [{ id: String(index), outcome: best.priced.quote }] : [],
  )
  const priced = compareOutcomes(outcomes).quotes.flatMap(({ id }) => stations[Number(id)] ?? [])
  return [...priced, ...stations.filter(({ best }) => best?.priced.kind !== 'quoted')]
}

const byPower = (stations: readonly ListedStation[]): readonly ListedStation[] =>
  stations.toSorted((a, b) => b.point.maxWatts - a.point.maxWatts || a.point.distanceM - b.point.distanceM)

const OFFSET = /^o(\d{1,4})$/

/** Page of a list that is sorted anew every time: its cursor is how many came before. */
const sortedPage = async (
  deps: ListDeps,
  query: ListQuery,
): Promise<{ readonly items: readonly ListedStation[]; readonly next: string | null } | undefined> => {
  const [, offset = query.cursor === undefined ? '0' : undefined] = OFFSET.exec(query.cursor ?? '') ?? []
  const nearest = deps.near({ limit: MOST_SORTED })
  if (offset === undefined || nearest === undefined) return undefined
  const all = (await listed(deps, nearest.stations, query)).filter((one) =>
    isCheapEnough(one, query.maxPrice),
  )
  const sorted = query.sort === 'price' ? byPrice(all) : query.sort === 'power' ? byPower(all) : all
  const from = Number(offset)
  const items = sorted.slice(from, from + query.limit)
  const end = from + items.length
  return { items, next: end < sorted.length ? `o${end}` : null }
}

/** A page of stations near a place; undefined for a cursor that no answer gave. */
export const listStations = async (
  deps: ListDeps,
  query: ListQuery,
): Promise<{ readonly items: readonly ListedStation[]; readonly next: string | null } | undefined> => {
  const { sort, limit, cursor, maxPrice } = query
  if (sort !== 'distance' || maxPrice !== undefined) return sortedPage(deps, query)
  const page = deps.near({ limit, ...(cursor === undefined ? {} : { cursor }) })
  return page && { items: await listed(deps, page.stations, query), next: page.next ?? null }
}

const plugsOf = (station: Station) => {
  const kinds = new Map<string, { plug: string; max_kw: string | null; evses: number; free: number }>()
  for (const evse of station.evses) {
    const seen = new Set<string>()
    for (const { connector } of allConnectors({ ...station, evses: [evse] })) {
      const plug = plugKindOf(connector.standard)
      const kw = connectorPowerKw(connector)
      const kind = kinds.get(plug) ?? { plug, max_kw: null, evses: 0, free: 0 }
      if (kw !== undefined && kw > Number(kind.max_kw ?? 0)) kind.max_kw = String(kw)
      if (!seen.has(plug)) {
        kind.evses += 1
        if (evse.document.status === 'AVAILABLE') kind.free += 1
      }
      seen.add(plug)
      kinds.set(plug, kind)
    }
  }
  return [...kinds.values()]
}

/** A station of a list as drivers' apps get it. */
export const viewListed = (
  { point, station, best }: ListedStation,
  showing: { readonly language: Language; readonly nowMs: number },
) => ({
  ...placeView(station.location),
  ...countsView(station.evses),
  ...sourceView(station, showing),
  operator: viewPoint(point).operator,
  max_kw: viewPoint(point).max_kw,
  status_at: viewPoint(point).status_at,
  distance_m: Math.round(point.distanceM),
  open_now: openingView(station.location, showing).open_now,
  plugs: plugsOf(station),
  connector:
    best === undefined
      ? null
      : {
          evse_uid: String(best.connector.evse.document.uid),
          connector_id: String(best.connector.connector.id),
          plug: plugKindOf(best.connector.connector.standard),
        },
  price: best === undefined ? null : viewPriced(best.priced, { language: showing.language, isShort: true }),
})
