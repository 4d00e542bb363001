import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inMemoryServices } from '../operator/testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from '../operator/testing/operator-server.js'
import { loadWeb } from './web-files.js'

let server: OperatorServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<meta name="style-nonce" content="__STYLE_NONCE__">')
  await writeFile(join(folder, 'pages.json'), '{"pages":["partners"]}')
  await writeFile(join(folder, 'assets/app-B3x.js'), 'run()')
  await writeFile(join(folder, 'assets/app-B3x.js.gz'), gzipSync('run()'))
  await writeFile(join(folder, 'icon.svg'), '<svg/>')
  await writeFile(join(folder, 'notes.exe'), 'no')
  server = await operatorServer(inMemoryServices(), { consoleFolder: folder })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init)

test.each(['/', '/partners', '/partners/some-id?tab=losses'])(
  '%s is the page, without a key',
  async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  },
)

test('the page lets only files of the node run, and its styles by a nonce used once', async () => {
  const [first, second] = [await get('/'), await get('/')]
  const policy = first.headers.get('content-security-policy') ?? ''
  const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1]
  expect(await first.text()).toBe(`<meta name="style-nonce" content="${nonce}">`)
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  expect(second.headers.get('content-security-policy')).not.toBe(policy)
})

test('the page may ask the one host of a map from the settings, and no other', async () => {
  const mapStyle = {
    kind: 'raster',
    url: 'https://tiles.example:8443/{z}/{x}/{y}.png?key=1',
    attribution: '',
  } as const
  await using other = await operatorServer(inMemoryServices(), { consoleFolder: folder, mapStyle })
  const policy = (await fetch(other.url)).headers.get('content-security-policy')
  expect(policy).toContain("connect-src 'self' https://tiles.example:8443;")
  expect(policy).toContain("img-src 'self' data: blob: https://tiles.example:8443;")
  expect((await get('/')).headers.get('content-security-policy')).toContain("connect-src 'self';")
  const session = await other.call('GET', '/api/v1/session')
  expect(await session.json()).toMatchObject({ map: { style: mapStyle } })
})

test('a file with a hash in its name is kept for ever, compressed where the browser takes that', async () => {
  const plain = await get('/assets/app-B3x.js', { headers: { 'accept-encoding': 'identity' } })
  expect(await plain.text()).toBe('run()')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-encoding')).toBeNull()
  const packed = await get('/assets/app-B3x.js', { headers: { 'accept-encoding': 'br, gzip' } })
  expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual([
    'gzip',
    'accept-encoding',
  ])
  expect(await packed.text()).toBe('run()')
  expect((await get('/icon.svg')).headers.get('cache-control')).toBe('public, max-age=3600')
})

test('HEAD answers as GET would, without the body', async () => {
  const head = await get('/assets/app-B3x.js', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '5', ''])
  expect((await get('/', { method: 'HEAD' })).status).toBe(200)
})

test.each([
  '/nothing',
  '/assets/old-A1.js',
  '/assets/app-B3x.js.gz',
  '/assets/..%2findex.html',
  '/pages.json',
  '/index.html',
  '/notes.exe',
  '/api/v1/nothing',
])('%s is not there', async (path) => {
  const answer = await get(path, { headers: { authorization: `Bearer ${server.key}` } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ])
})

test('another method than reading is answered 405', async () => {
  const headers = { authorization: `Bearer ${server.key}` }
  const answer = await get('/partners', { method: 'POST', headers })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('a folder without a build is said so', async () => {
  await expect(loadWeb(join(folder, 'assets'))).rejects.toThrow('holds no built web app')
})
