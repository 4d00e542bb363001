import { defineConfig, type Plugin } from 'vite'
import { pageNames } from './src/app/page-names.js'

/** Tells the node which addresses are pages of the console, so that it answers 404 for all others. */
const listPages = (): Plugin => ({
  name: 'list-pages',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify({ pages: pageNames }) })
  },
})

/** `npm run dev -w apps/console` talks to the node at `INTERWATT_URL`. */
const node = process.env.INTERWATT_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [listPages()],
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    // NOTE: without this the preload of lazy pages writes inline styles and scripts for old browsers.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': node } },
})
