// Builds the web apps, the console and the driver's app, into dist/web of each, and compresses their files. Plain JavaScript: it runs before any build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

/** The web apps by the names of their folders in apps. */
export const WEB_APPS = ['console', 'drive']

const folderOf = (app) => fileURLToPath(new URL(`../apps/${app}/`, import.meta.url))

/** Kinds of files that get smaller. */
const COMPRESSED = ['.css', '.js', '.json', '.mjs', '.svg', '.txt', '.webmanifest']

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

const compress = (out) => {
  for (const file of filesIn(out)) {
    if (!COMPRESSED.includes(extname(file)) || file.endsWith('index.html')) continue
    const bytes = readFileSync(file)
    const packed = gzipSync(bytes, { level: 9 })
    if (packed.length < bytes.length) writeFileSync(`${file}.gz`, packed)
  }
}

/** Builds one of the web apps; throws with what Vite says when it cannot. */
export const buildWebApp = async (app) => {
  const { build } = await import('vite')
  const root = folderOf(app)
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  compress(join(root, 'dist/web'))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const app of WEB_APPS) await buildWebApp(app)
