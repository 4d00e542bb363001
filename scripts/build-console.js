// Builds the web console into apps/console/dist/web and compresses its files. Plain JavaScript: it runs before any build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const app = fileURLToPath(new URL('../apps/console/', import.meta.url))
const out = join(app, 'dist/web')

/** Kinds of files that get smaller. */
const COMPRESSED = ['.css', '.js', '.json', '.mjs', '.svg', '.txt']

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

/** Builds the console; throws with what Vite says when it cannot. */
export const buildConsole = async () => {
  const { build } = await import('vite')
  await build({ root: app, configFile: join(app, 'vite.config.ts'), logLevel: 'error' })
  for (const file of filesIn(out)) {
    if (!COMPRESSED.includes(extname(file)) || file.endsWith('index.html')) continue
    const bytes = readFileSync(file)
    const packed = gzipSync(bytes, { level: 9 })
    if (packed.length < bytes.length) writeFileSync(`${file}.gz`, packed)
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildConsole()
