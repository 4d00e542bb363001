import pg from 'pg'
import { addressOf, connectionConfig, pooledConfig } from './connection.js'
import { Listener, type Notified } from './listener.js'
import type { Answer, Queryable, Statement } from './statement.js'
import { asStoreError, StoreUnavailable, tellsUnavailable } from './unavailable.js'

/** Where the database is, and the size of the pool. */
export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`, or `?host=/socket/folder` for a Unix socket. */
  readonly url: string
  /** Largest number of pooled connections; 10 when left out. */
  readonly poolSize?: number
}

/** How a transaction runs. */
export interface TransactionOptions {
  /** Advisory lock taken before the first statement and held until the commit is visible. */
  readonly lock?: number
}

const send = async <Row extends object>(
  target: pg.Pool | pg.ClientBase,
  { name, text }: Statement,
  params: readonly unknown[],
): Promise<Answer<Row>> => {
  try {
    const config = name === undefined ? { text } : { name, text }
    const { rows, rowCount } = await target.query<Row>({ ...config, values: [...params] })
    return { rows, rowCount: rowCount ?? 0 }
  } catch (error) {
    throw asStoreError(error)
  }
}

const begin = async (client: pg.ClientBase, lock: number | undefined): Promise<void> => {
  if (lock !== undefined && !Number.isSafeInteger(lock)) throw new TypeError('An advisory lock is an integer')
  // One round trip: the lock must be held before any statement takes its snapshot.
  await client.query(lock === undefined ? 'begin' : `begin; select pg_advisory_xact_lock(${lock})`)
}

const commit = async (client: pg.ClientBase): Promise<void> => {
  const { command } = await client.query('commit')
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
  if (command !== 'COMMIT')
    throw new Error('The transaction was rolled back because a statement in it failed')
}

/** A PostgreSQL database: pooled statements, transactions and notifications. It recovers by itself. */
export class Database implements Queryable, AsyncDisposable {
  readonly #url: string
  readonly #pool: pg.Pool
  readonly #listener: Listener

  constructor({ url, poolSize = 10 }: DatabaseOptions) {
    this.#url = url
    this.#pool = new pg.Pool({ ...pooledConfig(url), max: poolSize, idleTimeoutMillis: 60_000 })
    // Without these listeners a lost connection ends the process; the statement on it is rejected anyway.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
    this.#listener = new Listener(url)
  }

  query<Row extends object = Record<string, unknown>>(
    statement: Statement,
    params: readonly unknown[] = [],
  ): Promise<Answer<Row>> {
    return send<Row>(this.#pool, statement, params)
  }

  /** Runs `work` in one transaction; it is durable when this resolves. After `StoreUnavailable` it may or may not be. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw asStoreError(error)
    })
    try {
      await begin(client, options.lock)
      const result = await work({ query: (statement, params = []) => send(client, statement, params) })
      await commit(client)
      client.release()
      return result
    } catch (error) {
      await this.#abandon(client, error)
      throw asStoreError(error)
    }
  }

  /** Runs `work` on a connection of its own without time limits: migrations and maintenance. */
  async session<T>(work: (session: Queryable) => Promise<T>): Promise<T> {
    const client = new pg.Client(connectionConfig(this.#url))
    client.on('error', () => {})
    try {
      await client.connect()
      return await work({ query: (statement, params = []) => send(client, statement, params) })
    } catch (error) {
      throw asStoreError(error)
    } finally {
      await client.end().catch(() => {})
    }
  }

  /** Calls `notified` on each NOTIFY, and with empty text whenever some may have been missed; returns the way to stop. */
  listen(channel: string, notified: Notified): () => void {
    return this.#listener.listen(channel, notified)
  }

  async close(): Promise<void> {
    await this.#listener[Symbol.asyncDispose]()
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #abandon(client: pg.PoolClient, error: unknown): Promise<void> {
    if (tellsUnavailable(error)) return client.release(true)
    try {
      await client.query('rollback')
      client.release()
    } catch {
      client.release(true)
    }
  }
}

/** Connects; throws `StoreUnavailable` with the address (never the password) when the database does not answer. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const database = new Database(options)
  try {
    await database.query({ text: 'select 1' })
    return database
  } catch (error) {
    await database.close()
    throw new StoreUnavailable(
      `No PostgreSQL database answers at ${addressOf(options.url)}: check DATABASE_URL and that the server runs`,
      { cause: error },
    )
  }
}
