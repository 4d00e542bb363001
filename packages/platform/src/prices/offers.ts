import { setImmediate } from 'node:timers/promises'
import {
  type ChargePlan,
  compareOutcomes,
  type NamedOutcome,
  type QuoteComparison,
  quote,
} from '@interwatt/pricing'
import { ocpi230, type PartyId, parseDocument } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'
import { type AgreedPolicyDeps, agreedPolicy } from './agreed-policy.js'
import { connectorPowerKw } from './connector-power.js'
import {
  type KnownPricesDeps,
  type PlaceAddress,
  placeAt,
  tariffIdsOf,
  tariffsAt,
  timeZoneOf,
} from './known-prices.js'

export interface OfferDeps extends KnownPricesDeps, AgreedPolicyDeps {}

/** A connector, and whose it is. */
export interface ConnectorAddress extends PlaceAddress {
  readonly owner: PartyId
}

/** What a place decides about a planned charge: connector, tariffs, zone, and how its operator computes. */
export type Offer = Pick<ChargePlan, 'connector' | 'tariffs' | 'timeZone' | 'version' | 'policy'>

/** Why nothing can be offered at a place. */
export interface NoOffer {
  readonly code: 'place-unknown' | 'place-removed' | 'power-unknown' | 'no-tariff'
  readonly message: string
}

/** What a place offers, or why it offers nothing. */
export type OfferedAt =
  | { readonly kind: 'offer'; readonly offer: Offer }
  | ({ readonly kind: 'none' } & NoOffer)

const none = (code: NoOffer['code'], message: string): OfferedAt => ({ kind: 'none', code, message })

/** How a connector is planned with; undefined when it tells no power. */
export const plannedConnector = (document: Document): ChargePlan['connector'] | undefined => {
  const read = parseDocument(ocpi230.Connector, document, 'whole')
  const maxPowerKw = connectorPowerKw(document)
  if (!read.ok || maxPowerKw === undefined) return undefined
  const { power_type, max_voltage } = read.value
  return { maxPowerKw, powerType: power_type, ...(max_voltage > 0 ? { voltage: max_voltage } : {}) }
}

/** What is offered at a stored connector to a session that starts at an ISO time. */
export const offerAt = async (deps: OfferDeps, address: ConnectorAddress, at: string): Promise<OfferedAt> => {
  const { location, evse, connector } = await placeAt(deps, address.owner, address)
  if (evse === undefined || evse.deletedAt !== null || connector === undefined)
    return none('place-unknown', 'the connector is not known here')
  if (evse.document.status === 'REMOVED') return none('place-removed', 'the EVSE was removed')
  const planned = plannedConnector(connector)
  if (planned === undefined) return none('power-unknown', 'the connector does not tell its power')
  const tariffs = await tariffsAt(deps, address.owner, tariffIdsOf(connector), at)
  if (tariffs.length === 0) return none('no-tariff', 'no tariff of the connector is known')
  const timeZone = timeZoneOf(location?.document)
  const offer = {
    connector: planned,
    tariffs,
    version: evse.versionIn,
    policy: agreedPolicy(deps, evse),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
  return { kind: 'offer', offer }
}

/** What a driver wants, wherever it is. */
export type ChargeWish = Omit<ChargePlan, 'connector' | 'tariffs' | 'tariffIds'>

/**
 * Quotes for the same wish, cheapest first. What the wish says of policy counts before what an offer has; a zone only
 * where the offer has none. Other work of the node goes on in between.
 */
export const quoteOffers = async (
  wish: ChargeWish,
  offers: readonly { readonly id: string; readonly offer: Offer }[],
): Promise<QuoteComparison> => {
  const outcomes: NamedOutcome[] = []
  for (const { id, offer } of offers) {
    const policy = { ...offer.policy, ...wish.policy }
    outcomes.push({ id, outcome: quote({ ...wish, ...offer, policy }) })
    await setImmediate()
  }
  return compareOutcomes(outcomes)
}
