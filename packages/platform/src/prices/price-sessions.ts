import { contentEquals } from '@interwatt/protocol'
import type {
  NodeEvent,
  PricedSession,
  SessionCostRecord,
  SessionCostStore,
  StoredObject,
} from '@interwatt/store'
import { costOfSession, recordOf, type SessionCostDeps } from './session-cost.js'

export interface PriceSessionsDeps extends SessionCostDeps {
  readonly costs: SessionCostStore
  logError(error: unknown): void
}

/** Few at a time: a session that is updated meanwhile is priced once. */
const AT_ONCE = 50

/** What makes a cost another one: amount, reason for none, or the state it was computed from. */
const TOLD = ['outcome', 'reason', 'total', 'status', 'kwh'] as const

/** Whether there is something to tell. */
const isNews = (before: SessionCostRecord | undefined, { cost }: SessionCostRecord): boolean =>
  before === undefined || TOLD.some((name) => !contentEquals(before.cost[name], cost[name]))

/** Tells what a session costs now. */
const pricedEvent = ({ key, document }: StoredObject, { cost, pricedAt }: SessionCostRecord): NodeEvent => ({
  type: 'session.priced',
  subject: `${key.countryCode}*${key.partyId}/${key.id}`,
  data: {
    country_code: document.country_code,
    party_id: document.party_id,
    id: document.id,
    status: cost.status,
    kwh: cost.kwh,
    outcome: cost.outcome,
    reason: cost.reason,
    currency: cost.currency,
    total: cost.total,
    until: cost.until,
    priced_at: pricedAt,
  },
})

/** A session that cannot be priced keeps no other from it; its cost is computed when somebody asks, or with its next update. */
const pricedOrLogged = (deps: PriceSessionsDeps, session: StoredObject): Promise<readonly PricedSession[]> =>
  priced(deps, session).catch((error: unknown) => {
    deps.logError(error)
    return []
  })

const priced = async (deps: PriceSessionsDeps, session: StoredObject): Promise<readonly PricedSession[]> => {
  if (session.deletedAt !== null) return []
  const [cost, before] = await Promise.all([costOfSession(deps, session), deps.costs.get(session.key)])
  const record = recordOf(session, cost, deps.now())
  const events = isNews(before, record) ? [pricedEvent(session, record)] : []
  return [{ session: session.key, record, events }]
}

/**
 * Prices every session that was updated since the last look, oldest update first, until none is left or it is told to
 * stop. After a crash it goes on where costs were last stored.
 */
export const priceUpdatedSessions = async (
  deps: PriceSessionsDeps,
  stopped: () => boolean,
): Promise<void> => {
  while (!stopped()) {
    const updated = await deps.costs.updated(AT_ONCE)
    if (updated.sessions.length === 0) return
    const costs = await Promise.all(updated.sessions.map((session) => pricedOrLogged(deps, session)))
    await deps.costs.store(updated, costs.flat(), new Date(deps.now()).toISOString())
  }
}
