import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'
import { pageNames } from './src/app/page-names.js'
import { languages } from './src/texts/languages.js'

/** Tells the node which addresses are pages of the app, so that it answers 404 for all others. */
const listPages = (): Plugin => ({
  name: 'list-pages',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify({ pages: pageNames }) })
  },
})

/** The map library, its worker, the base map, and the reader of codes: kept when they were first used, not before. */
const KEPT_LATER = /^assets\/(maplibre|countries|station-map|jsQR)/

const SHELL_MARK = '__SHELL__'

/** Writes into the service worker which files make the app work without a connection, and a version made of them. */
const listShell = (): Plugin => ({
  name: 'list-shell',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['service-worker.js']
    if (worker?.type !== 'chunk') throw new Error('The build has no service worker.')
    const files = Object.keys(bundle)
      .filter((name) => name.startsWith('assets/') && !KEPT_LATER.test(name))
      .sort()
    const hash = createHash('sha256').update(worker.code)
    for (const name of Object.keys(bundle).sort()) hash.update(name)
    const version = hash.digest('hex').slice(0, 12)
    worker.code = worker.code.replace(SHELL_MARK, JSON.stringify({ version, files }))
  },
})

/** `npm run dev -w apps/drive` talks to the node at `INTERWATT_URL`. */
const node = process.env.INTERWATT_URL ?? 'http://127.0.0.1:8080'

const isText = new RegExp(`/src/texts/(?:[a-z-]+/)?(${languages.join('|')})\\.ts$`)

export default defineConfig({
  base: '/drive/',
  plugins: [listPages(), listShell()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    // NOTE: without this the preload of lazy pages writes inline scripts for old browsers.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/service-worker/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js',
        codeSplitting: {
          groups: [{ name: (id) => isText.exec(id)?.[1] ?? null, test: isText, minSize: 0 }],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/driver': node } },
})
