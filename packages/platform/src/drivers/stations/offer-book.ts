import { setImmediate } from 'node:timers/promises'
import { type ChargePlan, type Quote, type QuoteOutcome, quote } from '@interwatt/pricing'
import { type ocpi230, type PartyId, partyOf } from '@interwatt/protocol'
import {
  type Document,
  keyText,
  type ObjectKey,
  type ObjectStore,
  type StoredObject,
  type SyncStore,
  type TariffHistory,
  type TariffState,
  tariffKey,
} from '@interwatt/store'
import { type AgreedPolicyDeps, agreedPolicy } from '../../prices/agreed-policy.js'
import { storedTariff, tariffIdsOf, timeZoneOf } from '../../prices/known-prices.js'
import { plannedConnector } from '../../prices/offers.js'
import { plannedVehicleAt } from '../vehicles/planned-vehicle.js'
import { fitsVehicle } from '../vehicles/plugs.js'
import { RecentValues } from './recent-values.js'
import type { Wish } from './wish.rules.js'
import type { NoPrice } from './words.js'

/** A stored connector with what is around it. */
export interface PlacedConnector {
  readonly location: StoredObject
  readonly evse: StoredObject
  readonly connector: Document
}

/** What a wish costs at a connector, or why nobody can say. */
export type Priced =
  | { readonly kind: 'quoted'; readonly quote: Quote; readonly timeZone: string | undefined }
  | {
      readonly kind: 'none'
      readonly why: NoPrice
      /** The tariff, where there is one that says something all the same. */
      readonly tariff?: ocpi230.Tariff
    }

export interface OfferBookDeps extends AgreedPolicyDeps {
  readonly objects: Pick<ObjectStore, 'getMany'>
  readonly sync: Pick<SyncStore, 'newestSeq'>
  readonly history: Pick<TariffHistory, 'at'>
}

interface KnownTariff {
  readonly tariff: ocpi230.Tariff
  readonly changedSeq: number
}

/** A tariff as it is now; `known` is undefined for one that was removed or cannot be read. */
interface StoredTariff {
  readonly lastUpdated: string
  readonly known: KnownTariff | undefined
}

const knownTariff = (state: TariffState | StoredObject | undefined): KnownTariff | undefined => {
  if (state === undefined || state.deletedAt !== null) return undefined
  const tariff = storedTariff(state)
  return tariff && { tariff, changedSeq: state.changedSeq }
}

const MOST_TARIFFS = 5_000
const MOST_QUOTES = 4_000
/** Other work of the node goes on after so many quotes. */
const QUOTES_AT_ONCE = 4

/** What nobody knows beforehand: power of the station, when the plug is pulled, when the car arrives. */
const unknownsOf = ({ parkedMinutes }: Wish): NonNullable<ChargePlan['unknown']> => ({
  powerPercent: { from: 60, to: 100 },
  parkingMinutes: { from: parkedMinutes, to: parkedMinutes + 30 },
  startDelayMinutes: { from: 0, to: 15 },
})

const WHY: Readonly<Record<string, NoPrice>> = {
  'plan-impossible': 'plan-impossible',
  'time-zone-unknown': 'time-zone-unknown',
  'currencies-differ': 'currencies-differ',
  'no-tariff': 'no-tariff',
}

/** Wishes begin at whole minutes: a tariff that was told within that minute counts as known. */
const endOfMinute = (start: string): string => new Date(Date.parse(start) + 60_000).toISOString()

/**
 * Prices wishes at many connectors: most of them have the same tariffs and power as others, so each kind is computed once. Tariffs and
 * quotes are kept in memory for as long as no tariff changes.
 */
export class OfferBook {
  readonly #tariffs = new RecentValues<Promise<StoredTariff | undefined>>(MOST_TARIFFS)
  readonly #quotes = new RecentValues<QuoteOutcome>(MOST_QUOTES)
  #newestSeq = -1

  constructor(private readonly deps: OfferBookDeps) {}

  /** Prices of a wish, in the order of the connectors. `withRange` also tries what nobody knows beforehand, which takes many times as long. */
  async price(
    wish: Wish,
    connectors: readonly PlacedConnector[],
    { withRange = false }: { readonly withRange?: boolean } = {},
  ): Promise<readonly Priced[]> {
    await this.#refresh()
    const at = endOfMinute(wish.start)
    const tariffs = await Promise.all(connectors.map((placed) => this.#tariffsOf(placed, at)))
    const priced: Priced[] = []
    for (const [index, placed] of connectors.entries()) {
      priced.push(this.#priceAt(wish, { placed, tariffs: tariffs[index] ?? [], withRange }))
      if (index % QUOTES_AT_ONCE === QUOTES_AT_ONCE - 1) await setImmediate()
    }
    return priced
  }

  async #refresh(): Promise<void> {
    const newest = await this.deps.sync.newestSeq(['tariff'])
    if (newest === this.#newestSeq) return
    this.#newestSeq = newest
    this.#tariffs.clear()
  }

  async #tariffsOf({ evse, connector }: PlacedConnector, at: string): Promise<readonly KnownTariff[]> {
    const owner = partyOf(evse.key.countryCode, evse.key.partyId)
    const known = await Promise.all(tariffIdsOf(connector).map((id) => this.#tariff(owner, id, at)))
    return known.filter((one) => one !== undefined)
  }

  /** The newest state, since wishes begin now or later; one that says it is of the future does not count before. */
  async #tariff(owner: PartyId, id: string, at: string): Promise<KnownTariff | undefined> {
    const key = tariffKey(owner, id)
    const newest = await this.#tariffs.get(keyText(key), () => this.#read(key))
    if (newest === undefined || newest.lastUpdated <= at) return newest?.known
    return knownTariff(await this.deps.history.at(key, at))
  }

  async #read(key: ObjectKey): Promise<StoredTariff | undefined> {
    try {
      const [stored] = await this.deps.objects.getMany([key])
      return stored && { lastUpdated: stored.lastUpdated, known: knownTariff(stored) }
    } catch (error) {
      this.#tariffs.forget(keyText(key))
      throw error
    }
  }

  #priceAt(
    wish: Wish,
    asked: {
      readonly placed: PlacedConnector
      readonly tariffs: readonly KnownTariff[]
      readonly withRange: boolean
    },
  ): Priced {
    const { placed, tariffs, withRange } = asked
    const { location, evse, connector } = placed
    const [first] = tariffs
    const none = (why: NoPrice): Priced => ({
      kind: 'none',
      why,
      ...(first === undefined ? {} : { tariff: first.tariff }),
    })
    const planned = plannedConnector(connector)
    if (wish.vehicle !== undefined && !fitsVehicle(wish.vehicle, connector)) return none('does-not-fit')
    if (first === undefined) return none('no-tariff')
    if (planned === undefined) return none('power-unknown')
    if (wish.energy.kwh === undefined && wish.vehicle === undefined) return none('battery-unknown')
    const timeZone = timeZoneOf(location.document)
    const policy = agreedPolicy(this.deps, evse)
    const plan: ChargePlan = {
      start: wish.start,
      energy: wish.energy,
      parkingMinutes: wish.parkedMinutes,
      connector: planned,
      tariffs: tariffs.map(({ tariff }) => tariff),
      version: evse.versionIn,
      policy,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(wish.vehicle === undefined ? {} : { vehicle: plannedVehicleAt(wish.vehicle, planned) }),
      ...(withRange ? { unknown: unknownsOf(wish) } : {}),
    }
    const { tariffs: _documents, ...rest } = plan
    const signature = JSON.stringify([tariffs.map(({ changedSeq }) => changedSeq), rest])
    const outcome = this.#quotes.get(signature, () => quote(plan))
    if (outcome.kind === 'quoted') return { kind: 'quoted', quote: outcome, timeZone }
    return none(WHY[outcome.code] ?? 'not-priceable')
  }
}
