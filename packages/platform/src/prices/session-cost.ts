import {
  compileTariffs,
  type Explanation,
  explain,
  noExplanation,
  type Refusal,
  type RunningBasis,
  runningCost,
} from '@interwatt/pricing'
import { ocpi230, parseDocument } from '@interwatt/protocol'
import type { Document, SessionCostRecord, StoredObject } from '@interwatt/store'
import { type AgreedPolicyDeps, agreedPolicy } from './agreed-policy.js'
import { type KnownPricesDeps, placeAt, tariffsOfCharge, timeZoneOf } from './known-prices.js'

export interface SessionCostDeps extends KnownPricesDeps, AgreedPolicyDeps {
  readonly now: () => number
}

/** Why a session has no cost. */
export type NoCost = Pick<Refusal, 'message'> & { readonly code: Refusal['code'] | 'session-unreadable' }

/** What a session costs as of its newest update, line by line; or why nobody can say. */
export interface SessionCost extends Explanation {
  readonly outcome: 'priced' | 'unpriced'
  readonly reason: NoCost | null
  /** What it was computed from: the periods of the session, or its meter alone. */
  readonly basis: RunningBasis | null
  /** The moment up to which it is priced. */
  readonly until: string | null
  readonly kwh: number | null
  readonly status: string | null
  readonly tariff_ids: readonly string[]
  readonly time_zone: string | null
  /** What the session itself states. */
  readonly stated: Document | null
}

const unpriced = (session: ocpi230.Session | undefined, document: Document, reason: NoCost): SessionCost => ({
  ...noExplanation(String(session?.currency ?? document.currency ?? '')),
  outcome: 'unpriced',
  reason,
  basis: null,
  until: null,
  kwh: session?.kwh ?? null,
  status: session?.status ?? null,
  tariff_ids: [],
  time_zone: null,
  stated: session?.total_cost === undefined ? null : { ...session.total_cost },
})

/** Computes what a stored session costs, by the tariffs and the place that are stored beside it and the policy of its partner. */
export const costOfSession = async (deps: SessionCostDeps, stored: StoredObject): Promise<SessionCost> => {
  const read = parseDocument(ocpi230.Session, stored.document, 'whole')
  if (!read.ok)
    return unpriced(undefined, stored.document, {
      code: 'session-unreadable',
      message: 'the session cannot be read as OCPI 2.3.0',
    })
  const session = read.value
  const { location, connector } = await placeAt(deps, stored.key, {
    location: session.location_id,
    evse: session.evse_uid,
    connector: session.connector_id,
  })
  const tariffs = await tariffsOfCharge(deps, stored.key, session, connector)
  if (tariffs.length === 0)
    return unpriced(session, stored.document, {
      code: 'no-tariff',
      message:
        connector === undefined
          ? 'the connector of the session is not known here'
          : 'no tariff of the connector is known that was in force when the session started',
    })
  const compiled = compileTariffs(tariffs, {
    version: stored.versionIn,
    policy: { ...agreedPolicy(deps, stored), borders: 'cut' },
  })
  if (compiled.kind === 'refused') return unpriced(session, stored.document, compiled)
  const timeZone = timeZoneOf(location?.document)
  const { price, basis, until } = runningCost(session, compiled, timeZone)
  if (price.kind === 'refused') return unpriced(session, stored.document, price)
  return {
    ...explain(price, timeZone),
    outcome: 'priced',
    reason: null,
    basis,
    until,
    kwh: session.kwh,
    status: session.status,
    tariff_ids: tariffs.map(({ id }) => id),
    time_zone: timeZone ?? null,
    stated: session.total_cost === undefined ? null : { ...session.total_cost },
  }
}

/** The cost as it is stored for the update it was computed from. */
export const recordOf = (stored: StoredObject, cost: SessionCost, atMs: number): SessionCostRecord => ({
  changedSeq: stored.changedSeq,
  pricedAt: new Date(atMs).toISOString(),
  cost: { ...cost },
})
