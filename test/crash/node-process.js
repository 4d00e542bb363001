// One node as a process of its own, to be killed: embedded PostgreSQL under DATA_DIR, settings from the environment.
// Says `{"event":"ready"}` on standard output; ends in order when its standard input closes, so that it never outlives
// the run that started it.
import { join } from 'node:path'
import { createNode, createSecrets, ensureApiKey, parseSettings } from '@interwatt/platform'
import { openDatabase, startEmbeddedPostgres } from '@interwatt/store'

const parsed = parseSettings(process.env, { host: '127.0.0.1', allowPrivate: true })
if (parsed.kind === 'errors') throw new Error(parsed.errors.join(' '))
const { settings } = parsed
const secret = settings.secret ?? ''

const server = await startEmbeddedPostgres({
  dataDir: join(settings.dataDir, 'postgres'),
  log: (line) => process.stderr.write(`postgres: ${line}\n`),
})
await server.createDatabase('interwatt')
const database = await openDatabase({ url: server.url('interwatt') })
// Production leases last 30 s; with kills every few seconds a node would hardly ever push between two of them.
const syncLimits = { leaseMs: 4_000 }
const node = await createNode({ settings, database, secret, version: '0.0.0-crash', syncLimits })
await ensureApiKey(node.stores.keys, createSecrets(secret), { name: 'crash', text: settings.apiKey ?? '' })
process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`)

process.stdin.resume()
process.stdin.once('end', async () => {
  setTimeout(() => process.exit(1), 30_000).unref()
  await node.close()
  await database.close()
  await server.stop()
  process.exit(0)
})
