import type { Queryable } from '../database/index.js'
import type { AuthorizationRecord, AuthorizationStore } from '../ports/index.js'
import { deleteOldAuthorizations } from '../sql/access/delete-old-authorizations.js'
import { insertAuthorization } from '../sql/access/insert-authorization.js'
import { selectAuthorization } from '../sql/access/select-authorization.js'
import { selectAuthorizations } from '../sql/access/select-authorizations.js'

const columnsOf = (r: AuthorizationRecord): readonly unknown[] => [
  r.id,
  r.at,
  r.direction,
  r.partnerId,
  r.tokenUid,
  r.tokenType,
  r.allowed,
  r.reason,
  r.durationMs,
  r.authorizationReference,
  r.locationId,
]

/** Decisions on tokens in PostgreSQL. */
export const createAuthorizationStore = (database: Queryable): AuthorizationStore => ({
  async add(record) {
    await database.query(insertAuthorization, columnsOf(record))
  },
  async get(id) {
    return (await database.query<AuthorizationRecord>(selectAuthorization, [id])).rows[0]
  },
  async prune(before) {
    return (await database.query(deleteOldAuthorizations, [before])).rowCount
  },
  async list(limit) {
    return (await database.query<AuthorizationRecord>(selectAuthorizations, [limit])).rows
  },
})
