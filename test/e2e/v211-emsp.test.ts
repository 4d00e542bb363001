import { checkDocument, type DocumentName, schemaOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrives,
  type Connected,
  codes,
  connect,
  crawl,
  data,
  later,
  list,
  quiet,
} from '../support/connect.js'
import { cdr, cdrToken, connector, evse, location, session, tariff, token211 } from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** A foreign eMSP on 2.1.1 at our CPO node: what it reads, what it is sent, what it may command. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const MODULES = [
  { module: 'locations', name: 'location' },
  { module: 'tariffs', name: 'tariff' },
  { module: 'sessions', name: 'session' },
  { module: 'cdrs', name: 'cdr' },
] as const satisfies readonly { module: string; name: DocumentName }[]

let node: TestNode
let emsp: Connected
const at = (module: string, path = '') => emsp.party.at(module, 'SENDER', path)
const get = (url: string) => emsp.party.send('GET', url)
const pushed = (module: string): Received[] =>
  emsp.party.received.filter(
    ({ path, method }) => path.startsWith(`/2.1.1/receiver/${module}`) && method !== 'GET',
  )
const own = async (method: string, path: string, body?: unknown): Promise<void> => {
  const { status, body: answer } = await node.api(method, path, body)
  expect(status, JSON.stringify(answer)).toBeLessThan(300)
}
const refusals = async (): Promise<string> =>
  JSON.stringify((await node.api('GET', `/partners/${emsp.id}/refusals`)).body)

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  // A second party in the role: the connection is with the first one, as the invitation says.
  await node.api('PUT', '/parties/DE/CP2', { roles: ['CPO'], business_details: { name: 'Second' } })
  await own('PUT', '/locations/DE/CP2/ELSEWHERE', location('ELSEWHERE', { party_id: 'CP2' }))
  await own('PUT', '/tariffs/DE/CPO/AC-DAY', tariff('AC-DAY', { min_price: { before_taxes: 0.5 } }))
  await own('PUT', '/tariffs/DE/CPO/FAST', tariff('FAST', { type: 'PROFILE_FAST' }))
  const pair = [connector('1', { tariff_ids: ['FAST', 'AC-DAY'] }), connector('2', { standard: 'NEMA_5_20' })]
  const evses = [evse('E1', { connectors: pair }), evse('E2')]
  await own('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses, parking_type: 'ALONG_MOTORWAY' }))
  await own('PUT', '/locations/DE/CPO/HIDDEN', location('HIDDEN', { publish: false }))
  await own('PUT', '/sessions/DE/CPO/S1', session('S1', { auth_method: 'COMMAND' }))
  await own('PUT', '/sessions/DE/CPO/OTHER', session('OTHER', { cdr_token: cdrToken('X', OTHER) }))
  await own('PUT', '/cdrs/DE/CPO/CDR1', cdr())
  const credit = { credit: true, credit_reference_id: 'CDR1', total_cost: { before_taxes: -9 } }
  await own('PUT', '/cdrs/DE/CPO/CDR1-C', cdr('CDR1-C', credit))
  const { body } = await node.api('POST', '/partners', {
    name: 'eMSP',
    role: 'EMSP',
    party: { country_code: 'DE', party_id: 'CPO' },
  })
  const invited = { api: async () => ({ status: 201, body }) }
  const party = { country_code: 'DE', party_id: 'MSP' }
  emsp = await connect(invited, { version: '2.1.1', role: 'EMSP', party }, (foreign) => {
    foreign.strictToken = true
  })
  await arrives(emsp.party, 'the CDR', ({ method, path }) => method === 'POST' && path.endsWith('/cdrs'))
  await quiet(emsp.party)
})

afterAll(async () => {
  await emsp?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe.each(MODULES)('the list of $module for an eMSP on 2.1.1', ({ module, name }) => {
  it('holds whole documents of the version, of our party of the connection (TRN-031, ROL-006)', async () => {
    const items = list(await get(at(module, '?date_from=2020-01-01T00:00:00Z')))
    expect(items.map(({ id }) => id)).toEqual(
      { locations: ['LOC1'], tariffs: ['AC-DAY'], sessions: ['S1'], cdrs: ['CDR1'] }[module],
    )
    for (const item of items) {
      expect(checkDocument(schemaOf('2.1.1', name) as never, item, 'whole')).toEqual([])
      expect(JSON.stringify(item)).not.toMatch(/T\d\d:\d\d:\d\d\.\d/)
    }
  })

  it('has pages, filters and refusals as everywhere (TRN-060 to TRN-076, SES-004)', async () => {
    expect((await crawl(emsp.party, at(module, '?limit=1'))).length).toBeGreaterThan(0)
    expect(codes(await get(at(module, '?limit=0')))).toEqual([200, 2001])
    expect(list(await get(at(module, '?date_from=2090-01-01T00:00:00Z')))).toEqual([])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await emsp.party.send(method, at(module), { body: {} })).http).toBe(405)
  })
})

describe('what an eMSP on 2.1.1 reads', () => {
  it('has one tariff for everybody, volts and amperes, and the kinds 2.1.1 knows (locations.md 4)', async () => {
    const found = data(await get(at('locations', '/LOC1')))
    expect(found).toMatchObject({
      id: 'LOC1',
      type: 'OTHER',
      evses: [{ uid: 'E1', connectors: [{ id: '1', tariff_id: 'AC-DAY', voltage: 230, amperage: 32 }] }, {}],
    })
    expect((found.evses as { connectors: unknown[] }[])[0]?.connectors).toHaveLength(1)
    for (const field of ['country_code', 'publish', 'parking_type']) expect(found).not.toHaveProperty(field)
    expect(data(await get(at('locations', '/LOC1/E1/1')))).toMatchObject({ tariff_id: 'AC-DAY' })
  })

  it.each(['/HIDDEN', '/loc1', '/NOPE', '/LOC1/e1', '/LOC1/E1/9', '/ELSEWHERE'])(
    'not what is at %s: unpublished, spelt otherwise, unknown, of another party of ours (LOC-015, LOC-019)',
    async (path) => expect(codes(await get(at('locations', path)))).toEqual([404, 2003]),
  )

  it('no charging preferences (sessions.md, translation)', async () => {
    const body = { profile_type: 'FAST' }
    expect((await emsp.party.send('PUT', at('sessions', '/S1/charging_preferences'), { body })).http).toBe(
      404,
    )
  })
})

describe('what an eMSP on 2.1.1 is sent', () => {
  it('is valid, under our party, with a plain token and no routing (TRN-004, LOC-030)', () => {
    for (const { module, name } of MODULES) {
      const pushes = pushed(module).filter(({ method }) => method === 'PUT' || method === 'POST')
      expect(pushes.length, module).toBeGreaterThan(0)
      for (const { body, headers, path } of pushes) {
        expect(checkDocument(schemaOf('2.1.1', name) as never, body, 'whole')).toEqual([])
        expect(headers.authorization).toBe(`Token ${emsp.party.ownToken}`)
        expect(Object.keys(headers).filter((header) => header.startsWith('ocpi-'))).toEqual([])
        if (module !== 'cdrs') expect(path).toContain('/DE/CPO/')
      }
    }
    expect(JSON.stringify(emsp.party.received.map(({ path }) => path))).not.toContain('CP2')
  })

  it('puts a session with its location, EVSE and connector, and what it costs without tax (SES-065)', () => {
    expect(pushed('sessions').map(({ path }) => path.split('/').at(-1))).toEqual(['S1'])
    expect(pushed('sessions')[0]?.body).toMatchObject({
      id: 'S1',
      auth_id: 'DE-MSP-C00000001-5',
      auth_method: 'AUTH_REQUEST',
      total_cost: 0.68,
      location: { id: 'LOC1', name: 'Depot Süd', evses: [{ uid: 'E1', connectors: [{ id: '1' }] }] },
    })
  })

  it('posts a CDR with volts and amperes of the stored connector (cdrs.md, translation)', () => {
    expect(pushed('cdrs').map(({ body }) => (body as { id: string }).id)).toEqual(['CDR1'])
    expect(pushed('cdrs')[0]?.body).toMatchObject({
      stop_date_time: '2026-03-01T11:00:00Z',
      total_cost: 9,
      location: { evses: [{ evse_id: 'DE*TST*E1', connectors: [{ voltage: 230, amperage: 32 }] }] },
      tariffs: [{ id: 'AC-DAY' }],
    })
  })

  it('says limits of a price in the text, and withholds what would be billed otherwise (tariffs.md 6)', async () => {
    const [put] = pushed('tariffs')
    expect(put?.body).toMatchObject({
      id: 'AC-DAY',
      tariff_alt_text: [{ language: 'en', text: expect.stringContaining('at least 0.5 EUR') }],
    })
    expect(await refusals()).toMatch(/FAST.*withheld|withheld.*FAST/)
    expect(await refusals()).toMatch(/credit/)
    expect(pushed('locations').some(({ path }) => path.endsWith('/HIDDEN'))).toBe(false)
  })

  it('is patched with what changed, in seconds (LOC-077, TYP-023)', async () => {
    emsp.party.received.length = 0
    await own('PATCH', '/locations/DE/CPO/LOC1/evses/E2', { status: 'CHARGING' })
    const change = await arrives(emsp.party, 'a PATCH', ({ method }) => method === 'PATCH')
    expect(change.path).toBe('/2.1.1/receiver/locations/DE/CPO/LOC1/E2')
    expect(change.body).toEqual({ status: 'CHARGING', last_updated: expect.stringMatching(/:\d\dZ$/) })
    await own('PATCH', '/sessions/DE/CPO/S1', { kwh: 3 })
    const progress = await arrives(
      emsp.party,
      'a PATCH',
      ({ method, path }) => method === 'PATCH' && path.endsWith('S1'),
    )
    expect(progress.body).toMatchObject({ kwh: 3 })
    await own('PATCH', '/sessions/DE/CPO/S1', { evse_uid: 'E2' })
    const moved = await arrives(
      emsp.party,
      'a PUT',
      ({ method, path }) => method === 'PUT' && path.endsWith('S1'),
    )
    expect(moved.body).toMatchObject({ location: { evses: [{ uid: 'E2' }] } })
  })

  it('gets a tariff when it becomes valid and is rid of it when it ceases to be, by the clock (tariffs.md 6.1)', async () => {
    const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString()
    const dates = { start_date_time: inMs(1500), end_date_time: inMs(3500) }
    await own('PUT', '/tariffs/DE/CPO/SOON', tariff('SOON', dates))
    await eventually('the refusal', async () => (await refusals()).includes('SOON') || undefined)
    const soon = () => pushed('tariffs').filter(({ path }) => path.endsWith('/SOON'))
    expect(soon()).toEqual([])
    await arrives(emsp.party, 'it', ({ method, path }) => method === 'PUT' && path.endsWith('/SOON'))
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(dates.start_date_time))
    expect(soon()[0]?.body).not.toHaveProperty('end_date_time')
    await eventually('the refusal is gone', async () => !(await refusals()).includes('SOON') || undefined)
    await arrives(emsp.party, 'its end', ({ method, path }) => method === 'DELETE' && path.endsWith('/SOON'))
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(dates.end_date_time))
    await quiet(emsp.party)
    expect(soon().map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
  })

  it('deletes a tariff nobody uses (TAR-012)', async () => {
    await own('PUT', '/tariffs/DE/CPO/GONE', tariff('GONE'))
    await arrives(emsp.party, 'it', ({ method, path }) => method === 'PUT' && path.endsWith('/GONE'))
    await own('DELETE', '/tariffs/DE/CPO/GONE')
    await arrives(emsp.party, 'its end', ({ method, path }) => method === 'DELETE' && path.endsWith('/GONE'))
  })
})

describe('tokens of an eMSP on 2.1.1', () => {
  const put = (path: string, body: unknown) =>
    emsp.party.send('PUT', emsp.party.at('tokens', 'RECEIVER', `/DE/MSP${path}`), { body })
  const read = (path: string) => emsp.party.send('GET', emsp.party.at('tokens', 'RECEIVER', `/DE/MSP${path}`))

  it('are put, patched without a time, and given back as sent (TOK-033, TOK-038)', async () => {
    expect(codes(await put('/CARD-1', token211('CARD-1')))).toEqual([201, 1000])
    expect(data(await read('/CARD-1'))).toEqual(token211('CARD-1'))
    const url = emsp.party.at('tokens', 'RECEIVER', '/DE/MSP/CARD-1')
    expect(codes(await emsp.party.send('PATCH', url, { body: { valid: false } }))).toEqual([200, 1000])
    expect(data(await read('/CARD-1'))).toMatchObject({ valid: false })
    expect((await node.api('GET', '/tokens/DE/MSP/CARD-1')).body).toMatchObject({
      country_code: 'DE',
      party_id: 'MSP',
      contract_id: 'DE-MSP-C00000001-5',
    })
  })

  it('are known by their uid alone: another type replaces (TOK-030)', async () => {
    await put('/SAME', token211('SAME'))
    await put('/SAME', token211('SAME', { type: 'OTHER', issuer: 'Later' }))
    expect(data(await read('/SAME'))).toMatchObject({ type: 'OTHER', issuer: 'Later' })
  })

  it('are 404 when unknown or spelt otherwise; 2001 says that no such token is known (TOK-037, TOK-039)', async () => {
    expect(codes(await read('/NOBODY'))).toEqual([404, 2001])
    expect(codes(await read('/card-1'))).toEqual([404, 2001])
    expect(codes(await put('/BAD', token211('BAD', { auth_id: undefined })))).toEqual([200, 2001])
    expect(codes(await put('/A', token211('B')))).toEqual([200, 2001])
  })

  it('are asked about in real time in the version, and the answer gets its token from the store (tokens.md 4.2)', async () => {
    await put('/LIVE', token211('LIVE', { whitelist: 'NEVER' }))
    emsp.party.routes.set('POST /2.1.1/sender/tokens/LIVE/authorize', (request) => ({
      data: { allowed: 'ALLOWED', location: request.body },
    }))
    const decide = (token_uid: string, type = 'RFID') =>
      node.api('POST', '/authorizations', {
        token_uid,
        type,
        location: { location_id: 'LOC1', evse_uids: ['E2'] },
      })
    expect((await decide('LIVE')).body).toMatchObject({
      allowed: 'ALLOWED',
      reason: 'realtime',
      token: { uid: 'LIVE', contract_id: 'DE-MSP-C00000001-5', party_id: 'MSP' },
      location: { location_id: 'LOC1', evse_uids: ['E2'] },
    })
    emsp.party.routes.set('POST /2.1.1/sender/tokens/NEW/authorize', () => ({ data: { allowed: 'ALLOWED' } }))
    expect((await decide('NEW', 'APP_USER')).body).toMatchObject({
      allowed: 'ALLOWED',
      token: { uid: 'NEW', type: 'APP_USER', contract_id: 'NEW', whitelist: 'NEVER', country_code: 'DE' },
    })
    const asked = emsp.party.received.findLast(({ path }) => path.endsWith('/NEW/authorize'))
    expect(asked?.query.get('type')).toBe('OTHER')
    emsp.party.routes.set('POST /2.1.1/sender/tokens/', () => ({ http: 404, code: 2000 }))
    expect((await decide('NOBODY')).body).toMatchObject({ allowed: 'NOT_ALLOWED', reason: 'unknown_token' })
  })
})

describe('commands of an eMSP on 2.1.1', () => {
  const send = (name: string, body: object) =>
    emsp.party.send('POST', emsp.party.at('commands', 'RECEIVER', `/${name}`), {
      body: { response_url: `${emsp.party.url}/results/${name}-${Math.random()}`, ...body },
    })
  const place = { location_id: 'LOC1', evse_uid: 'E1' }

  it('are answered at once by a result alone; the result follows as a CommandResponse (CMD-003, CMD-009)', async () => {
    const answer = await send('START_SESSION', { token: token211('DRIVER', { type: 'OTHER' }), ...place })
    expect([codes(answer), answer.envelope?.data]).toEqual([[200, 1000], { result: 'ACCEPTED' }])
    const event = await readEvent(node, 'command.received', (text) => text.includes('DRIVER'))
    expect(event).toContain('"APP_USER"')
    const { items } = (await node.api('GET', '/commands?direction=received')).body as {
      items: { id: string; request: unknown }[]
    }
    const command = items.find(({ request }) => JSON.stringify(request).includes('DRIVER'))
    expect(command?.request).toMatchObject({
      token: { country_code: 'DE', party_id: 'MSP', type: 'APP_USER' },
    })
    await own('POST', `/commands/${command?.id}/result`, {
      result: 'EVSE_OCCUPIED',
      message: [{ language: 'en', text: 'x' }],
    })
    const result = await arrives(emsp.party, 'the result', ({ path }) =>
      path.startsWith('/results/START_SESSION'),
    )
    expect(result.body).toEqual({ result: 'REJECTED' })
    expect(result.headers.authorization).toBe(`Token ${emsp.party.ownToken}`)
    const decided = await node.api('POST', '/authorizations', { token_uid: 'DRIVER', type: 'APP_USER' })
    expect(decided.body).toMatchObject({ allowed: 'ALLOWED', reason: 'command' })
  })

  it('reserve under a number (commands.md, translation)', async () => {
    const reserve = {
      token: token211('DRIVER'),
      expiry_date: '2090-01-01T00:00:00Z',
      reservation_id: 4711,
      ...place,
    }
    expect((await send('RESERVE_NOW', reserve)).envelope?.data).toEqual({ result: 'ACCEPTED' })
    const { body } = await node.api('GET', '/commands?direction=received')
    expect(JSON.stringify(body)).toContain('"reservation_id":"4711"')
  })

  it.each([
    ['STOP_SESSION', { session_id: 'NOPE' }, { result: 'UNKNOWN_SESSION' }],
    ['UNLOCK_CONNECTOR', { ...place, connector_id: '1' }, { result: 'NOT_SUPPORTED' }],
    ['CANCEL_RESERVATION', { reservation_id: '4711' }, { result: 'NOT_SUPPORTED' }],
    ['DANCE', {}, { result: 'NOT_SUPPORTED' }],
  ])('%s is answered in the version (CMD-026, CMD-033, CMD-042)', async (name, body, result) => {
    const answer = await send(name, body)
    expect([codes(answer), answer.envelope?.data]).toEqual([[200, 1000], result])
  })

  it('stop a session of its driver', async () => {
    expect((await send('STOP_SESSION', { session_id: 'S1' })).envelope?.data).toEqual({ result: 'ACCEPTED' })
    expect((await send('STOP_SESSION', { session_id: 'OTHER' })).envelope?.data).toEqual({
      result: 'REJECTED',
    })
  })

  it.each([
    ['START_SESSION', { token: { uid: 'X' }, ...place }, [200, 2001]],
    ['RESERVE_NOW', { token: token211('D'), expiry_date: 'soon', reservation_id: 1, ...place }, [200, 2001]],
    [
      'RESERVE_NOW',
      { token: token211('D'), expiry_date: later(1), reservation_id: 'text', ...place },
      [200, 2001],
    ],
    ['START_SESSION', { token: token211('D'), location_id: 'NOPE' }, [200, 2003]],
    [
      'START_SESSION',
      { token: token211('D'), ...place, response_url: 'https://elsewhere.example/x' },
      [200, 2001],
    ],
  ])('%s with wrong input is refused (CMD-011, CMD-024, CMD-034)', async (name, body, expected) => {
    expect(codes(await send(name, body))).toEqual(expected)
  })
})

describe('an eMSP on 2.1.1 changes to 2.2.1 and back', () => {
  it('by PUT on the other version; everything comes again in it (CRD-042, CRD-053, CRD-055)', async () => {
    const party = { country_code: 'AT', party_id: 'MSP' }
    const { body } = await node.api('POST', '/partners', {
      name: 'Changer',
      role: 'EMSP',
      party: { country_code: 'DE', party_id: 'CPO' },
    })
    const old = await connect(
      { api: async () => ({ status: 201, body }) },
      { version: '2.1.1', role: 'EMSP', party },
    )
    await using _old = old.party
    const next = await import('../support/foreign-party.js').then(({ ForeignParty }) =>
      ForeignParty.start({ version: '2.2.1', role: 'EMSP', party }),
    )
    await using _next = next
    next.nodeToken = old.party.nodeToken
    const urls = body as { versions_url: string; cpo_versions_url: string }
    await next.discover(urls.cpo_versions_url, next.nodeToken)
    expect(codes(await next.send('GET', `${node.url}/ocpi/2.2.1/sender/locations`))).toEqual([200, 3002])
    const up = await next.send('PUT', next.nodeCredentials, { body: next.credentials() })
    expect(up.envelope).toMatchObject({
      status_code: 1000,
      data: { url: urls.versions_url, roles: [{}, {}] },
    })
    next.nodeToken = String(data(up).token)
    await arrives(next, 'a location in 2.2.1', ({ path }) => path === '/2.2.1/receiver/locations/DE/CPO/LOC1')
    await arrives(next, 'those of all parties', ({ path }) => path.includes('/locations/DE/CP2/'))
    expect((await node.api('GET', `/partners/${(body as { id: string }).id}`)).body).toMatchObject({
      version: '2.2.1',
      own: null,
      endpoints: expect.arrayContaining([
        expect.objectContaining({ identifier: 'locations', role: 'RECEIVER' }),
      ]),
    })
    old.party.nodeToken = next.nodeToken
    old.party.received.length = 0
    const unclear = await old.party.send('PUT', old.party.nodeCredentials, { body: old.party.credentials() })
    expect(unclear.envelope?.status_message).toContain('DE*CPO as CPO')
    await own('PUT', '/parties/DE/CP2', { roles: ['NSP'], business_details: { name: 'Second' } })
    const down = await old.party.send('PUT', old.party.nodeCredentials, { body: old.party.credentials() })
    expect(down.envelope).toMatchObject({
      status_code: 1000,
      data: { party_id: 'CPO', url: urls.cpo_versions_url },
    })
    await eventually('a location in 2.1.1', () =>
      old.party.received.find(
        ({ path, method }) => method === 'PUT' && path.endsWith('/locations/DE/CPO/LOC1'),
      ),
    )
  })
})
