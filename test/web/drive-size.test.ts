import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../apps/drive/dist/web')
const assets = join(folder, 'assets')
/** The map library, its worker, the base map and the reader of codes: fetched when they are first used. */
const MAP = /^(station-map|maplibre|countries|jsQR)/
/** Texts: one language is fetched. */
const TEXTS = /^(de|fr|nl)-/

const compressed = (name: string): number => {
  const path = join(assets, name)
  return readdirSync(assets).includes(`${name}.gz`) ? statSync(`${path}.gz`).size : statSync(path).size
}

const files = readdirSync(assets).filter((name) => !name.endsWith('.gz'))

describe('the driver app', () => {
  it('is under 250 kB compressed without the map library, all pages together, in one language', () => {
    const bytes = files
      .filter((name) => !MAP.test(name) && !TEXTS.test(name))
      .reduce((sum, name) => sum + compressed(name), 0)
    expect(bytes).toBeGreaterThan(30_000)
    expect(bytes).toBeLessThan(250_000)
  })

  it('draws its frame from under 60 kB compressed: page, styles and what they name', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    const named = files.filter((name) => page.includes(`/drive/assets/${name}`) || name.startsWith('en-'))
    const bytes = named.reduce((sum, name) => sum + compressed(name), 0)
    expect(named.length).toBeGreaterThan(2)
    expect(bytes).toBeLessThan(60_000)
  })

  it('has each language in a file of its own', () => {
    expect(files.filter((name) => /^(en|de|fr|nl)-/.test(name)).map((name) => name.slice(0, 2))).toEqual([
      'de',
      'en',
      'fr',
      'nl',
    ])
  })

  it('lists in its service worker what it needs without a connection, and not the map', () => {
    const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8')
    const shell = files.filter((name) => !MAP.test(name))
    expect(shell.filter((name) => !worker.includes(`assets/${name}`))).toEqual([])
    expect(files.filter((name) => MAP.test(name) && worker.includes(name))).toEqual([])
    expect(worker).not.toMatch(/\b(import|export)\b/)
  })
})
