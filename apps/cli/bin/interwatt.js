#!/usr/bin/env node
// Plain JavaScript, so that it runs before anything is built and can say what is missing.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isSupportedNode } from './node-version.js'

const entry = new URL('../dist/index.js', import.meta.url)
const builder = new URL('../../../scripts/build-when-stale.js', import.meta.url)

/** Builds a fresh clone once; a published package comes with its dist. */
const ensureEntry = async () => {
  if (existsSync(fileURLToPath(entry))) return true
  if (!existsSync(fileURLToPath(builder))) {
    process.stderr.write('interwatt: the package is incomplete, dist is missing. Install it again.\n')
    return false
  }
  const { buildWhenStale } = await import(builder.href)
  return buildWhenStale()
}

if (isSupportedNode() && (await ensureEntry())) {
  const { main } = await import(entry.href)
  process.exitCode = await main(process.argv.slice(2))
} else {
  process.exitCode = 1
}
