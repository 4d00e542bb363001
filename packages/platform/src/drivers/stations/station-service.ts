import type { Language } from '@interwatt/pricing'
import { foldCase, type PartyId, partyOf } from '@interwatt/protocol'
import {
  type Document,
  keyText,
  locationKey,
  type ObjectLookup,
  parentLocationKey,
  type StoredObject,
} from '@interwatt/store'
import { connectorPowerKw } from '../../prices/connector-power.js'
import { type MapQuery, type Place, type StationIndexService, viewMap } from '../../stations/index.js'
import type { MoneyText } from '../money.js'
import { findByCode } from './find-by-code.js'
import { staleSource } from './freshness.rules.js'
import { type ListQuery, listStations, viewListed } from './list-stations.js'
import { connectorsOf, type LoadStationsDeps, loadStations, originFinder } from './load-stations.js'
import { priceFilter } from './map-prices.js'
import { OfferBook, type OfferBookDeps, type PlacedConnector, type Priced } from './offer-book.js'
import { inOrderOfPrice, viewPriced } from './quote-view.js'
import { allConnectors, type StationConnector } from './station-connectors.js'
import { connectorView, evseView, locationView, placeView, type StationShowing } from './station-view.js'
import type { Wish } from './wish.rules.js'
import { stationWords } from './words.js'

export interface StationServiceDeps extends LoadStationsDeps, OfferBookDeps {
  readonly objects: LoadStationsDeps['objects']
  readonly sync: LoadStationsDeps['sync'] & OfferBookDeps['sync']
  readonly directory: LoadStationsDeps['directory'] & OfferBookDeps['directory']
  readonly lookup: Pick<ObjectLookup, 'evsesByCode'>
  readonly index: Pick<StationIndexService, 'map' | 'near' | 'filled'>
  now(): number
}

/** A connector by everything that names it. */
export interface WantedConnector {
  readonly owner: PartyId
  readonly location: string
  readonly evse: string
  readonly connector: string
}

/** More connectors of one station are not priced with their range, which takes many times as long. */
const MOST_RANGES = 10
/** A node that just started has its map ready after a few seconds; until then it shows what it has. */
const FILL_MS = 3_000

const addressView = ({ evse, connector }: StationConnector) => ({
  evse_uid: String(evse.document.uid),
  evse_id: typeof evse.document.evse_id === 'string' ? evse.document.evse_id : null,
  connector_id: String(connector.id),
})

const isSameId = (a: unknown, b: string): boolean => foldCase(String(a)) === foldCase(b)

/** Stations as drivers see them, with prices for what they want. */
export class StationService {
  readonly #book: OfferBook

  constructor(private readonly deps: StationServiceDeps) {
    this.#book = new OfferBook(deps)
  }

  /** Prices of a wish at connectors, in their order. */
  price(wish: Wish, connectors: readonly PlacedConnector[], withRange = false): Promise<readonly Priced[]> {
    return this.#book.price(wish, connectors, { withRange })
  }

  /** A station with its EVSEs, and the price of a wish at each connector; undefined when drivers may not see one. */
  async station(owner: PartyId, id: string, asked: { readonly wish: Wish; readonly language: Language }) {
    const [station] = await loadStations(this.deps, [locationKey(owner, id)])
    if (station === undefined) return undefined
    const showing: StationShowing = { language: asked.language, nowMs: this.deps.now() }
    const connectors = allConnectors(station)
    const withRange = connectors.length <= MOST_RANGES
    const prices = await this.price(asked.wish, connectors, withRange)
    const words = { language: asked.language, withRange }
    const priced = connectors.map((connector, index) => ({ connector, priced: prices[index] }))
    const connectorsAt = (evse: StoredObject) =>
      priced
        .filter(({ connector }) => connector.evse === evse)
        .flatMap(({ connector: { connector }, priced: price }) =>
          price === undefined ? [] : [{ ...connectorView(connector), price: viewPriced(price, words) }],
        )
    const evses = station.evses.map((evse) => ({
      ...evseView(evse, station, showing),
      connectors: connectorsAt(evse),
    }))
    return { ...locationView(station, showing), max_kw: mostKw(connectors), evses }
  }

  /** A page of stations near a place, with the price of a wish at the cheapest connector of each; undefined for a cursor nobody gave. */
  async list(place: Place, query: ListQuery) {
    await this.deps.index.filled(FILL_MS)
    const { filters } = query
    const page = await listStations(
      {
        near: (asked) => this.deps.index.near({ place, filters: { ...filters, published: true }, ...asked }),
        load: (points) =>
          loadStations(
            this.deps,
            points.map(({ countryCode, partyId, id }) => locationKey(partyOf(countryCode, partyId), id)),
          ),
        price: (wish, connectors) => this.price(wish, connectors),
      },
      query,
    )
    const showing = { language: query.language, nowMs: this.deps.now() }
    return page && { items: page.items.map((one) => viewListed(one, showing)), next: page.next }
  }

  /** What a map draws: clusters and stations, those that nobody heard of for a while as stale. */
  async map(query: MapQuery, { wish, maxPrice }: { readonly wish: Wish; readonly maxPrice?: MoneyText }) {
    const { index, now } = this.deps
    await index.filled(FILL_MS)
    const filters = { ...query.filters, published: true }
    const connector =
      maxPrice === undefined
        ? undefined
        : await priceFilter(
            {
              price: (connectors) => this.price(wish, connectors),
              see: (seen) => index.map({ ...query, filters: { ...filters, connector: seen } }),
            },
            maxPrice,
          )
    const map = index.map({
      ...query,
      filters: { ...filters, ...(connector === undefined ? {} : { connector }) },
    })
    const originFor = originFinder(this.deps)
    const stale = await Promise.all(
      map.stations.map(async ({ countryCode, partyId, receivedFrom }) => {
        const { source } = await originFor({ owner: partyOf(countryCode, partyId), receivedFrom })
        return staleSource(source, now()) !== null
      }),
    )
    const view = viewMap(map)
    return {
      ...view,
      stations: view.stations.map((point, at) => ({ ...point, stale: stale[at] === true })),
    }
  }

  /** Prices of a wish at connectors anywhere, cheapest first; those nobody knows come last. */
  async quotes(
    wanted: readonly WantedConnector[],
    { wish, language }: { readonly wish: Wish; readonly language: Language },
  ) {
    const keys = new Map(
      wanted.map(({ owner, location }) => {
        const key = locationKey(owner, location)
        return [keyText(key), key] as const
      }),
    )
    const stations = await loadStations(this.deps, [...keys.values()])
    const all = stations.flatMap(allConnectors)
    const places = wanted.map((want) => ({ want, place: all.find((one) => isAt(one, want)) }))
    const found = places.flatMap(({ want, place }) => (place === undefined ? [] : [{ want, place }]))
    const withRange = found.length <= MOST_RANGES
    const prices = await this.price(
      wish,
      found.map(({ place }) => place),
      withRange,
    )
    const priced = found.flatMap((one, index) => {
      const price = prices[index]
      return price === undefined ? [] : [{ ...one, priced: price }]
    })
    return [
      ...inOrderOfPrice(priced, language).map(({ place, priced: price, dearer }) => ({
        station: placeView(place.location),
        connector: { ...addressView(place), ...connectorView(place.connector) },
        ...viewPriced(price, { language, withRange }),
        dearer_by: dearer,
      })),
      ...places.flatMap(({ want, place }) => (place === undefined ? [unknownQuote(want, language)] : [])),
    ]
  }

  async #shown(evses: readonly StoredObject[]): Promise<readonly StoredObject[]> {
    const keys = new Map(
      evses.map(({ key }) => [keyText(parentLocationKey(key)), parentLocationKey(key)] as const),
    )
    const stations = await loadStations(this.deps, [...keys.values()])
    const inUse = new Set(stations.flatMap((station) => station.evses.map(({ key }) => keyText(key))))
    return evses.filter(({ key }) => inUse.has(keyText(key)))
  }

  /** The station and EVSE that a typed or scanned text names; words where it names none, or several. */
  async byCode(text: string, language: Language) {
    const { code: words } = stationWords(language)
    if (text.trim() === '') return { kind: 'empty', detail: words.empty } as const
    const found = await findByCode({ lookup: this.deps.lookup, shown: (evses) => this.#shown(evses) }, text)
    if (found.kind === 'several') return { kind: 'several', detail: words.several(found.count) } as const
    const shown = text.trim().slice(0, MOST_SHOWN)
    const unknown = { kind: 'unknown', detail: words.unknown(shown) } as const
    if (found.kind === 'none') return unknown
    const { owner, evse, locationKeyId: id } = found.match
    const [station] = await loadStations(this.deps, [{ kind: 'location', ...owner, id }])
    if (station === undefined) return unknown
    const connectors = connectorsOf(evse)
    const [only] = connectors.length === 1 ? connectors : []
    return {
      kind: 'found',
      station: placeView(station.location),
      evse_uid: String(evse.document.uid),
      connector_id: only === undefined ? null : String(only.id),
    } as const
  }
}

const MOST_SHOWN = 60

const isAt = ({ location, evse, connector }: StationConnector, want: WantedConnector): boolean =>
  keyText(location.key) === keyText(locationKey(want.owner, want.location)) &&
  isSameId(evse.document.uid, want.evse) &&
  isSameId(connector.id, want.connector)

/** The answer for a connector that is not known (any more): drivers keep lists for long. */
const unknownQuote = ({ owner, location, evse, connector }: WantedConnector, language: Language) => ({
  station: placeView({
    key: locationKey(owner, location),
    document: { country_code: owner.countryCode, party_id: owner.partyId, id: location },
  }),
  connector: { evse_uid: evse, evse_id: null, connector_id: connector, ...connectorView({ id: connector }) },
  ...viewPriced({ kind: 'none', why: 'place-unknown' }, { language }),
  dearer_by: null,
})

/** Highest power of connectors in kW, as text; null where none tells it. */
const mostKw = (connectors: readonly { readonly connector: Document }[]): string | null => {
  const known = connectors.flatMap(({ connector }) => connectorPowerKw(connector) ?? [])
  return known.length === 0 ? null : String(Math.max(...known))
}
