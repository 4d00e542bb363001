import { join } from 'node:path'
import type { Database, EmbeddedPostgres } from '@interwatt/store'
import { Failure, reasonOf } from '../failure.js'
import { builtWeb } from '../node/built-web.js'
import type { Closers } from '../node/closers.js'
import { firstFreePort } from '../node/free-port.js'
import { databaseFailure, startServer } from '../node/open-database.js'
import { startFailure } from '../node/serve-node.js'
import { connectOperator, type OperatorConnection } from '../operator/connection.js'
import { productVersion } from '../product-version.js'
import { claimDemo } from '../sql/claim-demo.js'
import { dropCpoDatabase } from '../sql/drop-cpo-database.js'
import { dropEmsp211Database } from '../sql/drop-emsp-211-database.js'
import { dropEmsp221Database } from '../sql/drop-emsp-221-database.js'
import { dropEmspDatabase } from '../sql/drop-emsp-database.js'
import { dropPtpDatabase } from '../sql/drop-ptp-database.js'
import { cpoParty, type DemoEmsp, type DemoParty, emspOfEachVersion, emspParty, ptpParty } from './parties.js'

const HOST = '127.0.0.1'
/** Where a platform keeps its data; the statements that forget them name the same databases. */
const databaseOf = ({ key }: DemoParty): string => `interwatt_demo_${key.replaceAll('-', '_')}`
const FORGET = [
  dropCpoDatabase,
  dropEmspDatabase,
  dropEmsp221Database,
  dropEmsp211Database,
  dropPtpDatabase,
] as const

/** One running platform of the demonstration, as its operator sees it. */
export interface Platform<P extends DemoParty = DemoParty> {
  readonly party: P
  readonly url: string
  readonly key: string
  readonly operator: OperatorConnection
}

export interface PlatformOptions {
  readonly dataDir: string
  /** How many times faster than the clock the world runs: drivers are told. */
  readonly speed: number
  /** Port of the CPO platform; the other platforms take the next free ones. */
  readonly port: number
  /** Three eMSP platforms, each registered in a version of its own. */
  readonly versions: boolean
  /** Card payments to be made; with any there is the platform of a payment terminal provider. */
  readonly cardPayments: number
  /** Begins with empty databases. */
  readonly fresh: boolean
  /** The wanted ports were in use; these are taken instead. */
  onOtherPorts(ports: readonly number[]): void
}

export interface Platforms {
  readonly cpo: Platform
  readonly emsps: readonly [Platform<DemoEmsp>, ...Platform<DemoEmsp>[]]
  /** The payment terminal provider, where there are card payments. */
  readonly ptp: Platform | undefined
}

/** The partners of the CPO. */
export const partnersIn = ({ emsps, ptp }: Platforms): readonly Platform[] => [
  ...emsps,
  ...(ptp === undefined ? [] : [ptp]),
]

/** Holds the lock of the one demonstration on this server until the closers run; throws Failure when it is taken. */
const claim = async (server: EmbeddedPostgres, dataDir: string, closers: Closers): Promise<void> => {
  const { openDatabase } = await import('@interwatt/store')
  const database = await openDatabase({ url: server.url('postgres'), poolSize: 1 })
  closers.add(() => database.close())
  const claimed = await new Promise<boolean>((resolve, reject) => {
    database
      .session(async (session) => {
        const { rows } = await session.query<{ claimed: boolean }>(claimDemo)
        const done = rows[0]?.claimed === true ? new Promise<void>((end) => closers.add(end)) : undefined
        resolve(done !== undefined)
        await done
      })
      .catch(reject)
  })
  if (!claimed)
    throw new Failure(`A demonstration already runs on ${dataDir}.`, {
      hint: 'Stop it first, or run this one elsewhere with --data-dir.',
    })
}

const forget = async (server: EmbeddedPostgres): Promise<void> => {
  const { openDatabase } = await import('@interwatt/store')
  await using database = await openDatabase({ url: server.url('postgres'), poolSize: 1 })
  for (const statement of FORGET) await database.query(statement)
}

const keep = async (folder: string, name: string): Promise<string> => {
  const { fileSecret } = await import('@interwatt/platform')
  try {
    return fileSecret(folder, name).value
  } catch (cause) {
    throw new Failure(`${folder} cannot be used: ${reasonOf(cause)}.`, {
      hint: 'Choose a folder you may write to with --data-dir.',
      cause,
    })
  }
}

const startPlatform = async <P extends DemoParty>(
  party: P,
  place: {
    readonly port: number
    readonly dataDir: string
    readonly database: Database
    readonly speed: number
  },
  closers: Closers,
): Promise<Platform<P>> => {
  const { createNode, createSecrets, ensureApiKey, parseSettings } = await import('@interwatt/platform')
  const url = `http://${HOST}:${place.port}`
  const folder = join(place.dataDir, party.key)
  const parsed = parseSettings(
    {
      PORT: String(place.port),
      PUBLIC_URL: url,
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      RECORD_MESSAGES: 'true',
      MESSAGE_GIGABYTES: '1',
      DRIVER_APP: String(party.role === 'EMSP'),
      DRIVER_DEMO: 'true',
      DRIVER_DEMO_SPEED: String(Math.max(1, Math.round(place.speed))),
    },
    { host: HOST, allowPrivate: true },
  )
  if (parsed.kind === 'errors') throw new Failure(parsed.errors.join(' '))
  const [secret, key] = [await keep(folder, 'secret'), await keep(folder, 'operator-key')]
  try {
    const version = productVersion()
    const { settings } = parsed
    const { database } = place
    const node = await createNode({ settings, database, secret, version, ...builtWeb() })
    closers.add(() => node.close())
    await ensureApiKey(node.stores.keys, createSecrets(secret), { name: 'demonstration', text: key })
  } catch (error) {
    throw startFailure(error, parsed.settings)
  }
  return { party, url, key, operator: connectOperator({ url, key }) }
}

/** As many free ports as wanted, from one on. */
const freePorts = async (first: number, count: number): Promise<readonly number[]> => {
  const ports: number[] = []
  for (let port = first; ports.length < count; port = (ports.at(-1) ?? port) + 1)
    ports.push(await firstFreePort(HOST, port))
  return ports
}

/** Starts one database server and the platforms on it, each with a database of its own. Throws Failure. */
export const startPlatforms = async (options: PlatformOptions, closers: Closers): Promise<Platforms> => {
  const { dataDir } = options
  const server = await startServer({ dataDir }, closers)
  try {
    await claim(server, dataDir, closers)
    if (options.fresh) await forget(server)
    const [firstEmsp, ...otherEmsps] = options.versions ? emspOfEachVersion : ([emspParty] as const)
    const pays = options.cardPayments > 0
    const ports = await freePorts(options.port, otherEmsps.length + (pays ? 3 : 2))
    if (ports.some((port, index) => port !== options.port + index)) options.onOtherPorts(ports)
    const { openDatabase } = await import('@interwatt/store')
    const start = async <P extends DemoParty>(party: P, index: number): Promise<Platform<P>> => {
      const name = databaseOf(party)
      const port = ports[index] ?? options.port + index
      await server.createDatabase(name)
      const database = await openDatabase({ url: server.url(name) })
      closers.add(() => database.close())
      return startPlatform(party, { port, dataDir, database, speed: options.speed }, closers)
    }
    const cpo = await start(cpoParty, 0)
    const emsp = await start(firstEmsp, 1)
    const others: Platform<DemoEmsp>[] = []
    for (const party of otherEmsps) others.push(await start(party, others.length + 2))
    const ptp = pays ? await start(ptpParty, others.length + 2) : undefined
    return { cpo, emsps: [emsp, ...others], ptp }
  } catch (error) {
    throw databaseFailure(error)
  }
}
