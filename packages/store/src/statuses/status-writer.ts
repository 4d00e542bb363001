import type { Queryable } from '../database/index.js'
import type { StatusRow } from '../objects/batch-state.js'
import { insertStatuses } from '../sql/statuses/insert-statuses.js'

/** Statuses that wait at most, and those of one write. */
const MOST_WAITING = 50_000
const MOST_AT_ONCE = 2_000
/** Statuses of this time are written together, in milliseconds. */
const GATHER_MS = 100

type Arrived = StatusRow & { readonly arrived_at: string }

/**
 * Writes the statuses that EVSEs took beside their commits, so that no write waits for its history. What waits is bounded; what does not
 * fit, or the database does not take, is lost: the change itself never is.
 */
export class StatusWriter {
  #waiting: Arrived[] = []
  #busy = false

  constructor(private readonly database: Queryable) {}

  /** Takes statuses that became known at an ISO time. */
  add(statuses: readonly StatusRow[], at: string): void {
    if (statuses.length === 0 || this.#waiting.length + statuses.length > MOST_WAITING) return
    for (const status of statuses) this.#waiting.push({ ...status, arrived_at: at })
    if (this.#busy) return
    this.#busy = true
    setTimeout(() => this.#writeAll(), GATHER_MS)
  }

  async #writeAll(): Promise<void> {
    const rows = this.#waiting.splice(0, MOST_AT_ONCE)
    await this.database.query(insertStatuses, [JSON.stringify(rows)]).catch(() => undefined)
    this.#busy = this.#waiting.length > 0
    if (this.#busy) setTimeout(() => this.#writeAll(), this.#waiting.length < MOST_AT_ONCE ? GATHER_MS : 0)
  }
}
