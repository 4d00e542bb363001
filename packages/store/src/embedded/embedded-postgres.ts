import { chmod, mkdir, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { prepareBinaries } from './binaries.js'
import { ensureDataFolder, superuser } from './data-folder.js'
import { type Launch, launchServer, type Running } from './launch.js'
import { ownerOf } from './owner.js'
import { stopServer } from './pid-file.js'

/** Settings of the embedded server. */
export interface EmbeddedOptions {
  /** Folder of the database; created when missing, kept between runs. */
  readonly dataDir: string
  /** Receives the server's log lines. */
  readonly log?: (line: string) => void
  /** False gives up durability for speed: only for data that is deleted afterwards. */
  readonly durable?: boolean
}

// Every process that uses the server holds this lock shared; who gets it alone was the last one.
const presence = 4_901_002
const firstDelayMs = 200
const longestDelayMs = 5_000

/**
 * A PostgreSQL server on a Unix socket, supervised: started again when it dies, shared by all processes of this
 * machine that name the same folder, shut down by the last of them. It outlives a killed process; the next start joins it.
 */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly #launch: Launch
  #running: Running
  #recovery: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  readonly #stop = new AbortController()

  constructor(launch: Launch, running: Running) {
    this.#launch = launch
    this.#running = running
    this.#watch(running)
  }

  /** Process id of the server. */
  get pid(): number {
    return this.#running.pid
  }

  /** Address of a database on this server, for `openDatabase` and for psql. */
  url(databaseName: string): string {
    const host = encodeURIComponent(this.#running.socketDir)
    return `postgresql://${superuser}@localhost/${encodeURIComponent(databaseName)}?host=${host}`
  }

  /** Creates the database if it does not exist. */
  async createDatabase(name: string): Promise<void> {
    const { client } = this.#running
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount !== 0) return
    await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: unknown) => {
      // Another process was faster.
      const code = error instanceof pg.DatabaseError ? error.code : undefined
      if (code !== '42P04' && code !== '23505') throw error
    })
  }

  /** Leaves the server; the last process that leaves shuts it down. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#leave()
    return this.#stopping
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  #watch({ client }: Running): void {
    client.once('end', () => {
      if (this.#stop.signal.aborted) return
      this.#launch.log('The embedded PostgreSQL is gone; starting it again')
      this.#recovery ??= this.#recover().finally(() => {
        this.#recovery = undefined
      })
    })
  }

  async #recover(): Promise<void> {
    let delayMs = firstDelayMs
    while (!this.#stop.signal.aborted) {
      try {
        this.#running = await enter(this.#launch)
        this.#watch(this.#running)
        return
      } catch (error) {
        this.#launch.log(`Not started yet: ${error instanceof Error ? error.message : String(error)}`)
        await sleep(delayMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {})
        delayMs = Math.min(delayMs * 2, longestDelayMs)
      }
    }
  }

  async #leave(): Promise<void> {
    this.#stop.abort()
    await this.#recovery
    const { client, pid, socketDir } = this.#running
    const last = await isLast(client)
    if (last) {
      if (await stopServer(pid)) await rm(socketDir, { recursive: true, force: true })
      else this.#launch.log(`The embedded PostgreSQL (process ${pid}) does not stop`)
    }
    await client.end().catch(() => {})
  }
}

const isLast = async (client: pg.Client): Promise<boolean> => {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [presence])
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      presence,
    ])
    return rows[0]?.last === true
  } catch {
    // The connection is gone: the server died, or whoever started it again is in charge of it.
    return false
  }
}

/** Starts or joins the server and says that we use it; a server about to be shut down is waited for and started anew. */
const enter = async (launch: Launch): Promise<Running> => {
  for (let attempt = 1; ; attempt += 1) {
    const running = await launchServer(launch)
    try {
      await running.client.query('select pg_advisory_lock_shared($1)', [presence])
      return running
    } catch (error) {
      await running.client.end().catch(() => {})
      if (attempt === 5) throw error
      await sleep(firstDelayMs)
    }
  }
}

/**
 * Starts PostgreSQL on `dataDir`, or joins the one that already runs there. Resolves when it answers; throws
 * `EmbeddedPostgresError` saying what to do when it cannot. Root runs it as an unprivileged user.
 */
export const startEmbeddedPostgres = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const wanted = resolve(options.dataDir)
  await mkdir(dirname(wanted), { recursive: true })
  // The real path, because that is what a running server is recognised by.
  const dataDir = await realpath(wanted).catch(async () =>
    join(await realpath(dirname(wanted)), basename(wanted)),
  )
  const owner = await ownerOf(dataDir)
  const native = await prepareBinaries(owner)
  await ensureDataFolder(dataDir, native, owner)
  if (owner === undefined) await chmod(dataDir, 0o700).catch(() => {})
  const launch: Launch = {
    dataDir,
    native,
    owner,
    durable: options.durable ?? true,
    log: options.log ?? (() => {}),
  }
  return new EmbeddedPostgres(launch, await enter(launch))
}
