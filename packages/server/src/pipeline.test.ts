import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipeline } from './pipeline.js'
import { ask, REGISTRATION_TOKEN, startTestServer, type TestServer } from './testing/test-server.js'

const SESSION = '/ocpi/2.2.1/receiver/sessions/NL/ALF/S1'
const LOCATIONS = '/ocpi/2.2.1/sender/locations'
const json = { 'content-type': 'application/json' }

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({
    options: { maxBodyBytes: 10_000, pageCap: 1000, pageSize: 100 },
    offers: (module) => module !== 'commands',
    answer: async (call) => {
      if (call.operation === 'locations.sender.list') {
        return { kind: 'page', items: ['{"id":"1"}', '{"id":"2"}'], total: 7, next: 'c2' }
      }
      if (call.operation === 'cdrs.sender.list') return { kind: 'page', items: [], total: 0, next: undefined }
      if (call.operation === 'tariffs.receiver.get') throw new Error('the disk says secret-detail')
      if (call.operation === 'tariffs.receiver.delete') return { kind: 'data', headers: { location: 'a\nb' } }
      if (call.operation === 'tokens.receiver.get')
        return { kind: 'data', data: { price: 1e-7 }, created: true }
      return { kind: 'data' }
    },
  })
})
afterAll(() => server.close())

test('the pipeline is the table it is documented to be', () => {
  expect(pipeline.names).toEqual(
    'correlate authenticate route admit direct ask upload observe validate raise handle'.split(' '),
  )
})

test.each([
  ['TRN-010 401 without a token', { path: '/ocpi/versions', token: null }, 401, 2000],
  ['TRN-010 401 for an unknown token', { path: LOCATIONS, token: 'nobody' }, 401, 2000],
  ['TRN-010 401 comes before 404', { path: '/ocpi/nonsense', token: 'nobody' }, 401, 2000],
  [
    'TRN-012 401 for a registration token on a functional module',
    { path: LOCATIONS, token: REGISTRATION_TOKEN },
    401,
    2000,
  ],
  [
    'TRN-012 a registration token opens versions',
    { path: '/ocpi/versions', token: REGISTRATION_TOKEN },
    200,
    1000,
  ],
  [
    'TRN-012 a registration token opens credentials',
    { path: '/ocpi/2.3.0/credentials', token: REGISTRATION_TOKEN },
    200,
    1000,
  ],
  [
    'CRD-055 3002 on another version than the registered one',
    { path: '/ocpi/2.3.0/sender/locations' },
    200,
    3002,
  ],
  ['CRD-055 details work in every version', { path: '/ocpi/2.3.0' }, 200, 1000],
  ['TRN-025 404 for an unknown path', { path: '/ocpi/2.2.1/nonsense' }, 404, 2000],
  ['TRN-025 404 for a version nobody speaks', { path: '/ocpi/1.0/sender/locations' }, 404, 2000],
  [
    'TRN-025 404 for a module that is not offered',
    { path: '/ocpi/2.2.1/receiver/commands/START_SESSION', method: 'POST' },
    404,
    2000,
  ],
  [
    'TRN-025 405 for PATCH of a Tariff',
    { path: '/ocpi/2.2.1/receiver/tariffs/NL/ALF/T', method: 'PATCH' },
    405,
    2000,
  ],
  ['TRN-102 405 for POST of a Location', { path: LOCATIONS, method: 'POST', body: '{}' }, 405, 2000],
  ['TRN-024 400 for a body that is no JSON', { path: SESSION, method: 'PUT', body: '{"a":' }, 400, 2001],
  ['TRN-024 400 for a body that is missing', { path: SESSION, method: 'PUT' }, 400, 2001],
  [
    'TRN-026 400 for a body that is not UTF-8',
    { path: SESSION, method: 'PUT', body: Buffer.from([0x22, 0xff, 0x22]) },
    400,
    2001,
  ],
  ['TRN-050 200 and 2001 for an invalid object', { path: SESSION, method: 'PUT', body: '{}' }, 200, 2001],
  [
    'TRN-050 200 and 2001 for a list in place of an object',
    { path: SESSION, method: 'PUT', body: '[]' },
    200,
    2001,
  ],
  [
    'TRN-055 2001 for a PATCH without last_updated',
    { path: SESSION, method: 'PATCH', body: '{"kwh":1}' },
    200,
    2001,
  ],
  [
    'TRN-053 200 and 3000 when a handler breaks',
    { path: '/ocpi/2.2.1/receiver/tariffs/NL/ALF/T' },
    200,
    3000,
  ],
  [
    '200 and 3000 when a handler gives a header that cannot be sent',
    { path: '/ocpi/2.2.1/receiver/tariffs/NL/ALF/T', method: 'DELETE' },
    200,
    3000,
  ],
  ['TRN-076 2001 for a bad query', { path: `${LOCATIONS}?limit=0` }, 200, 2001],
  [
    'HUB-001 2001 for half a pair of routing headers',
    { path: LOCATIONS, headers: { 'OCPI-to-party-id': 'ABC' } },
    200,
    2001,
  ],
  [
    'HUB-002 routing headers on versions are ignored',
    { path: '/ocpi/versions', headers: { 'OCPI-to-party-id': 'ABC' } },
    200,
    1000,
  ],
  ['400 for a malformed escape', { path: '/ocpi/2.2.1/sender/locations/%zz' }, 400, 2001],
  [
    '413 for a body announced as too large',
    { path: SESSION, method: 'PUT', body: ' '.repeat(20_000) },
    413,
    2001,
  ],
  [
    '415 for a compressed body',
    { path: SESSION, method: 'PUT', body: 'x', headers: { 'content-encoding': 'gzip' } },
    415,
    2001,
  ],
])('%s', async (_rule, request, status, code) => {
  const ids = { 'X-Request-ID': '774321', 'x-correlation-id': 'c-1' }
  const response = await ask(server, {
    ...request,
    headers: { ...ids, ...('headers' in request ? request.headers : {}) },
  })
  expect(response.status).toBe(status)
  expect(response.envelope.status_code).toBe(code)
  expect(response.envelope.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/)
  expect(response.headers['content-type']).toBe('application/json')
  // TRN-122: echoed whatever became of the request.
  expect(response.headers['x-request-id']).toBe('774321')
  expect(response.headers['x-correlation-id']).toBe('c-1')
})

test('TRN-053 tells nothing of what broke but to the operator', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1/receiver/tariffs/NL/ALF/T' })
  expect(response.text).not.toContain('secret-detail')
  expect(String(server.errors.at(-1))).toContain('secret-detail')
})

test('TRN-025 405 names the methods there are', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1/receiver/tariffs/NL/ALF/T', method: 'PATCH' })
  expect(response.headers.allow).toBe('GET, PUT, DELETE, HEAD, OPTIONS')
})

test('HEAD is a GET without body, OPTIONS names the methods', async () => {
  const head = await ask(server, { path: LOCATIONS, method: 'HEAD' })
  expect([head.status, head.text, head.headers['x-total-count']]).toEqual([200, '', '7'])
  const options = await ask(server, { path: LOCATIONS, method: 'OPTIONS' })
  expect([options.status, options.headers.allow]).toEqual([200, 'GET, HEAD, OPTIONS'])
})

test.each([
  ['without Content-Type', {}],
  ['with a charset', { 'content-type': 'application/json; charset=utf-8' }],
  ['in upper case', { 'CONTENT-TYPE': 'APPLICATION/JSON' }],
  ['with a Content-Type that is none', { 'content-type': '/' }],
])('TRN-021 accepts a JSON body %s', async (_kind, headers) => {
  const body = '\ufeff{"kwh":1,"last_updated":"2024-01-01T00:00:00Z","extra":"é"}'
  const response = await ask(server, { path: SESSION, method: 'PATCH', body, headers })
  expect(response.envelope.status_code).toBe(1000)
  expect(server.calls.at(-1)?.body).toMatchObject({ kwh: 1, extra: 'é' })
})

test.each([LOCATIONS, '/ocpi/versions', '/ocpi/2.2.1', SESSION, '/ocpi/2.2.1/credentials'])(
  'TRN-027 accepts %s with and without a slash at the end',
  async (path) => {
    expect((await ask(server, { path })).status).toBe(200)
    expect((await ask(server, { path: `${path}/` })).status).toBe(200)
  },
)

test('TRN-116 decodes ids once', async () => {
  await ask(server, { path: '/ocpi/2.2.1/receiver/sessions/nl/ALF/A%2FB%2A1%252F%20x' })
  expect(server.calls.at(-1)?.params).toEqual({
    country_code: 'nl',
    party_id: 'ALF',
    session_id: 'A/B*1%2F x',
  })
})

test('TRN-064 to TRN-069 a page has total, cap and an absolute link with every filter', async () => {
  const response = await ask(server, {
    path: `${LOCATIONS}?date_from=2024-01-01T00:00:00+01:00&limit=2000&offset=4&custom=%3E%22`,
  })
  expect(response.text).toContain('"data":[{"id":"1"},{"id":"2"}]')
  expect(response.headers['x-total-count']).toBe('7')
  expect(response.headers['x-limit']).toBe('1000')
  const link = /^<(.*)>; rel="next"$/.exec(String(response.headers.link))?.[1] ?? ''
  expect(link).toMatch(/^https:\/\/node\.example\/base\/ocpi\/2\.2\.1\/sender\/locations\?/)
  expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
    // The plus was sent unencoded (TYP-028); the link has the instant that was understood.
    date_from: '2023-12-31T23:00:00.000Z',
    custom: '>"',
    offset: '6',
    limit: '1000',
    cursor: 'c2',
  })
  expect(server.calls.at(-1)?.page).toMatchObject({
    offset: 4,
    limit: 1000,
    dateFrom: '2023-12-31T23:00:00.000Z',
  })
})

test('TRN-031 TRN-064 TRN-067 an empty last page is a list with headers and no link', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1/sender/cdrs' })
  expect(response.envelope.data).toEqual([])
  expect(response.headers).toMatchObject({ 'x-total-count': '0', 'x-limit': '1000' })
  expect(response.headers.link).toBeUndefined()
})

test('HUB-004 swaps routing headers in answers of functional modules, refusals included', async () => {
  const headers = {
    'OCPI-to-country-code': 'de',
    'OCPI-to-party-id': 'IWC',
    'OCPI-from-country-code': 'NL',
    'OCPI-from-party-id': 'ALF',
  }
  const swapped = {
    'ocpi-to-country-code': 'NL',
    'ocpi-to-party-id': 'ALF',
    'ocpi-from-country-code': 'DE',
    'ocpi-from-party-id': 'IWC',
  }
  expect((await ask(server, { path: LOCATIONS, headers })).headers).toMatchObject(swapped)
  expect((await ask(server, { path: `${LOCATIONS}?limit=0`, headers })).headers).toMatchObject(swapped)
  expect((await ask(server, { path: '/ocpi/versions', headers })).headers).not.toHaveProperty(
    'ocpi-to-party-id',
  )
})

test('TRN-125 TRN-128 message ids are made up, capped and cleaned', async () => {
  const made = await ask(server, { path: '/ocpi/versions' })
  expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  const long = await ask(server, {
    path: '/ocpi/versions',
    headers: { 'x-request-id': `a\t${'b'.repeat(9000)}` },
  })
  expect(long.headers['x-request-id']).toBe(`a${'b'.repeat(253)}`)
})

test('TRN-052 201 for what was created, numbers without exponent', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1/receiver/tokens/NL/ALF/T?type=APP_USER' })
  expect([response.status, response.text]).toEqual([201, expect.stringContaining('"price":0.0000001')])
  expect(server.calls.at(-1)?.query.type).toBe('APP_USER')
})

test.each([undefined, 'null', '{}', ' '])('T-17 an optional body may be %s', async (body) => {
  const path = '/ocpi/2.2.1/sender/tokens/UID/authorize'
  const response = await ask(server, {
    path,
    method: 'POST',
    headers: json,
    ...(body === undefined ? {} : { body }),
  })
  expect(response.envelope.status_code).toBe(1000)
  expect(server.calls.at(-1)).toMatchObject({ operation: 'tokens.sender.authorize', body: undefined })
})

test('T-17 an optional body may not be a list', async () => {
  const path = '/ocpi/2.2.1/sender/tokens/UID/authorize'
  expect((await ask(server, { path, method: 'POST', body: '[]' })).envelope.status_code).toBe(2001)
})

test('TRN-050 names every error with pointer and rule', async () => {
  const response = await ask(server, { path: SESSION, method: 'PUT', body: '{"id":5}' })
  expect(response.envelope.status_message).toMatch(/^\d+ errors: /)
  expect(response.envelope.status_message).toContain('/id: ')
  expect(response.envelope).not.toHaveProperty('data')
})

test('VER-015 details list what is offered, credentials once', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1' })
  const { version, endpoints } = response.envelope.data as {
    version: string
    endpoints: { identifier: string; role: string; url: string }[]
  }
  expect(version).toBe('2.2.1')
  expect(endpoints.filter((each) => each.identifier === 'credentials').map((each) => each.role)).toEqual([
    'SENDER',
  ])
  expect(endpoints.some((each) => each.identifier === 'commands')).toBe(false)
  // ROL-018: both sides, with URLs of their own.
  expect(endpoints.filter((each) => each.identifier === 'locations').map((each) => each.url)).toEqual([
    'https://node.example/base/ocpi/2.2.1/sender/locations',
    'https://node.example/base/ocpi/2.2.1/receiver/locations',
  ])
})

test('reports every exchange once, without secrets', async () => {
  const before = server.exchanges.length
  await ask(server, { path: '/ocpi/2.2.1/sender/locations/L?x=y', headers: { 'x-request-id': 'r' } })
  expect(server.exchanges.slice(before)).toMatchObject([
    {
      partnerId: 'p1',
      operation: 'locations.sender.get',
      path: '/ocpi/2.2.1/sender/locations/L',
      requestId: 'r',
    },
  ])
})
