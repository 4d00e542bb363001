import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/**
 * The import table of docs/architecture.md as data: which of our packages a package may import. A package reaches another only
 * through its entries, never into its files.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/protocol': [],
  'packages/pricing': ['protocol'],
  'packages/client': ['protocol'],
  'packages/server': ['protocol'],
  'packages/store': ['protocol'],
  'packages/sync': ['protocol', 'client', 'store'],
  'packages/platform': ['protocol', 'pricing', 'client', 'server', 'store', 'sync'],
  'packages/simulator': ['protocol', 'pricing', 'client'],
  'apps/cli': ['protocol', 'pricing', 'platform', 'simulator', 'store'],
  'apps/console': [],
  'apps/drive': [],
}

/** Packages that do no input or output at all. */
const pure: readonly string[] = ['packages/protocol', 'packages/pricing']

/** Entries besides the main one; tests only. */
const TEST_ENTRY = '/testing'

const root = fileURLToPath(new URL('../..', import.meta.url))

const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : sourceFiles(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\b\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  )

/** Tests, and what only tests import. */
const isTestFile = (file: string): boolean => /\.test\.ts$|\/testing\//.test(file)

const rows = Object.entries(mayImport).flatMap(([folder, allowed]) =>
  sourceFiles(join(root, folder, 'src')).map((file) => ({
    folder,
    allowed,
    file,
    name: relative(root, file),
  })),
)

describe('the import table', () => {
  it('covers every package and app', () => {
    const folders = ['packages', 'apps'].flatMap((parent) =>
      readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
    )
    expect(folders.sort()).toEqual(Object.keys(mayImport).sort())
  })

  it('lets a package import only what stands in its row, through public entries', () => {
    const wrong = rows.flatMap(({ allowed, file, name, folder }) =>
      importsOf(file)
        .filter((target) => target.startsWith('@interwatt/'))
        .filter((target) => {
          const bare = target.replace('@interwatt/', '')
          const testing = bare.endsWith(TEST_ENTRY)
          if (testing && !isTestFile(file)) return true
          const wanted = testing ? bare.slice(0, -TEST_ENTRY.length) : bare
          return !(allowed.includes(wanted) || (testing && folder === `packages/${wanted}`))
        })
        .map((target) => `${name} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps relative imports inside their package', () => {
    const wrong = rows.flatMap(({ folder, file, name }) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .filter((target) => relative(join(root, folder), join(file, '..', target)).startsWith('..'))
        .filter(() => !isTestFile(file))
        .map((target) => `${name} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps node and other effects out of pure packages', () => {
    const wrong = rows
      .filter(({ folder, file }) => pure.includes(folder) && !isTestFile(file))
      .flatMap(({ file, name }) =>
        importsOf(file)
          .filter((target) => !target.startsWith('.') && !target.startsWith('@interwatt/'))
          .map((target) => `${name} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('finds imports at all', () => {
    expect(rows.length).toBeGreaterThan(100)
    expect(
      rows.flatMap(({ file }) => importsOf(file)).filter((target) => target === '@interwatt/protocol').length,
    ).toBeGreaterThan(20)
  })
})
