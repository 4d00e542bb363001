import type { Database } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import type {
  ActiveProfile,
  ActiveProfileStore,
  Document,
  ObjectKey,
  ProfileListener,
  ProfileUpdate,
} from '../ports/index.js'
import { claimUpdates } from '../sql/charging-profiles/claim-updates.js'
import { deleteOldProfiles } from '../sql/charging-profiles/delete-old-profiles.js'
import { deleteUpdate } from '../sql/charging-profiles/delete-update.js'
import { postponeUpdate } from '../sql/charging-profiles/postpone-update.js'
import { selectActiveProfile } from '../sql/charging-profiles/select-active-profile.js'
import { upsertActiveProfile } from '../sql/charging-profiles/upsert-active-profile.js'
import { upsertUpdates } from '../sql/charging-profiles/upsert-updates.js'
import { insertEvents } from '../sql/events/insert-events.js'
import { partyFromText, partyText, sessionFromRow, sessionParams } from './profile-request-store.js'

interface SessionColumns {
  country_code: string
  party_id: string
  session_key: string
}

interface ActiveRow extends SessionColumns {
  session_id: string
  partner_id: string | null
  profile: Document
  start_at: string
  updated_at: string
}

interface UpdateRow extends SessionColumns {
  partner_id: string
  partner_party: string
  failures: number
}

const toActive = (row: ActiveRow): ActiveProfile => ({
  session: sessionFromRow(row),
  sessionId: row.session_id,
  partnerId: row.partner_id,
  profile: row.profile,
  startAt: row.start_at,
  updatedAt: row.updated_at,
})

const activeParams = (active: ActiveProfile): readonly unknown[] => [
  ...sessionParams(active.session),
  active.sessionId,
  active.partnerId,
  JSON.stringify(active.profile),
  active.startAt,
  active.updatedAt,
]

const updateParams = (update: ProfileUpdate): readonly string[] => [
  ...sessionParams(update.session),
  update.partnerId,
  partyText(update.party),
  update.lease,
]

const listenerParams = (
  session: ObjectKey,
  listeners: readonly ProfileListener[],
  dueAt: string,
): readonly unknown[] => [
  ...sessionParams(session),
  listeners.map(({ partnerId }) => partnerId),
  listeners.map(({ party }) => partyText(party)),
  dueAt,
]

/** Active profiles in PostgreSQL. A profile, its event and who is to be told of it are stored together. */
export const createActiveProfileStore = (database: Database): ActiveProfileStore => ({
  async get(session) {
    const { rows } = await database.query<ActiveRow>(selectActiveProfile, sessionParams(session))
    return rows[0] && toActive(rows[0])
  },
  put: (active, { event, listeners, releases = false }) =>
    database.transaction(
      async (tx) => {
        const { rowCount } = await tx.query(upsertActiveProfile, [...activeParams(active), releases])
        if (rowCount === 0) {
          const { rows } = await tx.query<ActiveRow>(selectActiveProfile, sessionParams(active.session))
          return (rows[0]?.start_at ?? '') > active.startAt ? 'older' : 'unchanged'
        }
        await tx.query(insertEvents, [JSON.stringify([event]), 1, active.updatedAt])
        if (listeners.length > 0)
          await tx.query(upsertUpdates, listenerParams(active.session, listeners, active.updatedAt))
        return 'stored'
      },
      { lock: writeLock },
    ),
  async claim(now, leaseUntil, limit) {
    const { rows } = await database.query<UpdateRow>(claimUpdates, [now, leaseUntil, limit])
    return rows.map((row) => ({
      session: sessionFromRow(row),
      partnerId: row.partner_id,
      party: partyFromText(row.partner_party),
      failures: row.failures,
      lease: leaseUntil,
    }))
  },
  async finish(update) {
    await database.query(deleteUpdate, updateParams(update))
  },
  async postpone(update, dueAt) {
    await database.query(postponeUpdate, [...updateParams(update), dueAt])
  },
  prune: async (before) => (await database.query(deleteOldProfiles, [before])).rowCount,
})
