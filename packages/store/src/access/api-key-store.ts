import type { Queryable } from '../database/index.js'
import type { ApiKey, ApiKeyStore } from '../ports/index.js'
import { deleteApiKey } from '../sql/access/delete-api-key.js'
import { insertApiKey } from '../sql/access/insert-api-key.js'
import { selectApiKeys } from '../sql/access/select-api-keys.js'

/** Operator keys in PostgreSQL. `add` throws when the id or the hash exists. */
export const createApiKeyStore = (database: Queryable): ApiKeyStore => ({
  async add({ id, name, role, hash, createdAt }) {
    await database.query(insertApiKey, [id, name, role, hash, createdAt])
  },
  async list() {
    return (await database.query<ApiKey>(selectApiKeys)).rows
  },
  async remove(id) {
    return (await database.query(deleteApiKey, [id])).rowCount > 0
  },
})
