import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createOcpiClient } from './create-client.js'
import type { Attempt, OcpiClientOptions } from './options.js'
import type { ClientPartner, Outcome } from './ports.js'
import { type Received, reply, startStubPartner, success } from './testing/stub-partner.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const start = async (
  answer: Parameters<typeof startStubPartner>[0],
  options: Partial<OcpiClientOptions> = {},
) => {
  const stub = await startStubPartner(answer)
  const attempts: Attempt[] = []
  const logger = { attempt: (facts: Attempt) => void attempts.push(facts) }
  const client = createOcpiClient({ allowPrivateAddresses: true, logger, ...options })
  closing.push(
    () => client.close(),
    () => stub.close(),
  )
  const partner: ClientPartner = {
    id: 'p1',
    version: '2.2.1',
    token: 'example-token',
    tokenEncoding: null,
    endpoints: [
      { module: 'tokens', side: 'RECEIVER', url: `${stub.url}/odd/tokens/?key=1` },
      { module: 'commands', side: 'RECEIVER', url: `${stub.url}/cmd` },
      { module: 'cdrs', side: 'RECEIVER', url: `${stub.url}/cdrs` },
      { module: 'locations', side: 'SENDER', url: `${stub.url}/locations` },
    ],
  }
  return { stub, client, partner, attempts }
}

const token = { country_code: 'NL', party_id: 'ALF', token_uid: 'A/B*1 ..' }
const from = { countryCode: 'NL', partyId: 'ALF' }
const to = { countryCode: 'DE', partyId: 'IWC' }
const BASE64 = 'Token ZXhhbXBsZS10b2tlbg=='

test('TRN-002 TRN-003 TRN-020 TRN-029 TRN-110 TRN-116 writes a request as the rules say', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  const outcome = await client.call(
    partner,
    'tokens.receiver.put',
    { params: token, query: { type: 'APP_USER' }, body: { uid: 'é' } },
    { from, to, correlationId: 'c-1' },
  )
  expect(outcome.kind).toBe('ok')
  expect(stub.received[0]).toMatchObject({
    method: 'PUT',
    url: '/odd/tokens/NL/ALF/A%2FB*1%20..?key=1&type=APP_USER',
    body: '{"uid":"é"}',
    headers: {
      authorization: BASE64,
      'content-type': 'application/json',
      'x-correlation-id': 'c-1',
      'ocpi-to-country-code': 'DE',
      'ocpi-to-party-id': 'IWC',
      'ocpi-from-country-code': 'NL',
      'ocpi-from-party-id': 'ALF',
    },
  })
  expect(stub.received[0]?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test('sends ready text as it is, and no Content-Type without a body', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  await client.call(partner, 'cdrs.receiver.post', { params: {}, bodyText: '{"total_cost":1.50}' })
  await client.call(partner, 'tokens.receiver.get', { params: token })
  expect(stub.received[0]?.body).toBe('{"total_cost":1.50}')
  expect(stub.received[1]?.headers['content-type']).toBeUndefined()
})

test('VER-021 versions and credentials carry no routing headers', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success([])))
  await client.get(partner, `${stub.url}/versions`, { from, to })
  await client.credentials(partner, 'POST', `${stub.url}/credentials`, { token: 'x' }, { from, to })
  expect(stub.received.map((each) => each.headers['ocpi-to-party-id'])).toEqual([undefined, undefined])
})

test('TRN-071 a next link is called with the same routing headers, as it was written', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success([])))
  await client.get(partner, `${stub.url}/x/%2E%2E/a?c=%7e&d=1:2`, { from, to, version: '2.2.1' })
  expect(stub.received[0]).toMatchObject({
    url: '/x/%2E%2E/a?c=%7e&d=1:2',
    headers: { 'ocpi-to-party-id': 'IWC' },
  })
})

test('ROL-003 does not call what the partner does not offer', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  const outcome = await client.call(partner, 'tariffs.receiver.delete', {
    params: { country_code: 'NL', party_id: 'ALF', tariff_id: 'T' },
  })
  expect(outcome).toEqual({ kind: 'not_offered' })
  expect(stub.received).toEqual([])
})

const envelope = (status_code: unknown, status_message?: string) => ({
  status_code,
  status_message,
  timestamp: 'T',
})

test.each<[string, number, unknown, Partial<Outcome>]>([
  [
    'TRN-036 HTTP 200 with 2001 is no success',
    200,
    envelope(2001, 'bad'),
    { kind: 'refused', statusCode: 2001, message: 'bad' },
  ],
  ['TRN-037 2999 is a refusal', 200, envelope(2999), { kind: 'refused', statusCode: 2999 }],
  ['TRN-037 1950 is a success', 200, envelope(1950), { kind: 'ok', statusCode: 1950 }],
  ['TRN-035 "1000" is a success', 200, envelope('1000'), { kind: 'ok', statusCode: 1000 }],
  ['TRN-052 201 is a success', 201, envelope(1000), { kind: 'ok', httpStatus: 201 }],
  ['TRN-052 204 without a body is a success', 204, '', { kind: 'ok', httpStatus: 204 }],
  ['TRN-034 200 without a body is the success of a write', 200, '', { kind: 'ok', statusCode: 1000 }],
  ['TRN-034 HTML with 502 is an outage', 502, '<html>', { kind: 'outage', httpStatus: 502, sent: true }],
  ['TRN-034 HTML with 200 is an outage', 200, '<html>', { kind: 'outage', httpStatus: 200 }],
  [
    'HTTP 500 with an envelope is an outage',
    500,
    envelope(3000, 'down'),
    { kind: 'outage', message: 'HTTP 500: down' },
  ],
  [
    'HTTP 404 with an envelope is a refusal',
    404,
    envelope(2003),
    { kind: 'refused', httpStatus: 404, statusCode: 2003 },
  ],
  ['HTTP 404 without an envelope is a refusal', 404, 'nothing', { kind: 'refused', statusCode: 0 }],
  ['HTTP 400 with code 1000 is a refusal', 400, envelope(1000), { kind: 'refused', httpStatus: 400 }],
  ['a redirect of a write is a refusal', 302, '', { kind: 'refused', httpStatus: 302 }],
])('%s', async (_rule, status, body, expected) => {
  const { client, partner } = await start((_request, response) => reply(response, body, { status }))
  expect(await client.call(partner, 'tokens.receiver.put', { params: token, body: {} })).toMatchObject(
    expected,
  )
})

test('TRN-078 an unstorable character costs no page', async () => {
  const text = '{"status_code":1000,"timestamp":"T","data":[{"id":"1","name":"car \\ud83d"},{"id":"2"}]}'
  const { client, partner } = await start((_request, response) => reply(response, text))
  const outcome = await client.call(partner, 'locations.sender.list', { params: {} })
  expect(outcome).toMatchObject({ kind: 'ok', data: [{ name: 'car \ufffd' }, { id: '2' }] })
})

test('T-F13 429 and 503 are outages with the time to wait', async () => {
  let seconds = '3'
  const { client, partner } = await start((_request, response) =>
    reply(response, '', { status: 429, headers: { 'retry-after': seconds } }),
  )
  const put = () => client.call(partner, 'tokens.receiver.put', { params: token, body: {} })
  expect(await put()).toMatchObject({ kind: 'outage', retryAfterMs: 3000 })
  seconds = new Date(Date.now() + 60_000).toUTCString()
  const later = await put()
  expect(later.kind === 'outage' && later.retryAfterMs).toBeGreaterThan(50_000)
  seconds = 'soon'
  expect(await put()).toMatchObject({ retryAfterMs: undefined })
})

test('TRN-071 TRN-118 resolves a relative next link and Location, reads the counts', async () => {
  const headers = {
    link: '</locations?cursor=2>; rel=next',
    location: '/cdrs/1',
    'x-total-count': '7',
    'x-limit': '50',
  }
  const { stub, client, partner } = await start((_request, response) =>
    reply(response, success([]), { headers }),
  )
  expect(await client.call(partner, 'locations.sender.list', { params: {} })).toMatchObject({
    next: `${stub.url}/locations?cursor=2`,
    location: `${stub.url}/cdrs/1`,
    total: 7,
    limit: 50,
  })
})

const onlyAccepting = (authorization: string) => (request: Received, response: Parameters<typeof reply>[0]) =>
  request.headers.authorization === authorization
    ? reply(response, success())
    : reply(response, envelope(2000), { status: 401 })

test('trap 1: tries the other encoding once on 401 and remembers what worked', async () => {
  const { stub, client, partner } = await start(onlyAccepting('Token example-token'))
  expect((await client.get(partner, `${stub.url}/versions`)).kind).toBe('ok')
  expect(client.learntEncoding('p1')).toBe('plain')
  expect((await client.call(partner, 'cdrs.receiver.post', { params: {}, body: {} })).kind).toBe('ok')
  expect(stub.received.map((each) => each.headers.authorization)).toEqual([
    BASE64,
    'Token example-token',
    'Token example-token',
  ])
  // TRN-120: every attempt has an id of its own, TRN-121: and they belong together.
  expect(new Set(stub.received.map((each) => each.headers['x-request-id'])).size).toBe(3)
  expect(stub.received[0]?.headers['x-correlation-id']).toBe(stub.received[1]?.headers['x-correlation-id'])
})

test('trap 1: a POST is not sent again in the other encoding, a token nobody knows is refused', async () => {
  const { stub, client, partner } = await start(onlyAccepting('Token another'))
  const post = await client.call(partner, 'cdrs.receiver.post', { params: {}, body: {} })
  expect(post).toMatchObject({ kind: 'refused', httpStatus: 401 })
  expect(stub.received).toHaveLength(1)
  expect(await client.get(partner, stub.url)).toMatchObject({ kind: 'refused', httpStatus: 401 })
  expect(stub.received).toHaveLength(3)
  expect(client.learntEncoding('p1')).toBeUndefined()
})

test('TRN-014 a token that the partner repeats does not get into the message', async () => {
  const { client, partner, attempts } = await start((_request, response) =>
    reply(
      response,
      envelope(2000, `no example-token, no ${Buffer.from('example-token').toString('base64')} here`),
    ),
  )
  const outcome = await client.call(partner, 'tokens.receiver.put', { params: token, body: {} })
  expect(outcome).toMatchObject({ kind: 'refused', message: 'no [hidden], no [hidden] here' })
  expect(JSON.stringify(attempts)).not.toMatch(/example-token|ZXhhbXBs/)
})

test('TRN-135 gives up after the time limit', async () => {
  const { client, partner } = await start(() => undefined)
  const outcome = await client.call(partner, 'tokens.receiver.get', { params: token }, { timeoutMs: 100 })
  expect(outcome).toMatchObject({ kind: 'outage', sent: true })
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)
  const aborted = await client.call(
    partner,
    'tokens.receiver.get',
    { params: token },
    { signal: controller.signal },
  )
  expect(aborted).toMatchObject({ kind: 'outage', message: 'the request was called off' })
})

test('a time limit holds for an answer that trickles', async () => {
  const { client, partner } = await start((_request, response) => {
    response.write('{')
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  })
  const startedAt = performance.now()
  const outcome = await client.call(partner, 'tokens.receiver.get', { params: token }, { timeoutMs: 200 })
  expect(outcome.kind).toBe('outage')
  expect(performance.now() - startedAt).toBeLessThan(2000)
})

test.each([true, false])('does not read an answer that is too large (announced: %s)', async (announced) => {
  const { client, partner } = await start(
    (_request, response) => {
      if (announced) response.setHeader('content-length', 20_000_000)
      const chunk = ' '.repeat(65_536)
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', pour)
      }
      pour()
    },
    { maxResponseBytes: 1_000_000 },
  )
  expect(await client.call(partner, 'tokens.receiver.get', { params: token })).toMatchObject({
    kind: 'outage',
    message: 'the answer is larger than 1000000 bytes',
  })
})

test('follows a redirect on the same origin, for GET and at most three times', async () => {
  const { stub, client, partner } = await start((request, response) => {
    const left = Number(request.url.slice(1))
    if (left === 0) reply(response, success('here'))
    else reply(response, '', { status: 307, headers: { location: `/${left - 1}` } })
  })
  expect(await client.get(partner, `${stub.url}/3`)).toMatchObject({ kind: 'ok', data: 'here' })
  expect(await client.get(partner, `${stub.url}/4`)).toMatchObject({ kind: 'refused', httpStatus: 307 })
  expect(await client.post(partner, `${stub.url}/1`, {})).toMatchObject({ kind: 'refused', httpStatus: 307 })
})

test('CMD-011 CMD-012 follows no redirect to another host, and sends it no token', async () => {
  const other = await startStubPartner((_request, response) => reply(response, success()))
  closing.push(() => other.close())
  const { stub, client, partner } = await start((_request, response) =>
    reply(response, '', { status: 302, headers: { location: `${other.url}/meta-data` } }),
  )
  expect((await client.get(partner, `${stub.url}/x`)).kind).toBe('forbidden_address')
  expect(other.received).toEqual([])
})

test('CMD-012 sends nothing to a host that is not one of the partner', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  const allowedHosts = ['cpo.example']
  expect((await client.post(partner, `${stub.url}/x`, {}, { allowedHosts })).kind).toBe('forbidden_address')
  expect((await client.post(partner, 'no url', {})).kind).toBe('forbidden_address')
  expect(stub.received).toEqual([])
  const mine = [`127.0.0.1:${stub.port}`]
  expect((await client.post(partner, `${stub.url}/x`, {}, { allowedHosts: mine })).kind).toBe('ok')
})

test('CMD-011 a name that leads to a private address at connect time is not called', async () => {
  const stub = await startStubPartner((_request, response) => reply(response, success()))
  let asked = 0
  const client = createOcpiClient({
    allowPrivateAddresses: false,
    // Public when it is checked, loopback when it is called.
    lookup: (_hostname, _options, callback) => {
      asked += 1
      callback(null, [{ address: '127.0.0.1', family: 4 }])
    },
  })
  closing.push(
    () => client.close(),
    () => stub.close(),
  )
  const partner = { id: 'p1', token: 'example-token', tokenEncoding: null }
  const outcome = await client.get(partner, `https://rebinding.example:${stub.port}/versions`)
  expect(outcome).toMatchObject({ kind: 'forbidden_address' })
  expect(asked).toBeGreaterThan(0)
  expect(stub.received).toEqual([])
  for (const url of [
    'https://169.254.169.254/',
    'https://localhost/',
    'https://[::1]/',
    'https://2130706433/',
  ]) {
    expect((await client.get(partner, url)).kind).toBe('forbidden_address')
  }
})

test('TRN-134 says for sure that nothing was sent, and tries a refused connection twice unless it is a POST', async () => {
  const { client, partner, attempts } = await start(() => undefined)
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const address = closed.address()
  const port = typeof address === 'object' ? address?.port : 0
  await new Promise((resolve) => closed.close(resolve))
  const get = await client.get(partner, `http://127.0.0.1:${port}/`)
  expect(get).toMatchObject({ kind: 'outage', sent: false, httpStatus: undefined })
  expect(attempts).toHaveLength(2)
  await client.post(partner, `http://127.0.0.1:${port}/`, {})
  expect(attempts).toHaveLength(3)
})

test('a connection that breaks after sending is an outage of unknown effect, not tried again', async () => {
  const { stub, client, partner } = await start((_request, response) => response.destroy())
  const outcome = await client.call(partner, 'tokens.receiver.put', { params: token, body: {} })
  expect(outcome).toMatchObject({ kind: 'outage', sent: true })
  expect(stub.received).toHaveLength(1)
})

test('keeps connections to a partner few and alive', async () => {
  const sockets = new Set<unknown>()
  const { client, partner } = await start((_request, response) => {
    sockets.add(response.socket)
    setTimeout(() => reply(response, success()), 5)
  })
  const all = Array.from({ length: 100 }, () =>
    client.call(partner, 'tokens.receiver.get', { params: token }),
  )
  expect((await Promise.all(all)).every((outcome) => outcome.kind === 'ok')).toBe(true)
  expect(sockets.size).toBeLessThanOrEqual(16)
})

test('one partner that does not answer does not hold up another', async () => {
  const { client, partner } = await start((request, response) => {
    if (request.headers['user-agent'] === 'interwatt' && request.url.includes('fast'))
      reply(response, success())
  })
  const controller = new AbortController()
  const stuck = Array.from({ length: 40 }, () =>
    client.call(partner, 'tokens.receiver.get', { params: token }, { signal: controller.signal }),
  )
  const url = partner.endpoints[1]?.url ?? ''
  const other = { id: 'p2', token: 'other-token', tokenEncoding: null }
  expect((await client.get(other, `${url}/fast`)).kind).toBe('ok')
  // None of the others has ended: only now they are called off.
  controller.abort()
  for (const outcome of await Promise.all(stuck))
    expect(outcome).toMatchObject({ kind: 'outage', message: 'the request was called off' })
})

test('a message id that no header can carry does not stop the request', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  const context = { correlationId: `ünïcode\r\n${'x'.repeat(1000)}` }
  expect((await client.call(partner, 'tokens.receiver.get', { params: token }, context)).kind).toBe('ok')
  expect(stub.received[0]?.headers['x-correlation-id']).toMatch(/^\?n\?code/)
})

test('a partner that left has no connections and may come back', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  await client.call(partner, 'tokens.receiver.get', { params: token })
  client.forget('p1')
  expect(client.learntEncoding('p1')).toBeUndefined()
  expect((await client.call(partner, 'tokens.receiver.get', { params: token })).kind).toBe('ok')
  expect(stub.received).toHaveLength(2)
})
