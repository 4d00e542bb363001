import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNode, createSecrets, ensureApiKey, parseSettings } from '@interwatt/platform'
import { migrate, openDatabase, startEmbeddedPostgres } from '@interwatt/store'

/** A port of the loopback that was free a moment ago. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** A node over a database of its own, on a free port of the loopback. `api` throws on a refusal. */
export const startNode = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interwatt-interop-'))
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => undefined })
  await server.createDatabase('interwatt')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const parsed = parseSettings(
    { PORT: String(port), PUBLIC_URL: url, LOG_LEVEL: process.env.INTEROP_LOG_LEVEL ?? 'silent' },
    { host: '127.0.0.1', allowPrivate: true },
  )
  if (parsed.kind === 'errors') throw new Error(parsed.errors.join(' '))
  const database = await openDatabase({ url: server.url('interwatt') })
  await migrate(database)
  const secret = randomBytes(32).toString('base64url')
  const apiKey = `interop-${randomBytes(12).toString('hex')}`
  const node = await createNode({ settings: parsed.settings, database, secret, version: '0.0.0-interop' })
  await ensureApiKey(node.stores.keys, createSecrets(secret), { name: 'interop', text: apiKey })

  const api = async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    api,
    async close() {
      await node.close()
      await database.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
