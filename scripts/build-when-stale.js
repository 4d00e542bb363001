// Builds the workspaces when a source is newer than what was built from it. Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWebApp, WEB_APPS } from './build-web.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Latest change in a folder, in epoch milliseconds; 0 for an empty one. */
const newestIn = (folder) => {
  let newest = statSync(folder).mtimeMs
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs)
  }
  return newest
}

const isStale = (project) => {
  const built = join(root, project, 'dist', '.tsbuildinfo')
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return (
    newestIn(join(root, project, 'src')) > builtAt ||
    statSync(join(root, project, 'tsconfig.json')).mtimeMs > builtAt
  )
}

const projects = () =>
  JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).references.map(({ path }) => path)

/** Whether a web app is older than its sources. */
const isWebStale = (web) => {
  const app = join(root, 'apps', web)
  const built = join(app, 'dist/web/index.html')
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  const files = ['index.html', 'vite.config.ts', 'package.json'].map(
    (name) => statSync(join(app, name)).mtimeMs,
  )
  return Math.max(newestIn(join(app, 'src')), newestIn(join(app, 'public')), ...files) > builtAt
}

const say = (text) => process.stderr.write(text)

const compile = (compiler) => {
  const build = spawnSync(process.execPath, [compiler, '-b'], { cwd: root, encoding: 'utf8' })
  return build.status === 0
    ? ''
    : `${build.stdout ?? ''}${build.stderr ?? ''}${build.error?.message ?? ''}`.trim()
}

const bundle = async (apps) => {
  try {
    for (const app of apps) await buildWebApp(app)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** True when everything is built afterwards; otherwise the reason was printed. */
export const buildWhenStale = async () => {
  const [code, web] = [projects().some(isStale), WEB_APPS.filter(isWebStale)]
  if (!code && web.length === 0) return true
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  if (!existsSync(compiler)) {
    say('Interwatt is not built and its compiler is not installed. Run "npm ci" in this folder first.\n')
    return false
  }
  say('Building Interwatt ... ')
  const startedMs = performance.now()
  const trouble = (code ? compile(compiler) : '') || (await bundle(web))
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  if (trouble === '') {
    say(`done in ${seconds} s.\n`)
    return true
  }
  say(`failed.\n${trouble}\nThe sources do not compile. Undo local changes, or run "npm ci" again.\n`)
  return false
}
