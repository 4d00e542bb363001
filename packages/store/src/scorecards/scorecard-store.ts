import type { Queryable, Statement } from '../database/index.js'
import type {
  CdrDelays,
  MissingCdrs,
  PriceAgreement,
  ScorecardStore,
  Spread,
  StatusAges,
} from '../ports/scorecards.js'
import { countMissingCdrs } from '../sql/scorecards/count-missing-cdrs.js'
import { selectCdrDelays } from '../sql/scorecards/select-cdr-delays.js'
import { selectPriceAgreement } from '../sql/scorecards/select-price-agreement.js'
import { selectStatusAges } from '../sql/scorecards/select-status-ages.js'
import { selectStatusDelays } from '../sql/scorecards/select-status-delays.js'

const NOTHING = { samples: 0, p50S: null, p95S: null }

/** What scorecards count in PostgreSQL. */
export const createScorecardStore = (database: Queryable): ScorecardStore => {
  const one = async <Row extends object>(
    statement: Statement,
    params: readonly unknown[],
    empty: Row,
  ): Promise<Row> => (await database.query<Row>(statement, params)).rows[0] ?? empty
  return {
    statusAges(partnerId, parties, now) {
      const countries = parties.map(({ countryCode }) => countryCode)
      const ids = parties.map(({ partyId }) => partyId)
      const empty: StatusAges = { ...NOTHING, olderThanDay: 0 }
      return one(selectStatusAges, [partnerId, countries, ids, now], empty)
    },
    statusDelays: (partnerId, since, limit) =>
      one<Spread>(selectStatusDelays, [partnerId, since, limit], NOTHING),
    cdrDelays: (partnerId, since) =>
      one<CdrDelays>(selectCdrDelays, [partnerId, since], { ...NOTHING, withinDay: 0 }),
    priceAgreement: async (partnerId, since) =>
      (await database.query<PriceAgreement>(selectPriceAgreement, [partnerId, since])).rows,
    missingCdrs: (partnerId, from, until) =>
      one<MissingCdrs>(countMissingCdrs, [partnerId, from, until], { completed: 0, missing: 0 }),
  }
}
