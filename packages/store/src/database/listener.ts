import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { connectionConfig } from './connection.js'

/** Told of a notification of the database. */
export type Notified = (payload: string) => void

const firstDelayMs = 100
const longestDelayMs = 5_000
// A connection cut without a packet is noticed by the next heartbeat.
const heartbeatMs = 15_000

/** One connection that listens to channels and connects again whenever it is lost. */
export class Listener implements AsyncDisposable {
  readonly #url: string
  readonly #channels = new Map<string, Set<Notified>>()
  readonly #stop = new AbortController()
  #client: pg.Client | undefined
  #loop: Promise<void> | undefined

  constructor(url: string) {
    this.#url = url
  }

  /** Calls `notified` on each notification, and with empty text whenever some may have been missed. */
  listen(channel: string, notified: Notified): () => void {
    const known = this.#channels.get(channel)
    const callbacks = known ?? new Set<Notified>()
    callbacks.add(notified)
    if (known === undefined) {
      this.#channels.set(channel, callbacks)
      this.#subscribe(channel)
    }
    this.#loop ??= this.#run()
    return () => {
      callbacks.delete(notified)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#client?.end().catch(() => {})
    await this.#loop
  }

  #subscribe(channel: string): void {
    // A failure here also ends the connection, and the next one subscribes to everything.
    this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`).then(
      () => this.#call(channel, ''),
      () => {},
    )
  }

  #call(channel: string, payload: string): void {
    for (const notified of this.#channels.get(channel) ?? []) notified(payload)
  }

  async #run(): Promise<void> {
    let delayMs = firstDelayMs
    while (!this.#stop.signal.aborted) {
      const connected = await this.#session()
      delayMs = connected ? firstDelayMs : Math.min(delayMs * 2, longestDelayMs)
      const jitteredMs = delayMs * (0.5 + Math.random())
      await sleep(jitteredMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {})
    }
  }

  /** One connection from start to loss; false when it could not be made. */
  async #session(): Promise<boolean> {
    const client = new pg.Client({ ...connectionConfig(this.#url), query_timeout: 5_000 })
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    client.on('notification', ({ channel, payload }) => this.#call(channel, payload ?? ''))
    const heartbeat = setInterval(
      () => client.query('select 1').catch(() => client.end()),
      heartbeatMs,
    ).unref()
    try {
      await client.connect()
      this.#client = client
      for (const channel of this.#channels.keys()) this.#subscribe(channel)
      if (this.#stop.signal.aborted) await client.end()
      await ended
      return true
    } catch {
      return false
    } finally {
      clearInterval(heartbeat)
      this.#client = undefined
      client.end().catch(() => {})
    }
  }
}
