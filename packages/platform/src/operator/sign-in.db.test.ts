import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApiKey } from './api-keys.js'
import type { OperatorDeps } from './deps.js'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'
import { pick } from './testing/pick.js'

let server: OperatorServer
let clockMs = Date.parse('2026-03-01T10:00:00Z')

beforeAll(async () => {
  server = await operatorServer(inMemoryServices(), { now: () => clockMs, sessionHours: 2, recheckMs: 50 })
})
afterAll(() => server[Symbol.asyncDispose]())

const keyWith = async (role: 'admin' | 'operator' | 'support' | 'read-only'): Promise<string> => {
  const made: unknown = await (await server.call('POST', '/api/v1/keys', { name: `a ${role}`, role })).json()
  return String(pick(made, 'key'))
}

const signIn = async (key: string, at: Pick<OperatorServer, 'url'> = server) => {
  const answer = await fetch(`${at.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  })
  const set = answer.headers.get('set-cookie') ?? ''
  const body: unknown = await answer.json()
  return { answer, set, cookie: set.split(';')[0] ?? '', csrf: String(pick(body, 'csrf')), body }
}

/** Asks with a cookie, never with a key. */
const ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> =>
  fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('signing in', () => {
  test('makes a cookie of a key that no script and no other site can use', async () => {
    const { answer, set, body, cookie } = await signIn(server.key)
    expect(answer.status).toBe(201)
    expect(set).toMatch(
      /^__Host-interwatt_session=[\w-]{43}; Max-Age=7200; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect(set).not.toContain(server.key)
    expect(body).toMatchObject({ key_name: 'tests', role: 'admin', expires_at: '2026-03-01T12:00:00.000Z' })
    expect((await ask('GET', '/parties', { cookie })).status).toBe(200)
  })

  test('names the cookie after the port, since browsers send cookies to every port of a host', async () => {
    await using other = await operatorServer(inMemoryServices(), { publicUrl: 'http://127.0.0.1:8081' })
    expect((await signIn(other.key, other)).set).toMatch(
      /^interwatt_session_8081=[\w-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  test('refuses a wrong key with 401 and too many of them with 429', async () => {
    await using other = await operatorServer(inMemoryServices())
    const statuses = new Set<number>()
    for (let attempt = 0; attempt < 22; attempt += 1)
      statuses.add((await signIn(`wrong-${attempt}`, other)).answer.status)
    expect([...statuses]).toEqual([401, 429])
    expect((await signIn('wrong', other)).answer.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  test('keeps only a hash of what is in the cookie', async () => {
    const { cookie } = await signIn(server.key)
    const { rows } = await server.database.query({ text: 'select * from operator_sessions' })
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1])
  })
})

describe('a write with a cookie', () => {
  test('needs the header that only a page of this node can know', async () => {
    const { cookie, csrf } = await signIn(server.key)
    const body = { name: 'made by a page' }
    expect((await ask('POST', '/keys', { cookie }, body)).status).toBe(403)
    expect((await ask('POST', '/keys', { cookie, 'x-interwatt-csrf': 'guessed' }, body)).status).toBe(403)
    const other = await signIn(server.key)
    expect((await ask('POST', '/keys', { cookie, 'x-interwatt-csrf': other.csrf }, body)).status).toBe(403)
    expect((await ask('POST', '/keys', { cookie, 'x-interwatt-csrf': csrf }, body)).status).toBe(201)
  })

  test('needs no such header with a key', async () => {
    expect((await server.call('POST', '/api/v1/keys', { name: 'by key' })).status).toBe(201)
  })
})

describe('the end of a sign-in', () => {
  test('comes with its time, and says so', async () => {
    const { cookie } = await signIn(server.key)
    clockMs += 2 * 3_600_000
    const answer = await ask('GET', '/session', { cookie })
    expect([answer.status, pick(await answer.json(), 'detail')]).toEqual([
      401,
      'This sign-in has ended. Sign in again.',
    ])
  })

  test('comes with signing out', async () => {
    const { cookie, csrf } = await signIn(server.key)
    const answer = await ask('DELETE', '/session', { cookie, 'x-interwatt-csrf': csrf })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ])
    expect((await ask('GET', '/session', { cookie })).status).toBe(401)
  })

  test('comes with the withdrawal of its key, at once', async () => {
    const made: unknown = await (await server.call('POST', '/api/v1/keys', { name: 'short' })).json()
    const { cookie } = await signIn(String(pick(made, 'key')))
    expect((await ask('GET', '/session', { cookie })).status).toBe(200)
    await server.call('DELETE', `/api/v1/keys/${String(pick(made, 'id'))}`)
    expect((await ask('GET', '/session', { cookie })).status).toBe(401)
  })
})

describe('an event stream', () => {
  const opened = (headers: Record<string, string>): Promise<Response> => ask('GET', '/events', headers)

  test('ends with the sign-in that opened it', async () => {
    const { cookie, csrf } = await signIn(server.key)
    const stream = await opened({ cookie })
    await ask('DELETE', '/session', { cookie, 'x-interwatt-csrf': csrf })
    expect(await stream.text()).toContain('retry:')
  })

  test('ends with the key that opened it', async () => {
    const made: unknown = await (await server.call('POST', '/api/v1/keys', { name: 'reader' })).json()
    const stream = await opened({ authorization: `Bearer ${String(pick(made, 'key'))}` })
    await server.call('DELETE', `/api/v1/keys/${String(pick(made, 'id'))}`)
    expect(await stream.text()).toContain('retry:')
  })
})

describe('roles', () => {
  const tries = [
    ['GET', '/partners', undefined],
    ['POST', '/commands/UNLOCK_CONNECTOR', {}],
    ['POST', '/partners', { name: 'P' }],
    ['POST', '/keys', { name: 'k' }],
  ] as const
  const expected = {
    'read-only': [true, false, false, false],
    support: [true, true, false, false],
    operator: [true, true, true, false],
    admin: [true, true, true, true],
  } as const

  test.each(['read-only', 'support', 'operator', 'admin'] as const)(
    '%s may do what it may, by key and by cookie',
    async (role) => {
      const key = await keyWith(role)
      const { cookie, csrf } = await signIn(key)
      for (const headers of [{ authorization: `Bearer ${key}` }, { cookie, 'x-interwatt-csrf': csrf }]) {
        const statuses = []
        for (const [method, path, body] of tries)
          statuses.push((await ask(method, path, headers, body)).status)
        expect(statuses.map((status) => status !== 403)).toEqual(expected[role])
      }
    },
  )

  test('the refusal names the role that is needed', async () => {
    const answer = await ask(
      'POST',
      '/keys',
      { authorization: `Bearer ${await keyWith('support')}` },
      { name: 'k' },
    )
    expect(await answer.json()).toMatchObject({
      status: 403,
      title: 'Role not sufficient',
      detail: 'This needs the role admin; this request has the role support.',
    })
  })

  test('a key without a named role may do everything, as keys always could', async () => {
    const { key } = newApiKey('old', { hash: (text) => text } as OperatorDeps['secrets'], 0)
    expect(key.role).toBe('admin')
  })

  test('every call of the API says in its description which role it needs', async () => {
    const document: unknown = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
    expect(pick(document, 'paths./api/v1/keys.post.x-required-role')).toBe('admin')
    expect(pick(document, 'paths./api/v1/commands/{type}.post.x-required-role')).toBe('support')
    expect(pick(document, 'paths./api/v1/partners.get.x-required-role')).toBe('read-only')
  })
})
