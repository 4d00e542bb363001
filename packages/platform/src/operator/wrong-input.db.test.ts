import { connect } from 'node:net'
import { StoreUnavailable } from '@interwatt/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NodeServices } from '../services.js'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'
import { pick } from './testing/pick.js'

let server: OperatorServer
const memory = inMemoryServices()
const services: NodeServices = {
  ...memory,
  commands: { ...memory.commands, list: () => Promise.reject(new StoreUnavailable('gone at 10.0.0.7')) },
  authorizations: {
    ...memory.authorizations,
    list: () => Promise.reject(new Error('a bug that knows token sec-ret-123')),
  },
}

beforeAll(async () => {
  server = await operatorServer(services)
})
afterAll(() => server[Symbol.asyncDispose]())

type Case = readonly [
  why: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  pointer?: string,
]

const PRICED = { id: 'T1', currency: 'EUR', elements: [], last_updated: '2026-01-01T00:00:00Z' }
const CHARGE = { start: '2026-11-22T18:00:00Z', energy: { kwh: 20 } }
const PLACE = { country_code: 'DE', party_id: 'CPO', location_id: 'L', evse_uid: 'E', connector_id: '1' }
const SENT = { tariffs: [PRICED], connector: { max_power_kw: 11, power_type: 'DC' } }

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
const cases: readonly Case[] = [
  ['an unknown address', 'GET', '/nothing', undefined, 404],
  ['an unknown address below a known one', 'GET', '/parties/DE/IWC/x/y', undefined, 404],
  ['a method that is not offered', 'POST', '/parties', {}, 405],
  ['a method that is not offered for one object', 'POST', '/tariffs/DE/IWC/T1', {}, 405],
  ['no JSON', 'PUT', '/tariffs/DE/IWC/T1', '{"a":', 400],
  ['an empty body', 'PUT', '/tariffs/DE/IWC/T1', '', 400],
  ['a list in place of an object', 'PUT', '/tariffs/DE/IWC/T1', [], 400, ''],
  ['a text in place of an object', 'PUT', '/tariffs/DE/IWC/T1', '"x"', 400, ''],
  ['null in place of an object', 'PATCH', '/tariffs/DE/IWC/T1', 'null', 400, ''],
  ['a NUL character', 'PUT', '/tariffs/DE/IWC/T1', '{"x":"a\\u0000b"}', 400],
  ['half of a surrogate pair', 'PUT', '/tariffs/DE/IWC/T1', '{"x":"\\ud800"}', 400],
  ['a number out of range', 'PUT', '/tariffs/DE/IWC/T1', '{"x":1e999}', 400],
  ['a body nested too deep', 'POST', '/tariffs/bulk', deep, 400],
  ['a name that reaches the prototype', 'PUT', '/tariffs/DE/IWC/T1', '{"__proto__":{"a":1}}', 400],
  [
    'an escaped name that reaches the prototype',
    'PUT',
    '/tariffs/DE/IWC/T1',
    '{"\\u005f_proto__":{"a":1}}',
    400,
  ],
  ['a document that its schema refuses', 'PUT', '/tariffs/DE/IWC/T1', { currency: 'euro' }, 422, '/currency'],
  ['a country that is none', 'PUT', '/parties/DEU/IWC', {}, 400],
  ['a party that is none', 'PUT', '/tariffs/DE/IW/T1', {}, 400, '/party_id'],
  ['a control character in an address', 'GET', '/tariffs/DE/IWC/%00', undefined, 400, '/id'],
  ['a broken escape in an address', 'GET', '/tariffs/DE/IWC/%zz', undefined, 400],
  ['half a surrogate pair in an address', 'GET', '/tariffs/DE/IWC/%ed%a0%80', undefined, 400],
  ['an id that is far too long', 'GET', `/tariffs/DE/IWC/${'x'.repeat(300)}`, undefined, 400, '/id'],
  ['a version nobody speaks', 'GET', '/tariffs/DE/IWC/T1?version=9.9', undefined, 400, '/version'],
  ['a missing field', 'PUT', '/parties/DE/IWC', { roles: ['CPO'] }, 400, '/business_details'],
  ['an unknown field', 'POST', '/keys', { name: 'x', nmae: 'y' }, 400, '/nmae'],
  [
    'an unknown role',
    'PUT',
    '/parties/DE/IWC',
    { roles: ['KING'], business_details: { name: 'x' } },
    400,
    '/roles/0',
  ],
  ['half of what a registration needs', 'POST', '/partners', { name: 'x', token_a: 'y' }, 400],
  [
    'an address that is none',
    'POST',
    '/partners',
    { name: 'x', token_a: 'y', versions_url: 'no' },
    400,
    '/versions_url',
  ],
  ['a limit of nothing', 'GET', '/tariffs?limit=0', undefined, 400, '/limit'],
  ['a limit past the ceiling', 'GET', '/tariffs?limit=1001', undefined, 400, '/limit'],
  ['a limit that is no number', 'GET', '/tariffs?limit=ten', undefined, 400, '/limit'],
  ['a filter nobody knows', 'GET', '/tariffs?colour=red', undefined, 400, '/colour'],
  ['a filter given twice', 'GET', '/tariffs?currency=EUR&currency=SEK', undefined, 400, '/currency'],
  [
    'a date that does not exist',
    'GET',
    '/tariffs?date_from=2026-02-30T00:00:00Z',
    undefined,
    400,
    '/date_from',
  ],
  ['a leap second', 'GET', '/tariffs?date_from=2016-12-31T23:59:60Z', undefined, 400],
  ['the year zero', 'GET', '/tariffs?date_from=0000-01-01T00:00:00Z', undefined, 400],
  ['own and received at once', 'GET', '/tariffs?own=true&received_from=p', undefined, 400],
  ['a party filter that is none', 'GET', '/tariffs?party=DEIW', undefined, 400, '/party'],
  ['an unknown command', 'POST', '/commands/FLY', {}, 400, '/type'],
  ['an unknown command result', 'POST', '/commands/x/result', { result: 'MAYBE' }, 400, '/result'],
  ['a command nobody knows', 'GET', '/commands/x', undefined, 404],
  ['an empty bulk', 'POST', '/tariffs/bulk', [], 400, ''],
  ['an object in place of a bulk', 'POST', '/tariffs/bulk', {}, 400, ''],
  ['a rule without a decision', 'PUT', '/tokens/DE/IWE/T/authorization', {}, 400, '/allowed'],
  ['an event type that is none', 'GET', '/events?types=Location', undefined, 400],
  ['a position that is none', 'GET', '/events?after=-1', undefined, 400, '/after'],
  ['a webhook without https', 'POST', '/webhooks', { url: 'http://a.example/' }, 400],
  ['a webhook with a password', 'POST', '/webhooks', { url: 'https://u:p@a.example/' }, 400],
  ['a webhook by ftp', 'POST', '/webhooks', { url: 'ftp://a.example/' }, 400],
  [
    'a webhook for no event type',
    'POST',
    '/webhooks',
    { url: 'https://a.example/', types: ['x'] },
    400,
    '/types/0',
  ],
  ['a webhook nobody knows', 'DELETE', '/webhooks/x', undefined, 404],
  ['a key nobody knows', 'DELETE', '/keys/x', undefined, 404],
  ['an empty name', 'POST', '/keys', { name: '' }, 400, '/name'],
  ['nothing to price', 'POST', '/prices', {}, 400, '/cdr'],
  ['a CDR that looks like none', 'POST', '/prices', { cdr: {} }, 422, '/cdr/total_cost'],
  ['a CDR that lacks fields', 'POST', '/prices', { cdr: { total_cost: { excl_vat: 1 } } }, 422],
  ['a policy nobody knows', 'POST', '/prices', { cdr: {}, policy: { roundings: 'up' } }, 400],
  ['a choice that no policy has', 'POST', '/prices', { cdr: {}, policy: { flat: 'none' } }, 400],
  ['a language nobody speaks here', 'POST', '/prices', { cdr: {}, language: 'tlh' }, 400, '/language'],
  ['a language of a cost nobody speaks', 'GET', '/sessions/DE/IWC/S/cost?language=xx', undefined, 400],
  ['a language of a check nobody speaks', 'GET', '/cdrs/DE/IWC/C/check?language=xx', undefined, 400],
  ['a tolerance below nothing', 'POST', '/prices', { cdr: {}, tolerance: -1 }, 400, '/tolerance'],
  ['a charge nowhere', 'POST', '/quotes', CHARGE, 400],
  ['a charge at places and by tariffs', 'POST', '/quotes', { ...CHARGE, ...SENT, places: [PLACE] }, 400],
  ['tariffs without a connector', 'POST', '/quotes', { ...CHARGE, tariffs: [PRICED] }, 400],
  [
    'a connector beside places',
    'POST',
    '/quotes',
    { ...CHARGE, ...SENT, tariffs: undefined, places: [PLACE] },
    400,
  ],
  ['a charge of nothing', 'POST', '/quotes', { ...CHARGE, places: [PLACE], energy: {} }, 400],
  ['two goals', 'POST', '/quotes', { ...CHARGE, places: [PLACE], energy: { kwh: 1, to_percent: 9 } }, 400],
  [
    'a charge that never starts',
    'POST',
    '/quotes',
    { ...CHARGE, places: [PLACE], start: 'soon' },
    400,
    '/start',
  ],
  ['a zone that is none', 'POST', '/quotes', { ...CHARGE, places: [PLACE], time_zone: 'Mars' }, 400],
  ['a tariff nobody can quote', 'POST', '/quotes', { ...CHARGE, ...SENT }, 422, '/tariffs/0/elements'],
  [
    'too many places',
    'POST',
    '/quotes',
    { ...CHARGE, places: Array.from({ length: 51 }, () => PLACE) },
    400,
    '/places',
  ],
  [
    'too many places where something is unknown',
    'POST',
    '/quotes',
    { ...CHARGE, places: Array.from({ length: 11 }, () => PLACE), unknown: {} },
    400,
  ],
  ['nothing to lint', 'POST', '/lint', {}, 400],
  ['a tariff and tariffs to lint', 'POST', '/lint', { tariff: {}, tariffs: [{}] }, 400],
  ['a law nobody knows', 'POST', '/lint', { tariff: {}, packs: ['moon'] }, 400, '/packs/0'],
  ['an old tariff that is none', 'POST', '/lint', { tariff: {}, rehearse: { old: {} } }, 422],
  ['a law nobody knows, of a tariff', 'GET', '/tariffs/DE/IWC/T1/lint?pack=moon', undefined, 400, '/pack/0'],
  ['a tariff nobody knows, to lint', 'GET', '/tariffs/DE/IWC/NONE/lint', undefined, 404],
  ['a tariff nobody knows, to explain', 'GET', '/tariffs/DE/IWC/NONE/explanation', undefined, 404],
  [
    'a zone that is none, of a tariff',
    'GET',
    '/tariffs/DE/IWC/T1/explanation?time_zone=Mars',
    undefined,
    400,
  ],
]

for (const [why, method, path, body, status, pointer] of cases) {
  test(`answers ${why} with a problem: ${method} ${path}`, async () => {
    const response = await server.call(method, `/api/v1${path}`, body)
    const document: unknown = await response.json()
    expect([response.status, document]).toEqual([status, expect.objectContaining({ status })])
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(pick(document, 'type')).toMatch(/^urn:interwatt:problem:[a-z-]+$/)
    expect(pick(document, 'instance')).toBe(`/api/v1${path.split('?', 1)[0]}`)
    if (pointer !== undefined) expect(pick(document, 'findings.0.pointer')).toBe(pointer)
  })
}

describe('the rest', () => {
  test('names the methods of an address that is known (405)', async () => {
    const response = await server.call('POST', '/api/v1/tariffs/DE/IWC/T1', {})
    expect(response.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH, PUT')
  })

  test('answers an address outside the API with a problem too', async () => {
    const response = await server.call('GET', '/nothing')
    expect([response.status, pick(await response.json(), 'instance')]).toEqual([404, '/nothing'])
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  test('reports all mistakes of a request at once', async () => {
    const response = await server.call('GET', '/api/v1/tariffs?limit=0&version=9&colour=red')
    const findings = pick(await response.json(), 'findings')
    expect(findings).toHaveLength(3)
  })

  test('refuses a body that is not JSON by its type (415), and one that is too large (413)', async () => {
    const xml = await server.call('PUT', '/api/v1/tariffs/DE/IWC/T1', '<a/>', { 'content-type': 'text/xml' })
    expect([xml.status, pick(await xml.json(), 'title')]).toEqual([415, 'Unsupported media type'])
    const large = await server.call('PUT', '/api/v1/tariffs/DE/IWC/T1', { x: 'x'.repeat(5 * 1024 * 1024) })
    expect([large.status, pick(await large.json(), 'title')]).toEqual([413, 'Content too large'])
  })

  test('answers a bug with 500 and tells nothing of it', async () => {
    const response = await server.call('GET', '/api/v1/authorizations')
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('sec-ret-123')
  })

  test('answers 503 while the database is away, and says when to try again', async () => {
    const response = await server.call('GET', '/api/v1/commands')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('10.0.0.7')
  })

  test('does not open an event stream for a HEAD', async () => {
    expect((await server.call('HEAD', '/api/v1/events')).status).toBe(405)
  })

  test('goes on after a request that is no HTTP', async () => {
    const { port } = new URL(server.url)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('nonsense\r\n\r\n'))
      socket.once('close', () => resolve())
      socket.on('error', () => {})
      socket.resume()
    })
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  })
})

describe('keys', () => {
  const withKey = (key: string | undefined): Promise<Response> =>
    fetch(`${server.url}/api/v1/parties`, key === undefined ? {} : { headers: { authorization: key } })

  test.each([undefined, 'Basic dTpw', 'Bearer', 'Bearer not-the-key', 'Bearer a b'])(
    'answers 401 to %s and says how to authenticate',
    async (authorization) => {
      const response = await withKey(authorization)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="interwatt"')
      expect(await response.text()).not.toContain('not-the-key')
    },
  )

  test('does not tell a stranger which addresses exist', async () => {
    expect((await fetch(`${server.url}/api/v1/nothing`)).status).toBe(401)
  })

  test('makes a key that works at once, stores only its hash, and withdraws it', async () => {
    const made = await server.call('POST', '/api/v1/keys', { name: 'back end' })
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store'])
    const body: unknown = await made.json()
    const key = String(pick(body, 'key'))
    const id = String(pick(body, 'id'))
    expect(key).toMatch(/^iwk_[\w-]{43}$/)
    expect((await withKey(`bearer ${key}`)).status).toBe(200)
    const stored = await server.database.query({ text: 'select * from api_keys' })
    expect(JSON.stringify(stored.rows)).not.toContain(key)
    expect(await (await server.call('GET', '/api/v1/keys')).text()).not.toMatch(/hash|iwk_/)
    expect((await server.call('DELETE', `/api/v1/keys/${id}`)).status).toBe(204)
    expect((await withKey(`Bearer ${key}`)).status).toBe(401)
  })

  test('does not let a key withdraw itself', async () => {
    const response = await server.call('DELETE', `/api/v1/keys/${server.keyRow.id}`)
    expect(response.status).toBe(409)
  })

  test('makes an address wait after twenty wrong keys, but not who had got in from there', async () => {
    await withKey(`Bearer ${server.key}`)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 25; attempt += 1) statuses.push((await withKey('Bearer wrong')).status)
    expect(statuses.at(-1)).toBe(429)
    const limited = await withKey('Bearer wrong')
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await withKey(`Bearer ${server.key}`)).status).toBe(200)
  })
})
