import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { isJsonObject } from '@interwatt/protocol'

/** One file of a built web app, ready for the socket. */
export interface WebFile {
  readonly type: string
  readonly bytes: Buffer
  /** The same compressed with gzip, where the build made it. */
  readonly gzipped: Buffer | undefined
}

/** A built web app in memory. */
export interface WebFiles {
  /** `index.html`, with `NONCE_MARK` where the nonce of an answer goes. */
  readonly page: string
  /** First segments of the addresses of its pages, such as `partners`. */
  readonly pages: readonly string[]
  /** Everything else by its address, such as `/assets/index-B3x.js`. */
  readonly files: ReadonlyMap<string, WebFile>
}

/** Stands in `index.html` for the nonce that lets the page write its styles. */
export const NONCE_MARK = '__STYLE_NONCE__'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

const readFiles = async (folder: string, path = ''): Promise<Map<string, Buffer>> => {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const name = `${path}/${entry.name}`
    if (!entry.isDirectory()) files.set(name, await readFile(join(folder, name)))
    else for (const [inner, bytes] of await readFiles(folder, name)) files.set(inner, bytes)
  }
  return files
}

const pagesOf = (text: Buffer | undefined): readonly string[] => {
  const parsed: unknown = text === undefined ? undefined : JSON.parse(text.toString('utf8'))
  const pages = isJsonObject(parsed) ? parsed.pages : undefined
  return Array.isArray(pages) ? pages.filter((page): page is string => typeof page === 'string') : []
}

/**
 * Reads a built web app: `index.html`, `pages.json` with the addresses that are pages, and files with content hashes in their
 * names below `assets`. Throws when the folder is no such build.
 */
export const loadWeb = async (folder: string): Promise<WebFiles> => {
  const all = await readFiles(folder)
  const page = all.get('/index.html')?.toString('utf8')
  if (page === undefined) throw new Error(`${folder} holds no built web app: index.html is missing.`)
  const own = ['/index.html', '/pages.json']
  const files = [...all]
    .filter(([name]) => !own.includes(name) && !name.endsWith('.gz') && TYPES[extname(name)] !== undefined)
    .map(([name, bytes]) => {
      const type = TYPES[extname(name)] ?? ''
      return [name, { type, bytes, gzipped: all.get(`${name}.gz`) }] as const
    })
  return { page, pages: pagesOf(all.get('/pages.json')), files: new Map(files) }
}
