import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  createNode,
  createSecrets,
  ensureApiKey,
  type Node,
  type NodeOptions,
  parseSettings,
} from '@interwatt/platform'
import { openDatabase } from '@interwatt/store'
import { testDatabase } from '@interwatt/store/testing'

/** A node under test: real HTTP on a free port of the loopback, a database of its own, one operator key. */
export interface TestNode extends AsyncDisposable {
  readonly node: Node
  readonly url: string
  readonly apiKey: string
  readonly databaseUrl: string
  /** Calls the operator API; answers status and parsed body. */
  api(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>
  /** Starts another node over the same database, with the same public address and a port of its own; it ends with this one at the latest. */
  beside(): Promise<AsyncDisposable & { readonly url: string }>
  /** Stops the node and starts it again over the same database. */
  restart(): Promise<void>
}

/** A port of the loopback that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })

const builtWeb = (app: string): string =>
  fileURLToPath(new URL(`../../apps/${app}/dist/web`, import.meta.url))

export interface TestNodeOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Serves the built console. */
  readonly console?: true
  /** Serves the built driver app, or the one in a folder. */
  readonly drive?: true | string
  /** Its public name: passkeys belong to names, not to numbers. */
  readonly name?: 'localhost'
  /** Bounds of delivery, such as short waits after an outage. */
  readonly syncLimits?: NodeOptions['syncLimits']
  /** A clock of its own, in epoch milliseconds. */
  readonly now?: () => number
  /** Bounds of what waits to be recorded. */
  readonly messageLimits?: NodeOptions['messageLimits']
}

/** Starts a node over a fresh database. */
export const startTestNode = async (options: TestNodeOptions = {}): Promise<TestNode> => {
  const database = await testDatabase()
  const port = await freePort()
  const url = `http://${options.name ?? '127.0.0.1'}:${port}`
  const secret = randomBytes(32).toString('base64url')
  const apiKey = `test-key-${randomBytes(12).toString('hex')}`
  const settingsAt = (ownPort: number) => {
    const parsed = parseSettings(
      {
        PORT: String(ownPort),
        PUBLIC_URL: url,
        LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
        ...options.env,
      },
      { host: '127.0.0.1', allowPrivate: true },
    )
    if (parsed.kind === 'errors') throw new Error(parsed.errors.join(' '))
    return parsed.settings
  }
  const start = async (ownPort = port) => {
    const settings = settingsAt(ownPort)
    const opened = await openDatabase({ url: database.url })
    const node = await createNode({
      settings,
      database: opened,
      secret,
      version: '0.0.0-test',
      ...(options.console === undefined ? {} : { consoleFolder: builtWeb('console') }),
      ...(options.drive === undefined
        ? {}
        : { driveFolder: options.drive === true ? builtWeb('drive') : options.drive }),
      ...(options.syncLimits === undefined ? {} : { syncLimits: options.syncLimits }),
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.messageLimits === undefined ? {} : { messageLimits: options.messageLimits }),
    })
    await ensureApiKey(node.stores.keys, createSecrets(secret), { name: 'test', text: apiKey })
    return { node, opened }
  }
  let running = await start()
  const others = new Set<typeof running>()
  const end = async ({ node, opened }: typeof running) => {
    await node.close()
    await opened.close()
  }
  const stop = () => end(running)
  return {
    get node() {
      return running.node
    },
    url,
    apiKey,
    databaseUrl: database.url,
    async api(method, path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async beside() {
      const ownPort = await freePort()
      const other = await start(ownPort)
      others.add(other)
      return {
        url: `http://127.0.0.1:${ownPort}`,
        async [Symbol.asyncDispose]() {
          if (others.delete(other)) await end(other)
        },
      }
    },
    async restart() {
      await stop()
      running = await start()
    },
    async [Symbol.asyncDispose]() {
      for (const other of others) await end(other)
      await stop()
      await database.drop()
    },
  }
}

/** Waits until `check` gives a value, asking every 50 ms; throws what was awaited when it does not come. */
export const eventually = async <T>(
  what: string,
  check: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 15_000,
): Promise<T> => {
  const end = Date.now() + timeoutMs
  for (;;) {
    const value = await check()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
