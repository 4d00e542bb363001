import { chooseTariff, type TariffType, zoneClock } from '@interwatt/pricing'
import { countryTimeZone, ocpi230, type PartyId, parseDocument } from '@interwatt/protocol'
import {
  type Document,
  evseKey,
  keyText,
  locationKey,
  type ObjectKey,
  type ObjectStore,
  type StoredObject,
  type TariffHistory,
  type TariffState,
  tariffKey,
} from '@interwatt/store'
import { findConnector } from '../modules/locations/plan-connector.js'

/** Where prices and places are looked up. */
export interface KnownPricesDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly history: Pick<TariffHistory, 'at' | 'list'>
}

/** A stored tariff as the engine takes it; undefined when its stored form cannot be read. */
export const storedTariff = ({ document }: Pick<StoredObject, 'document'>): ocpi230.Tariff | undefined => {
  const read = parseDocument(ocpi230.Tariff, document, 'whole')
  return read.ok ? read.value : undefined
}

const readAll = async (
  owner: PartyId,
  ids: readonly string[],
  stateOf: (key: ObjectKey) => Promise<TariffState | undefined>,
): Promise<readonly ocpi230.Tariff[]> => {
  const keys = new Map(ids.map((id) => [keyText(tariffKey(owner, id)), tariffKey(owner, id)]))
  const states = await Promise.all([...keys.values()].map(stateOf))
  return states.flatMap((state) =>
    state === undefined || state.deletedAt !== null ? [] : (storedTariff(state) ?? []),
  )
}

type History = Pick<KnownPricesDeps, 'history'>

/** Tariffs of a party as they were at a time, in the order of their ids; those unknown or removed then are left out. */
export const tariffsAt = (
  { history }: History,
  owner: PartyId,
  ids: readonly string[],
  at: string,
): Promise<readonly ocpi230.Tariff[]> => readAll(owner, ids, (key) => history.at(key, at))

/** More states than any tariff has had while they are kept. */
const MOST_STATES = 1_000

/** As `tariffsAt`; a tariff that was told only later is taken as it was first told, which is the nearest that is known. */
const tariffsNearest = (
  { history }: History,
  owner: PartyId,
  ids: readonly string[],
  at: string,
): Promise<readonly ocpi230.Tariff[]> =>
  readAll(
    owner,
    ids,
    async (key) => (await history.at(key, at)) ?? (await history.list(key, { limit: MOST_STATES })).at(-1),
  )

/** A connector by its id, which names it inside its EVSE. */
export interface PlaceAddress {
  readonly location: string
  readonly evse: string
  readonly connector: string
}

/** A place where cars charge, as far as it is known here. */
export interface Place {
  readonly location: StoredObject | undefined
  readonly evse: StoredObject | undefined
  readonly connector: Document | undefined
}

/** An id of a place that does not exist (2.2.1 `mod_cdrs_cdr_location_class`). */
const NOWHERE = '#NA'

/** The stored location, EVSE and connector of an address; parts that are not known are undefined. */
export const placeAt = async (
  { objects }: Pick<KnownPricesDeps, 'objects'>,
  owner: PartyId,
  address: PlaceAddress,
): Promise<Place> => {
  const known = address.location !== NOWHERE
  const [location, evse] = await Promise.all([
    known ? objects.get(locationKey(owner, address.location)) : undefined,
    known && address.evse !== NOWHERE
      ? objects.get(evseKey(owner, address.location, address.evse))
      : undefined,
  ])
  return { location, evse, connector: evse && findConnector(evse.document, address.connector) }
}

/** Ids of the tariffs of a connector. */
export const tariffIdsOf = (connector: Document | undefined): readonly string[] =>
  Array.isArray(connector?.tariff_ids)
    ? connector.tariff_ids.filter((one): one is string => typeof one === 'string')
    : []

/** How a driver pays decides between the tariffs of a connector (4.2). */
const tariffTypeFor = ({ type }: Pick<ocpi230.CdrToken, 'type'>): TariffType =>
  type === 'AD_HOC_USER' ? 'AD_HOC_PAYMENT' : 'REGULAR'

/** What a session and its CDR say about their tariff. */
type Charge = Pick<ocpi230.Session, 'start_date_time' | 'charging_periods' | 'cdr_token'>

/** Tariffs the periods of a session name, else the one of its connector; as they were when it started (TAR-052), or first told. */
export const tariffsOfCharge = async (
  deps: Pick<KnownPricesDeps, 'history'>,
  owner: PartyId,
  { start_date_time: at, charging_periods: periods = [], cdr_token }: Charge,
  connector: Document | undefined,
): Promise<readonly ocpi230.Tariff[]> => {
  const named = periods.flatMap(({ tariff_id }) => tariff_id ?? [])
  if (named.length > 0) return tariffsNearest(deps, owner, named, at)
  const offered = await tariffsNearest(deps, owner, tariffIdsOf(connector), at)
  const choice = chooseTariff(offered, { at, type: tariffTypeFor(cdr_token) })
  return choice === undefined ? [] : [choice.tariff]
}

/** The time zone of a location: as it states it, else that of its country where the country keeps one time; undefined otherwise. */
export const timeZoneOf = (location: Document | undefined): string | undefined => {
  if (location === undefined) return undefined
  const { time_zone: stated, country, state, coordinates } = location
  if (typeof stated === 'string' && zoneClock(stated) !== undefined) return stated
  return countryTimeZone({ country, state, coordinates })
}
