import type { Queryable } from '../database/index.js'
import type { KnownSession, OperatorSessionStore } from '../ports/index.js'
import { deleteOldOperatorSessions } from '../sql/access/delete-old-operator-sessions.js'
import { deleteOperatorSession } from '../sql/access/delete-operator-session.js'
import { insertOperatorSession } from '../sql/access/insert-operator-session.js'
import { selectOperatorSession } from '../sql/access/select-operator-session.js'

/** Sign-ins of the console in PostgreSQL. `add` throws when the key or account is not known any more. */
export const createOperatorSessionStore = (database: Queryable): OperatorSessionStore => ({
  async add({ hash, keyId, accountId, createdAt, expiresAt }) {
    await database.query(insertOperatorSession, [hash, keyId, accountId, createdAt, expiresAt])
  },
  async find(hash, now) {
    return (await database.query<KnownSession>(selectOperatorSession, [hash, now])).rows[0]
  },
  async remove(hash) {
    return (await database.query(deleteOperatorSession, [hash])).rowCount > 0
  },
  async prune(before) {
    return (await database.query(deleteOldOperatorSessions, [before])).rowCount
  },
})
