import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'
import { pick, pickText } from './testing/pick.js'

const services = inMemoryServices()
let server: OperatorServer

beforeAll(async () => {
  server = await operatorServer(services)
})
afterAll(() => server[Symbol.asyncDispose]())

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  server.call('GET', path, undefined, headers)

const tariff = (id: string) => ({ id, country_code: 'DE', party_id: 'IWC', currency: 'EUR' })

describe('parties and partners', () => {
  test('hosts a party and lists it', async () => {
    const body = { roles: ['CPO'], business_details: { name: 'Interwatt', website: 'https://a.example' } }
    const put = await server.call('PUT', '/api/v1/parties/de/iwc', body)
    expect(put.status).toBe(200)
    const party = { country_code: 'DE', party_id: 'IWC', ...body }
    expect(await put.json()).toEqual(party)
    expect(await (await get('/api/v1/parties')).json()).toEqual({ items: [party] })
  })

  test('invites with a name alone; the answer with the token may not be cached', async () => {
    const response = await server.call('POST', '/api/v1/partners', { name: 'A' })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      id: expect.any(String),
      token_a: 'the-token-a',
      versions_url: 'https://node.example/ocpi/versions',
      cpo_versions_url: 'https://node.example/ocpi/cpo/versions',
      emsp_versions_url: 'https://node.example/ocpi/emsp/versions',
    })
  })

  test('registers, shows health, acts and unregisters', async () => {
    const body = { name: 'P', versions_url: 'https://partner.example/ocpi/versions', token_a: 'secret-a' }
    const registered = await server.call('POST', '/api/v1/partners', body)
    expect(registered.status).toBe(201)
    const text = await registered.text()
    expect(text).not.toContain('secret-a')
    const view: unknown = JSON.parse(text)
    const id = pickText(view, 'id')
    expect(view).toMatchObject({
      status: 'REGISTERED',
      roles: [{ role: 'CPO', country_code: 'NL', party_id: 'PAR' }],
      health: { state: 'unknown', backlog: { locations: 3 }, refusals: 1 },
    })
    for (const action of ['rotate', 'suspend', 'resume', 'resync', 'reinvite']) {
      expect((await server.call('POST', `/api/v1/partners/${id}/${action}`)).status).toBe(200)
    }
    expect(services.record.actions.map((action) => action.split(' ')[0])).toEqual([
      'rotate',
      'suspend',
      'resume',
      'resync',
      'reinvite',
    ])
    const refusals: unknown = await (await get(`/api/v1/partners/${id}/refusals`)).json()
    expect(pick(refusals, 'items.0')).toMatchObject({
      kind: 'tariff',
      status_code: 2001,
      message: 'no such currency',
    })
    expect(await (await server.call('DELETE', `/api/v1/partners/${id}`)).json()).toEqual({ told: true })
    expect((await get(`/api/v1/partners/${id}`)).status).toBe(404)
  })

  test('passes on why a registration failed', async () => {
    const body = { name: 'P', versions_url: 'https://down.example/versions', token_a: 'secret-a' }
    const response = await server.call('POST', '/api/v1/partners', body)
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ title: 'The partner does not answer', status: 502 })
  })
})

describe('objects', () => {
  test('creates with 201, replaces with 200, and tells the facts in headers', async () => {
    const first = await server.call('PUT', '/api/v1/tariffs/DE/IWC/T1', tariff('T1'))
    expect(first.status).toBe(201)
    expect(pick(await first.json(), 'created')).toBe(true)
    const second = await server.call('PUT', '/api/v1/tariffs/de/iwc/t1', tariff('T1'))
    expect(second.status).toBe(200)
    const read = await get('/api/v1/tariffs/DE/IWC/T1')
    expect(await read.json()).toEqual(tariff('T1'))
    expect(read.headers.get('x-interwatt-version-in')).toBe('2.3.0')
    expect(read.headers.get('x-interwatt-last-updated')).toBe('2026-03-01T10:00:00.000Z')
    expect(read.headers.get('x-interwatt-changed-seq')).toMatch(/^\d+$/)
    expect(read.headers.get('x-interwatt-received-from')).toBeNull()
  })

  test('fills in the id of the address in its spelling, since keys are folded', async () => {
    await server.call('PUT', '/api/v1/tariffs/DE/IWC/miXed', { currency: 'EUR' })
    expect(await (await get('/api/v1/tariffs/DE/IWC/MIXED')).json()).toEqual({ id: 'miXed', currency: 'EUR' })
    await server.call('PUT', '/api/v1/locations/DE/IWC/LOC9/evses/eVse', { status: 'BLOCKED' })
    expect(await (await get('/api/v1/locations/DE/IWC/loc9/evses/EVSE')).json()).toEqual({
      uid: 'eVse',
      status: 'BLOCKED',
    })
  })

  test('answers 304 to a reader that has this very document', async () => {
    await server.call('PUT', '/api/v1/tariffs/DE/IWC/T2', tariff('T2'))
    const tag = (await get('/api/v1/tariffs/DE/IWC/T2')).headers.get('etag') ?? ''
    const again = await get('/api/v1/tariffs/DE/IWC/T2', { 'if-none-match': `"other", W/${tag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await server.call('PATCH', '/api/v1/tariffs/DE/IWC/T2', { currency: 'SEK' })
    expect((await get('/api/v1/tariffs/DE/IWC/T2', { 'if-none-match': tag })).status).toBe(200)
  })

  test('says so when an object is withdrawn', async () => {
    await server.call('PUT', '/api/v1/tariffs/DE/IWC/T3', tariff('T3'))
    const removed = await server.call('DELETE', '/api/v1/tariffs/DE/IWC/T3')
    expect(pick(await removed.json(), 'deleted_at')).toBe('2026-03-01T10:00:00.000Z')
    const read = await get('/api/v1/tariffs/DE/IWC/T3')
    expect(read.headers.get('x-interwatt-deleted-at')).toBe('2026-03-01T10:00:00.000Z')
  })

  test('tells tokens of one uid apart by type, RFID when left out (TOK-026)', async () => {
    const card = { uid: '04AB', type: 'RFID' }
    const app = { uid: '04AB', type: 'APP_USER' }
    await server.call('PUT', '/api/v1/tokens/DE/IWE/04AB', card)
    await server.call('PUT', '/api/v1/tokens/DE/IWE/04AB?type=APP_USER', app)
    expect(await (await get('/api/v1/tokens/DE/IWE/04ab')).json()).toEqual(card)
    expect(await (await get('/api/v1/tokens/DE/IWE/04AB?type=app_user')).json()).toEqual(app)
  })

  test('takes ids with slashes, percent signs and spaces, decoded once (TOK T-15)', async () => {
    const id = 'a/b%20 c'
    await server.call('PUT', `/api/v1/tariffs/DE/IWC/${encodeURIComponent(id)}`, tariff(id))
    const read = await get(`/api/v1/tariffs/DE/IWC/${encodeURIComponent(id)}`)
    expect(pick(await read.json(), 'id')).toBe(id)
  })

  test('reads and writes EVSEs and connectors by themselves', async () => {
    const evse = '/api/v1/locations/DE/IWC/LOC1/evses/E1'
    const put = await server.call('PUT', evse, { uid: 'E1', connectors: [{ id: '1', standard: 'CHADEMO' }] })
    expect(put.status).toBe(201)
    expect(await (await get(`${evse}/connectors/1`)).json()).toEqual({ id: '1', standard: 'CHADEMO' })
    expect((await get(`${evse}/connectors/2`)).status).toBe(404)
    expect((await server.call('PATCH', evse, { status: 'BLOCKED' })).status).toBe(200)
    expect((await server.call('PUT', `${evse}/connectors/1`, { id: '1' })).status).toBe(200)
    expect((await server.call('PATCH', `${evse}/connectors/1`, { max_amperage: 32 })).status).toBe(200)
    expect((await server.call('DELETE', evse)).status).toBe(200)
  })

  test('pages with a cursor, a link and the total; items are the documents as text', async () => {
    for (const id of ['C1', 'C2', 'C3']) await server.call('PUT', `/api/v1/cdrs/DE/IWC/${id}`, { id })
    const first = await get('/api/v1/cdrs?limit=2&party=DE*IWC')
    expect(first.headers.get('link')).toBe(
      '<https://node.example/api/v1/cdrs?limit=2&party=DE*IWC&cursor=2>; rel="next"',
    )
    expect(await first.json()).toEqual({ items: [{ id: 'C1' }, { id: 'C2' }], total: 3, next: '2' })
    const second = await get('/api/v1/cdrs?limit=2&party=DE*IWC&cursor=2&facts=true')
    expect(second.headers.get('link')).toBeNull()
    expect(await second.json()).toEqual({
      items: [{ id: 'C3' }],
      total: 3,
      next: null,
      facts: [
        {
          received_from: null,
          version_in: '2.3.0',
          check: { outcome: 'agrees', difference: { before_taxes: 0 }, state: 'open', findings: [] },
        },
      ],
    })
  })

  test('hands filters to the store, dates in UTC', async () => {
    await get(
      '/api/v1/sessions?own=true&status=ACTIVE&date_from=2026-01-01T00:00:00%2B02:00&date_to=2026-02-01T00:00:00Z',
    )
    expect(services.record.pages.at(-1)).toEqual({
      kind: 'session',
      limit: 100,
      receivedFrom: null,
      where: { status: 'ACTIVE' },
      dateFrom: '2025-12-31T22:00:00.000Z',
      dateTo: '2026-02-01T00:00:00.000Z',
    })
    await get('/api/v1/locations?received_from=p1&party=de-abc&limit=5')
    expect(services.record.pages.at(-1)).toEqual({
      kind: 'location',
      limit: 5,
      receivedFrom: 'p1',
      owners: [{ countryCode: 'DE', partyId: 'ABC' }],
    })
  })

  test('imports many, each item for itself, with the place of every refused one', async () => {
    const bodies = [
      tariff('B1'),
      { ...tariff('B2'), id: 7 },
      'text',
      { id: 'B4' },
      { ...tariff('B5'), party_id: 'OTH' },
    ]
    const response = await server.call('POST', '/api/v1/tariffs/bulk', bodies)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      created: 2,
      updated: 0,
      unchanged: 0,
      refused: [
        { index: 1, findings: [{ pointer: '/id' }] },
        { index: 2, findings: [{ code: 'not_an_object' }] },
        { index: 3, findings: [{ pointer: '/country_code' }] },
      ],
    })
  })

  test('sets charging preferences', async () => {
    const response = await server.call('PUT', '/api/v1/sessions/NL/PAR/S1/charging_preferences', {
      profile_type: 'GREEN',
    })
    expect(await response.json()).toEqual({ response: 'ACCEPTED' })
  })
})

describe('commands and authorizations', () => {
  test('sends a command and follows it; the address of the result stays secret', async () => {
    const body = { location_id: 'LOC1', token: { uid: 'app-1', type: 'APP_USER' } }
    const sent = await server.call('POST', '/api/v1/commands/START_SESSION', body)
    expect(sent.status).toBe(201)
    expect(services.record.sent.at(-1)).toEqual({ type: 'START_SESSION', body })
    const text = await sent.text()
    expect(text).not.toContain('secret')
    const followed = await get(sent.headers.get('location') ?? '')
    expect(pick(await followed.json(), 'state')).toBe('ACCEPTED')
    const listed: unknown = await (await get('/api/v1/commands?direction=sent&limit=1')).json()
    const id = pickText(JSON.parse(text), 'id')
    expect(listed).toMatchObject({ items: [{ id }], next: id })
  })

  test('takes the result of a received command', async () => {
    const sent = await server.call('POST', '/api/v1/commands/STOP_SESSION', { session_id: 'S' })
    const id = pickText(await sent.json(), 'id')
    const message = [{ language: 'en', text: 'No car.' }]
    const response = await server.call('POST', `/api/v1/commands/${id}/result`, { result: 'FAILED', message })
    expect(await response.json()).toMatchObject({ state: 'DONE', result: 'FAILED' })
  })

  test('decides on a token, RFID when no type is named', async () => {
    const location = { location_id: 'LOC1', evse_uids: ['E1'] }
    const response = await server.call('POST', '/api/v1/authorizations', { token_uid: '04AB', location })
    expect(services.record.decided.at(-1)).toEqual({ tokenUid: '04AB', type: 'RFID', location })
    expect(await response.json()).toMatchObject({ allowed: 'ALLOWED', auth_method: 'WHITELIST', info: null })
  })

  test('sets and removes the rule of a token', async () => {
    const rule = { allowed: 'BLOCKED', info: { language: 'en', text: 'Ask us.' } }
    const address = '/api/v1/tokens/DE/IWE/04AB/authorization?type=APP_USER'
    expect((await server.call('PUT', address, rule)).status).toBe(204)
    expect((await server.call('DELETE', address)).status).toBe(204)
    expect(services.record.rules.map((entry) => [entry.token.id, entry.rule])).toEqual([
      ['04AB/APP_USER', rule],
      ['04AB/APP_USER', null],
    ])
  })
})

describe('health, metrics and documentation', () => {
  test('answers health without a key, metrics only with one', async () => {
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toEqual({
      ok: true,
      checks: { database: 'ok' },
    })
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401)
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toMatch(/interwatt_http_request_duration_seconds_count\{[^}]*route="\/health\/live"/)
  })

  test('serves the reference from this node alone', async () => {
    const page = await fetch(`${server.url}/api/v1/reference`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    const html = await page.text()
    expect(html).not.toMatch(/(?:src|href)="https?:/)
    const scripts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(scripts.length).toBeGreaterThan(3)
    for (const path of scripts) {
      const file = await fetch(new URL(path, `${server.url}/api/v1/reference`))
      expect([path, file.status]).toEqual([path, 200])
      await file.arrayBuffer()
    }
    const document: unknown = await (await fetch(`${server.url}/api/v1/reference/json`)).json()
    expect(pick(document, 'components.securitySchemes.operatorKey')).toEqual({
      type: 'http',
      scheme: 'bearer',
    })
  })
})
