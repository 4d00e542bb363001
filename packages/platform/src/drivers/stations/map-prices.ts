import { compare, decimal, partyOf } from '@interwatt/protocol'
import { evseKey, locationKey, type StoredObject } from '@interwatt/store'
import type { ConnectorKind, PlugKind } from '../../stations/index.js'
import type { MoneyText } from '../money.js'
import type { PlacedConnector, Priced } from './offer-book.js'
import { viewPriced } from './quote-view.js'

/** What finding out about prices of kinds of connectors works with. */
export interface PriceFilterDeps {
  price(connectors: readonly PlacedConnector[]): Promise<readonly Priced[]>
  /** Looks at what a map would draw; `seen` is asked once about each kind of connector. */
  see(seen: (kind: ConnectorKind) => boolean): void
}

const DC: readonly PlugKind[] = ['ccs', 'ccs1', 'chademo', 'gbt_dc', 'chaoji', 'mcs', 'pantograph', 'nacs']

const nameOf = ({ countryCode, partyId, plug, watts, tariffIds }: ConnectorKind): string =>
  JSON.stringify([countryCode, partyId, plug, watts, tariffIds])

const row = (key: StoredObject['key'], document: StoredObject['document']): StoredObject => ({
  key,
  document,
  lastUpdated: '',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  createdSeq: 0,
  changedSeq: 0,
  previousSeq: 0,
  changedFields: null,
  deletedAt: null,
})

/** A connector that stands for all of its kind. */
const example = ({ countryCode, partyId, plug, watts, tariffIds }: ConnectorKind): PlacedConnector => {
  const owner = partyOf(countryCode, partyId)
  const connector = {
    id: '1',
    standard: plug === 'ccs' ? 'IEC_62196_T2_COMBO' : 'IEC_62196_T2',
    format: 'CABLE',
    power_type: DC.includes(plug) ? 'DC' : 'AC_3_PHASE',
    max_voltage: 0,
    max_amperage: 0,
    max_electric_power: watts,
    tariff_ids: [...tariffIds],
    last_updated: '1970-01-01T00:00:00Z',
  }
  return {
    location: row(locationKey(owner, '-'), {}),
    evse: row(evseKey(owner, '-', '-'), { connectors: [connector] }),
    connector,
  }
}

const isWithin = (priced: Priced | undefined, most: MoneyText): boolean => {
  if (priced === undefined) return false
  // NOTE: a map knows no time zones of stations; a price by the hour is looked up where the station is opened.
  if (priced.kind === 'none') return priced.why === 'time-zone-unknown'
  const { per_kwh } = viewPriced(priced, { language: 'en', isShort: true })
  return (
    per_kwh !== null &&
    per_kwh.currency === most.currency &&
    compare(decimal(per_kwh.amount), decimal(most.amount)) <= 0
  )
}

/** Says of kinds of connectors whether a kWh costs at most so much there. Prices are per kind, so they are few. */
export const priceFilter = async (
  { price, see }: PriceFilterDeps,
  most: MoneyText,
): Promise<(kind: ConnectorKind) => boolean> => {
  const kinds = new Map<string, ConnectorKind>()
  see((kind) => {
    kinds.set(nameOf(kind), kind)
    return true
  })
  const names = [...kinds.keys()]
  const prices = await price([...kinds.values()].map(example))
  const cheap = new Set(names.filter((_name, index) => isWithin(prices[index], most)))
  return (kind) => cheap.has(nameOf(kind))
}
