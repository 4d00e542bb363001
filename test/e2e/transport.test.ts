import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientPartner, OcpiClient, Outcome } from '../../packages/client/src/index.js'
import { createOcpiClient } from '../../packages/client/src/index.js'
import type { Call, Reply } from '../../packages/server/src/index.js'
import { moduleUrl } from '../../packages/server/src/index.js'
import {
  FULL_TOKEN,
  startTestServer,
  type TestServer,
} from '../../packages/server/src/testing/test-server.js'

const OBJECTS = 250
const from = { countryCode: 'NL', partyId: 'ALF' }
const to = { countryCode: 'DE', partyId: 'IWC' }

let server: TestServer
let client: OcpiClient
let partner: ClientPartner

const freePort = async (): Promise<number> => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const page = (call: Call): Reply => {
  const { offset = 0, limit = 0, cursor } = call.page ?? {}
  const start = cursor === undefined ? offset : Number(cursor)
  const end = Math.min(start + limit, OBJECTS)
  const items = Array.from({ length: end - start }, (_, index) => `{"id":"${start + index}"}`)
  return { kind: 'page', items, total: OBJECTS, next: end < OBJECTS ? String(end) : undefined }
}

beforeAll(async () => {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  server = await startTestServer({
    publicUrl,
    port,
    answer: async (call) => {
      if (call.page !== undefined) return page(call)
      if (call.operation === 'cdrs.receiver.post')
        return { kind: 'data', created: true, headers: { Location: '/cdrs/1' } }
      if (call.operation === 'commands.receiver.unknown')
        return { kind: 'data', data: { result: 'NOT_SUPPORTED' } }
      return { kind: 'data' }
    },
  })
  client = createOcpiClient({ allowPrivateAddresses: true })
  const endpoint = (module: string, side: 'SENDER' | 'RECEIVER') => ({
    module,
    side,
    url: moduleUrl(publicUrl, '2.2.1', module, side),
  })
  partner = {
    id: 'node',
    version: '2.2.1',
    token: FULL_TOKEN,
    tokenEncoding: null,
    endpoints: [
      endpoint('locations', 'SENDER'),
      endpoint('locations', 'RECEIVER'),
      endpoint('sessions', 'RECEIVER'),
      endpoint('commands', 'RECEIVER'),
      endpoint('tokens', 'SENDER'),
    ],
  }
})
afterAll(async () => {
  await client.close()
  await server.close()
})

test('VER-001 TRN-028 everything is found from the versions URL', async () => {
  const list = await client.get(partner, `${server.url}/ocpi/versions`)
  const versions = (list.kind === 'ok' ? list.data : []) as { version: string; url: string }[]
  expect(versions.map((each) => each.version)).toContain('2.2.1')
  for (const { version, url } of versions) {
    const details = await client.get(partner, url)
    const { endpoints } = (details.kind === 'ok' ? details.data : {}) as { endpoints: { url: string }[] }
    expect(endpoints.length).toBeGreaterThan(5)
    expect(endpoints.every((each) => each.url.startsWith(`${server.url}/ocpi/${version}/`))).toBe(true)
  }
})

test('VER-019 versions accept the token in both encodings', async () => {
  for (const tokenEncoding of ['plain', 'base64'] as const) {
    const outcome = await client.get(
      { ...partner, id: tokenEncoding, tokenEncoding },
      `${server.url}/ocpi/versions`,
    )
    expect(outcome.kind).toBe('ok')
    expect(client.learntEncoding(tokenEncoding)).toBe(tokenEncoding)
  }
})

test('TRN-060 TRN-067 TRN-071 a crawl by next links sees every object once', async () => {
  const seen: string[] = []
  const query = { date_from: '2020-01-01T00:00:00Z', limit: '40' }
  let outcome: Outcome = await client.call(
    partner,
    'locations.sender.list',
    { params: {}, query },
    { from, to },
  )
  for (;;) {
    if (outcome.kind !== 'ok') throw new Error(outcome.kind)
    expect([outcome.total, outcome.limit]).toEqual([OBJECTS, 1000])
    seen.push(...(outcome.data as { id: string }[]).map((each) => each.id))
    if (outcome.next === undefined) break
    outcome = await client.get(partner, outcome.next, { from, to, version: '2.2.1' })
  }
  expect(seen).toEqual(Array.from({ length: OBJECTS }, (_, index) => String(index)))
  expect(server.calls.at(-1)).toMatchObject({
    page: { dateFrom: '2020-01-01T00:00:00.000Z', limit: 40 },
    routing: { from, to },
  })
})

test.each(['A/B*1', '..', 'a%2Fb', 'x y', '#', 'ü?&=', '\u{1F50C}'])(
  'TRN-116 the id %s arrives as it was',
  async (id) => {
    const params = { country_code: 'NL', party_id: 'ALF', session_id: id }
    const body = { kwh: 1, last_updated: '2024-01-01T00:00:00Z', vendor: { x: 1 } }
    const outcome = await client.call(
      partner,
      'sessions.receiver.patch',
      { params, body },
      { from, to, correlationId: 'c-7' },
    )
    expect(outcome).toMatchObject({ kind: 'ok', statusCode: 1000 })
    expect(server.calls.at(-1)).toMatchObject({ params, body, correlationId: 'c-7', routing: { from, to } })
  },
)

test('TRN-055 a refusal of the server is a refusal for the client', async () => {
  const params = { country_code: 'NL', party_id: 'ALF', session_id: 'S' }
  const outcome = await client.call(partner, 'sessions.receiver.patch', { params, body: { kwh: 1 } })
  expect(outcome).toMatchObject({ kind: 'refused', httpStatus: 200, statusCode: 2001 })
  expect(outcome.kind === 'refused' && outcome.message).toContain('last_updated')
})

test('CMD-033 a command nobody listed reaches its handler', async () => {
  const outcome = await client.post(
    partner,
    moduleUrl(server.url, '2.2.1', 'commands', 'RECEIVER').concat('/DANCE'),
    { any: 1 },
    { version: '2.2.1' },
  )
  expect(outcome).toMatchObject({ kind: 'ok', data: { result: 'NOT_SUPPORTED' } })
  expect(server.calls.at(-1)).toMatchObject({ params: { command: 'DANCE' }, received: { any: 1 } })
})

test('T-17 an authorization without a body reaches its handler', async () => {
  const outcome = await client.call(partner, 'tokens.sender.authorize', {
    params: { token_uid: 'U' },
    query: { type: 'RFID' },
  })
  expect(outcome.kind).toBe('ok')
  expect(server.calls.at(-1)).toMatchObject({ body: undefined, query: { type: 'RFID' } })
})

test('TRN-010 an unknown token is refused in both encodings', async () => {
  const outcome = await client.get({ ...partner, id: 'x', token: 'nobody' }, `${server.url}/ocpi/versions`)
  expect(outcome).toMatchObject({ kind: 'refused', httpStatus: 401, statusCode: 2000 })
})
