// A node in a process of its own, so that its memory and start are its own. Settings come from the environment.
import { createNode, createSecrets, ensureApiKey, parseSettings } from '../../packages/platform/dist/index.js'
import { openDatabase } from '../../packages/store/dist/index.js'

const parsed = parseSettings(process.env, { host: '127.0.0.1', allowPrivate: true })
if (parsed.kind === 'errors') throw new Error(parsed.errors.join(' '))
const { settings } = parsed
const folder = process.env.BENCH_CONSOLE
const served = folder === undefined ? {} : { consoleFolder: folder }
const database = await openDatabase({ url: settings.databaseUrl })
const node = await createNode({ settings, database, secret: settings.secret, version: 'bench', ...served })
await ensureApiKey(node.stores.keys, createSecrets(settings.secret), { name: 'bench', text: settings.apiKey })
process.send?.({ ready: true })
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage() })
  if (message === 'memory') {
    globalThis.gc?.()
    process.send?.({ rss: process.memoryUsage.rss() })
  }
})
process.on('SIGTERM', async () => {
  await node.close()
  await database.close()
  process.exit(0)
})
