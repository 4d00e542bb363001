import type { Database } from '../database/index.js'
import type { HearingStore } from '../ports/hearing.js'
import { recordHeard } from '../sql/sync/record-heard.js'
import { selectHearing } from '../sql/sync/select-hearing.js'

interface HearingRow {
  readonly partner_id: string
  readonly last_heard_at: string | null
  readonly last_success_at: string | null
  readonly outages: number
}

/** When partners were last heard of, in PostgreSQL. */
export const createHearingStore = (database: Database): HearingStore => ({
  async all() {
    const { rows } = await database.query<HearingRow>(selectHearing, [])
    return rows.map(({ partner_id, last_heard_at, last_success_at, outages }) => ({
      partnerId: partner_id,
      heardAt: last_heard_at,
      answeredAt: last_success_at,
      outages,
    }))
  },
  async record(partnerId, at) {
    await database.query(recordHeard, [partnerId, at])
  },
})
