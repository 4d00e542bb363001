import { randomUUID } from 'node:crypto'
import type { EventStore, FeedEntry, ObjectStore, Webhook, WebhookStore } from '@interwatt/store'
import type { OperatorSecrets } from '../deps.js'
import { eventMessage } from '../event-message.js'
import { FeedWatch, pause, readFeed } from '../feed-watch.js'
import type { Metrics } from '../metrics.js'
import type { PostDelivery } from './ports.js'
import { isAcknowledged, isGone, planRetry } from './retry.rules.js'
import { signedHeaders } from './signature.js'

/** Entries read at once for one webhook. */
const BATCH = 50
/** A receiver has this long to answer. */
const TIMEOUT_MS = 10_000
/** Held while delivering; three times the longest delivery. */
const LEASE_MS = 30_000
/** Shortest time between two looks: changes of a moment are delivered together. */
const GATHER_MS = 50
/** How often webhooks made on other nodes, and due retries, are looked for. */
const LOOK_MS = 1_000

/** What webhook delivery works with. */
export interface WebhookDeliveryDeps {
  readonly webhooks: WebhookStore
  readonly events: EventStore
  readonly objects: Pick<ObjectStore, 'currentSeq' | 'waitForChange'>
  readonly secrets: Pick<OperatorSecrets, 'decrypt'>
  readonly post: PostDelivery
  readonly metrics: Pick<Metrics, 'webhookDeliveries'>
  /** Faults of the node itself, such as a database that is away. */
  onError(error: unknown): void
  readonly workerId?: string
  now?(): number
  random?(): number
}

/** Delivers the feed to webhooks until stopped. */
export interface WebhookDelivery {
  start(): void
  /** Waits for deliveries under way, at most their time limit. */
  stop(): Promise<void>
}

type Attempt =
  | { readonly acknowledged: true }
  | { readonly acknowledged: false; readonly gone: boolean; readonly error: string }

class Delivery implements WebhookDelivery {
  readonly #stop = new AbortController()
  readonly #watch: FeedWatch
  readonly #workerId: string
  /** One task a webhook: a slow one keeps nobody waiting. */
  readonly #running = new Map<string, Promise<void>>()
  #loop: Promise<void> | undefined

  constructor(private readonly deps: WebhookDeliveryDeps) {
    this.#watch = new FeedWatch(deps.objects)
    this.#workerId = deps.workerId ?? randomUUID()
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#watch[Symbol.asyncDispose]()
    await this.#loop
    await Promise.all(this.#running.values())
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const change = this.#watch.next(this.#stop.signal, LOOK_MS)
      try {
        for (const webhook of await this.deps.webhooks.list()) this.#deliverSoon(webhook)
      } catch (error) {
        this.deps.onError(error)
      }
      await change
      await pause(GATHER_MS, this.#stop.signal)
    }
  }

  #deliverSoon(webhook: Webhook): void {
    if (this.#running.has(webhook.id) || !this.#isDue(webhook)) return
    const task = this.#deliverAll(webhook.id)
      .catch((error: unknown) => this.deps.onError(error))
      .finally(() => this.#running.delete(webhook.id))
    this.#running.set(webhook.id, task)
  }

  #isDue(webhook: Webhook): boolean {
    if (webhook.disabledAt !== null) return false
    return webhook.retryAt === null || Date.parse(webhook.retryAt) <= this.#now()
  }

  /** Delivers in order until nothing is left, one delivery fails, or another worker has the lease. */
  async #deliverAll(id: string): Promise<void> {
    while (!this.#stop.signal.aborted && (await this.#lease(id))) {
      const webhook = await this.deps.webhooks.get(id)
      if (webhook === undefined || !this.#isDue(webhook)) return
      const { entries, position } = await readFeed(this.deps, {
        after: webhook.cursor,
        limit: BATCH,
        types: webhook.types,
      })
      if (!(await this.#deliverEach(webhook, entries))) return
      if (position > (entries.at(-1)?.seq ?? webhook.cursor))
        await this.deps.webhooks.update(id, { cursor: position })
      if (entries.length < BATCH) return
    }
  }

  /** True when every entry was acknowledged. */
  async #deliverEach(webhook: Webhook, entries: readonly FeedEntry[]): Promise<boolean> {
    const secret = this.deps.secrets.decrypt(webhook.secret)
    let failures = webhook.failures
    for (const [index, entry] of entries.entries()) {
      if (this.#stop.signal.aborted) return false
      // NOTE: renewed before each delivery, so that a batch of slow ones cannot outlive the lease.
      if (index > 0 && !(await this.#lease(webhook.id))) return false
      const attempt = await this.#attempt(webhook, secret, entry)
      if (!attempt.acknowledged) {
        await this.#recordFailure(webhook, failures + 1, attempt)
        return false
      }
      const healed = failures === 0 ? {} : { failures: 0, retryAt: null, lastError: null }
      failures = 0
      this.deps.metrics.webhookDeliveries.inc({ outcome: 'delivered' })
      await this.deps.webhooks.update(webhook.id, { cursor: entry.seq, ...healed })
    }
    return true
  }

  async #attempt(webhook: Webhook, secret: string, entry: FeedEntry): Promise<Attempt> {
    const body = eventMessage(entry)
    const id = `msg_${webhook.id}_${entry.seq}`
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'interwatt-webhooks',
      ...signedHeaders(secret, { id, at: new Date(this.#now()), body }),
    }
    try {
      const { status } = await this.deps.post(webhook.url, headers, body, TIMEOUT_MS)
      if (isAcknowledged(status)) return { acknowledged: true }
      return { acknowledged: false, gone: isGone(status), error: `The receiver answered ${status}.` }
    } catch (error) {
      return {
        acknowledged: false,
        gone: false,
        error: error instanceof Error ? error.message : 'No answer.',
      }
    }
  }

  async #recordFailure(
    webhook: Webhook,
    failures: number,
    attempt: { readonly gone: boolean; readonly error: string },
  ): Promise<void> {
    const lastError = attempt.error.slice(0, 500)
    const plan = attempt.gone ? { kind: 'give_up' as const } : planRetry(failures, this.#random())
    const now = this.#now()
    if (plan.kind === 'retry') {
      this.deps.metrics.webhookDeliveries.inc({ outcome: 'failed' })
      const retryAt = new Date(now + plan.delayMs).toISOString()
      await this.deps.webhooks.update(webhook.id, { failures, retryAt, lastError })
      return
    }
    this.deps.metrics.webhookDeliveries.inc({ outcome: 'disabled' })
    const disabledAt = new Date(now).toISOString()
    // NOTE: told first, so that a crash in between tells it twice rather than never.
    await this.deps.events.append({
      type: 'webhook.disabled',
      subject: webhook.id,
      data: { id: webhook.id, failures, last_error: lastError, disabled_at: disabledAt },
    })
    await this.deps.webhooks.update(webhook.id, { failures, retryAt: null, lastError, disabledAt })
  }

  #lease(id: string): Promise<boolean> {
    return this.deps.webhooks.lease(id, this.#workerId, LEASE_MS)
  }

  #now(): number {
    return this.deps.now?.() ?? Date.now()
  }

  #random(): number {
    return this.deps.random?.() ?? Math.random()
  }
}

/** Delivers the feed to every webhook in order, each on its own: a slow or dead receiver delays nobody else. */
export const createWebhookDelivery = (deps: WebhookDeliveryDeps): WebhookDelivery => new Delivery(deps)
