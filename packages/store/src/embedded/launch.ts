import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { NativeFolder } from './binaries.js'
import { openFolder, superuser } from './data-folder.js'
import { EmbeddedPostgresError, systemCode, useOwnServer } from './embedded-error.js'
import type { Owner } from './owner.js'
import { isAlive, isServerOf, readPidFile, stopServer } from './pid-file.js'
import { serverSettings, throwAwaySettings } from './settings.js'
import { makeSocketFolder } from './socket-folder.js'

/** Everything needed to start the server of one data folder. */
export interface Launch {
  readonly dataDir: string
  readonly native: NativeFolder
  readonly owner: Owner | undefined
  readonly durable: boolean
  readonly log: (line: string) => void
}

/** A server that answers, with a connection to it. */
export interface Running {
  readonly pid: number
  readonly socketDir: string
  readonly client: pg.Client
}

interface Child {
  readonly pid: number
  readonly socketDir: string
  exited(): boolean
  tail(): string
}

const startChild = async (launch: Launch): Promise<Child> => {
  const socketDir = await makeSocketFolder(launch.dataDir, launch.owner)
  const folder = await openFolder(launch.dataDir)
  const settings = launch.durable ? serverSettings : [...serverSettings, ...throwAwaySettings]
  const options = [{ name: 'unix_socket_directories', value: socketDir }, ...settings]
  const args = ['-D', folder.path, ...options.flatMap(({ name, value }) => ['-c', `${name}=${value}`])]
  // Detached: Ctrl-C reaches this process only, which then shuts the server down in order.
  const child = spawn(join(launch.native, 'bin', 'postgres'), args, {
    ...launch.owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', folder.stdio],
  })
  let exited = false
  let output = ''
  const end = (): void => {
    exited = true
  }
  child.on('exit', end)
  child.on('error', (error) => {
    output += error.message
    end()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    const text = chunk.toString()
    output = (output + text).slice(-4_000)
    for (const line of text.trimEnd().split('\n')) launch.log(line)
  })
  child.unref()
  if (child.stderr instanceof Socket) child.stderr.unref()
  await folder.close()
  return { pid: child.pid ?? 0, socketDir, exited: () => exited, tail: () => output.trim() }
}

/** A server that takes connections, one that is on its way there (replaying its log), or none that answers. */
type Knock = pg.Client | 'starting' | 'silent'

const connect = async (socketDir: string): Promise<Knock> => {
  const client = new pg.Client({
    host: socketDir,
    user: superuser,
    database: 'postgres',
    application_name: 'interwatt-supervisor',
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    client.end().catch(() => {})
    const code = systemCode(error)
    if (code === '57P03') return 'starting'
    if (code === undefined || code.startsWith('57P') || code.startsWith('53') || code.startsWith('E'))
      return 'silent'
    throw error
  }
}

const pollMs = 20
/** Replaying the log after a crash may take minutes on a large database. */
const startTimeoutMs = 300_000
const ownSocketMs = 10_000

/** How long a server may be silent, and how long it may take to start as long as it says that it does. */
interface Patience {
  readonly silentMs: number
  readonly startingMs: number
}

/** Waits until the server answers; undefined when it ends, or neither answers nor starts any more. */
export const waitForAnswer = async (
  socketDir: string,
  ended: () => boolean,
  { silentMs, startingMs }: Patience,
): Promise<pg.Client | undefined> => {
  const latest = Date.now() + startingMs
  let deadline = Date.now() + silentMs
  while (!ended() && Date.now() < deadline) {
    const knock = await connect(socketDir)
    if (typeof knock !== 'string') return knock
    if (knock === 'starting') deadline = Math.min(latest, Date.now() + silentMs)
    await sleep(pollMs)
  }
  return undefined
}

/** Joins the server that already runs on the folder, if one does; clears away what a dead one left. */
const joinRunning = async (launch: Launch): Promise<Running | undefined> => {
  const found = await readPidFile(launch.dataDir)
  if (found === undefined || !isAlive(found.pid)) return undefined
  if (!(await isServerOf(found.pid, launch.dataDir))) {
    // The id was given to another process since; PostgreSQL itself would refuse to start.
    await rm(found.path, { force: true })
    return undefined
  }
  const client = await waitForAnswer(found.socketDir, () => !isAlive(found.pid), {
    silentMs: ownSocketMs,
    startingMs: startTimeoutMs,
  })
  if (client !== undefined) return { pid: found.pid, socketDir: found.socketDir, client }
  if (!isAlive(found.pid)) return undefined
  launch.log(`The server ${found.pid} on ${launch.dataDir} does not answer at its socket; stopping it`)
  if (await stopServer(found.pid)) return undefined
  throw new EmbeddedPostgresError(
    `Process ${found.pid} holds ${launch.dataDir}, does not answer and does not stop. End it, then start again. ${useOwnServer}`,
  )
}

// Postgres says so when another process was faster, or when children of a killed server are still ending.
const passing =
  /lock file "postmaster\.pid" already exists|shared memory block .* still in use|could not create lock file/
const retryMs = 200
const passingTimeoutMs = 15_000

/** Starts or joins the server of a data folder; resolves when it answers, throws `EmbeddedPostgresError` otherwise. */
export const launchServer = async (launch: Launch): Promise<Running> => {
  const deadline = Date.now() + passingTimeoutMs
  for (;;) {
    const joined = await joinRunning(launch)
    if (joined !== undefined) return joined
    const child = await startChild(launch)
    const client = await waitForAnswer(child.socketDir, child.exited, {
      silentMs: startTimeoutMs,
      startingMs: startTimeoutMs,
    })
    if (client !== undefined) return { pid: child.pid, socketDir: child.socketDir, client }
    if (!passing.test(child.tail()) || Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL did not start on ${launch.dataDir}: ${child.tail()}\n${useOwnServer}`,
      )
    }
    await sleep(retryMs)
  }
}
