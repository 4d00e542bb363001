import type { Database } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type { Document, PricedSession, SessionCostStore } from '../ports/index.js'
import { insertEvents } from '../sql/events/insert-events.js'
import { movePosition } from '../sql/session-costs/move-position.js'
import { selectSessionCost } from '../sql/session-costs/select-session-cost.js'
import { selectUpdatedSessions } from '../sql/session-costs/select-updated-sessions.js'
import { upsertSessionCosts } from '../sql/session-costs/upsert-session-costs.js'

/** A session, or only the position when none was updated. */
type UpdatedRow = { readonly position_seq: number } & (ObjectRow | { readonly kind: null })

interface CostRow {
  changed_seq: number
  priced_at: string
  cost: Document
}

const columnsOf = (costs: readonly PricedSession[]): readonly unknown[] => [
  costs.map(({ session }) => session.countryCode),
  costs.map(({ session }) => session.partyId),
  costs.map(({ session }) => session.id),
  costs.map(({ record }) => record.changedSeq),
  costs.map(({ record }) => JSON.stringify(record.cost)),
]

/**
 * Running costs in PostgreSQL. Nodes compute beside each other without waiting; the one that moves the position first
 * stores what it computed, with the events that tell of it.
 */
export const createSessionCostStore = (database: Database): SessionCostStore => ({
  async updated(limit) {
    const { rows } = await database.query<UpdatedRow>(selectUpdatedSessions, [limit])
    const from = rows[0]?.position_seq ?? 0
    const sessions = rows.flatMap((row) => (row.kind === null ? [] : [rowObject(row)]))
    return { sessions, from, through: sessions.at(-1)?.changedSeq ?? from }
  },
  store: ({ from, through }, costs, at) =>
    database.transaction(
      async (tx) => {
        const moved = await tx.query(movePosition, [from, through])
        if (moved.rows.length === 0) return false
        if (costs.length > 0) await tx.query(upsertSessionCosts, [...columnsOf(costs), at])
        const events = costs.flatMap((cost) => cost.events)
        if (events.length > 0) await tx.query(insertEvents, [JSON.stringify(events), events.length, at])
        return true
      },
      { lock: writeLock },
    ),
  async get({ countryCode, partyId, id }) {
    const { rows } = await database.query<CostRow>(selectSessionCost, [countryCode, partyId, id])
    const [row] = rows
    return row && { changedSeq: row.changed_seq, pricedAt: row.priced_at, cost: row.cost }
  },
})
