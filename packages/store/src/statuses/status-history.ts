import type { Queryable } from '../database/index.js'
import type { StatusChange, StatusHistory } from '../ports/statuses.js'
import { selectStatuses } from '../sql/statuses/select-statuses.js'
import { tendStatuses } from '../sql/statuses/tend-statuses.js'

/** Statuses of EVSEs in PostgreSQL; `StatusWriter` writes them. */
export const createStatusHistory = (database: Queryable): StatusHistory => ({
  async of({ countryCode, partyId, id }, { from, limit }) {
    const params = [countryCode, partyId, id, from, limit]
    return (await database.query<StatusChange>(selectStatuses, params)).rows.toReversed()
  },
  tend: async (days) =>
    (await database.query<{ dropped: number }>(tendStatuses, [days])).rows[0]?.dropped ?? 0,
})
