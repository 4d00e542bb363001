import type { Queryable } from '../database/index.js'
import type { Webhook, WebhookStore } from '../ports/index.js'
import { deleteWebhook } from '../sql/access/delete-webhook.js'
import { insertWebhook } from '../sql/access/insert-webhook.js'
import { leaseWebhook } from '../sql/access/lease-webhook.js'
import { selectWebhook } from '../sql/access/select-webhook.js'
import { selectWebhooks } from '../sql/access/select-webhooks.js'
import { updateWebhook } from '../sql/access/update-webhook.js'

const columnsOf = (w: Webhook): readonly unknown[] => [
  w.id,
  w.url,
  w.secret,
  w.types,
  w.cursor,
  w.failures,
  w.retryAt,
  w.lastError,
  w.disabledAt,
  w.createdAt,
]

/** Webhooks in PostgreSQL. A lease is timed by the database, so that clocks of nodes do not matter. */
export const createWebhookStore = (database: Queryable): WebhookStore => ({
  async add(webhook) {
    await database.query(insertWebhook, columnsOf(webhook))
  },
  async list() {
    return (await database.query<Webhook>(selectWebhooks)).rows
  },
  async get(id) {
    return (await database.query<Webhook>(selectWebhook, [id])).rows[0]
  },
  async update(id, change) {
    await database.query(updateWebhook, [id, JSON.stringify(change)])
  },
  async remove(id) {
    return (await database.query(deleteWebhook, [id])).rowCount > 0
  },
  async lease(id, workerId, leaseMs) {
    return (await database.query(leaseWebhook, [id, workerId, leaseMs])).rowCount > 0
  },
})
