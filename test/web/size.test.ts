import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../apps/console/dist/web/assets')
/** The map library, its worker and the base map: fetched when the map is opened. */
const MAP = /^(map-page|maplibre|countries)/

it('the console without its map is under 500 kB compressed, all pages together', () => {
  const packed = readdirSync(folder).filter((name) => name.endsWith('.gz') && !MAP.test(name))
  const bytes = packed.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  expect(packed.length).toBeGreaterThan(10)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThan(500_000)
})
