import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, data, later, list } from '../support/connect.js'
import {
  cdr211,
  connector211,
  evse211,
  location211,
  period211,
  session211,
  tariff211,
  token,
} from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A foreign CPO on 2.1.1 pushes to our eMSP node, is read by it, and gets its tokens. */
let node: TestNode
let cpo: Connected
const at = (module: string, path = '') => cpo.party.at(module, 'RECEIVER', path)
const put = (module: string, path: string, body: unknown) =>
  cpo.party.send('PUT', at(module, `/DE/CPO${path}`), { body })
const patch = (module: string, path: string, body: unknown) =>
  cpo.party.send('PATCH', at(module, `/DE/CPO${path}`), { body })
const get = (module: string, path: string) => cpo.party.send('GET', at(module, `/DE/CPO${path}`))
const canonical = async (path: string) => (await node.api('GET', path)).body as Record<string, unknown>

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  await node.api(
    'PUT',
    '/tokens/DE/MSP/APP-1?type=APP_USER',
    token('APP-1', { type: 'APP_USER', whitelist: 'NEVER', contract_id: 'DE-MSP-APP' }),
  )
  const party = { country_code: 'DE', party_id: 'CPO' }
  const modules = [{ identifier: 'tokens', role: 'RECEIVER' } as const]
  cpo = await connect(node, { version: '2.1.1', role: 'CPO', party, endpoints: modules }, (party) => {
    party.strictToken = true
  })
})

afterAll(async () => {
  await cpo?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('locations of a CPO on 2.1.1', () => {
  it('are created, replaced and given back as sent, umlauts too (LOC-037, LOC-040, TYP-005)', async () => {
    expect(codes(await put('locations', '/LOC1', location211()))).toEqual([201, 1000])
    expect(codes(await put('locations', '/LOC1', location211()))).toEqual([200, 1000])
    expect(data(await get('locations', '/LOC1'))).toEqual(location211())
    expect(data(await get('locations', '/LOC1/E1'))).toEqual(evse211('E1'))
    expect(data(await get('locations', '/LOC1/E1/1'))).toEqual(connector211())
  })

  it('get the owner of the URL, publication and the time zone of the country (locations.md 4.1)', async () => {
    expect(await canonical('/locations/DE/CPO/LOC1')).toMatchObject({
      country_code: 'DE',
      party_id: 'CPO',
      publish: true,
      time_zone: 'Europe/Berlin',
      evses: [{ connectors: [{ max_voltage: 230, max_amperage: 32, tariff_ids: ['AC-DAY'] }] }, {}],
    })
    expect(await canonical('/locations/DE/CPO/LOC1')).not.toHaveProperty('parking_type')
  })

  it('change by PATCH without last_updated, which is then of the moment (LOC-072, TRN-095)', async () => {
    const before = new Date().toISOString()
    expect(codes(await patch('locations', '/LOC1/E1', { status: 'CHARGING' }))).toEqual([200, 1000])
    const found = data(await get('locations', '/LOC1/E1'))
    expect(found).toMatchObject({ status: 'CHARGING', evse_id: 'DE*TST*E1' })
    expect(String(found.last_updated) >= before.slice(0, 19)).toBe(true)
    expect(codes(await patch('locations', '/LOC1/E1/1', { tariff_id: 'OTHER', amperage: 16 }))).toEqual([
      200, 1000,
    ])
    expect(await canonical('/locations/DE/CPO/LOC1')).toMatchObject({
      evses: [{ connectors: [{ max_amperage: 16, tariff_ids: ['OTHER'] }] }, {}],
    })
    expect(codes(await patch('locations', '/LOC1', { type: 'PARKING_LOT', name: 'Nord' }))).toEqual([
      200, 1000,
    ])
    expect(await canonical('/locations/DE/CPO/LOC1')).toMatchObject({
      parking_type: 'PARKING_LOT',
      name: 'Nord',
    })
  })

  it('are other ones when spelt otherwise (LOC-019)', async () => {
    expect(codes(await get('locations', '/loc1'))).toEqual([404, 2003])
    expect(codes(await get('locations', '/LOC1/e1'))).toEqual([404, 2003])
  })

  it('are taken with other than six decimals and given back with six (LOC-111)', async () => {
    const coordinates = { latitude: '52.52', longitude: '13.40495412' }
    expect(codes(await put('locations', '/LOC2', location211('LOC2', { coordinates })))).toEqual([201, 1000])
    expect(data(await get('locations', '/LOC2'))).toMatchObject({
      coordinates: { latitude: '52.520000', longitude: '13.404954' },
    })
  })

  it.each([
    ['no city', { city: undefined }],
    ['a type of place nobody knows', { type: 'MOON' }],
    ['numbers for coordinates', { coordinates: { latitude: 52, longitude: 13 } }],
    ['another id', { id: 'LOC9' }],
    ['no statement of opening', { opening_times: { exceptional_openings: [] } }],
  ])('with %s are refused with 2001 (LOC-033, LOC-034)', async (_what, change) => {
    expect(codes(await put('locations', '/LOC3', location211('LOC3', change)))).toEqual([200, 2001])
    expect((await get('locations', '/LOC3')).http).toBe(404)
  })

  it('of another party, or EVSEs of unknown locations, are 404 (LOC-032, LOC-053)', async () => {
    expect((await cpo.party.send('PUT', at('locations', '/NL/XYZ/L'), { body: location211('L') })).http).toBe(
      404,
    )
    expect(codes(await put('locations', '/NOPE/E1', evse211()))).toEqual([404, 2003])
    expect(codes(await patch('locations', '/NOPE', { name: 'x' }))).toEqual([404, 2003])
  })
})

describe('tariffs of a CPO on 2.1.1', () => {
  it('are put, patched and deleted (TAR-007, TAR-008)', async () => {
    expect(codes(await put('tariffs', '/AC-DAY', tariff211()))).toEqual([201, 1000])
    const elements = [{ price_components: [{ type: 'TIME', price: 2, step_size: 60 }] }]
    expect(codes(await patch('tariffs', '/AC-DAY', { elements }))).toEqual([200, 1000])
    expect(data(await get('tariffs', '/AC-DAY'))).toMatchObject({ elements, currency: 'EUR' })
    expect(await canonical('/tariffs/DE/CPO/AC-DAY')).toMatchObject({
      country_code: 'DE',
      party_id: 'CPO',
      tax_included: 'NO',
      elements,
    })
    expect(codes(await patch('tariffs', '/AC-DAY', { currency: null }))).toEqual([200, 2001])
    expect(codes(await patch('tariffs', '/NOPE', { currency: 'CHF' }))).toEqual([404, 2000])
    expect(codes(await cpo.party.send('DELETE', at('tariffs', '/DE/CPO/AC-DAY')))).toEqual([200, 1000])
    expect((await get('tariffs', '/AC-DAY')).http).toBe(404)
  })
})

describe('sessions of a CPO on 2.1.1', () => {
  it('are kept with token and place by ids, and given back as sent (sessions.md, translation)', async () => {
    expect(codes(await put('sessions', '/S1', session211()))).toEqual([201, 1000])
    expect(data(await get('sessions', '/S1'))).toEqual(session211())
    expect(await canonical('/sessions/DE/CPO/S1')).toMatchObject({
      country_code: 'DE',
      party_id: 'CPO',
      cdr_token: {
        country_code: 'DE',
        party_id: 'MSP',
        uid: '04AA11BB22CC33',
        type: 'RFID',
        contract_id: 'DE-MSP-C00000001-5',
      },
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
      total_cost: { before_taxes: 0.68 },
      charging_periods: [{ dimensions: [{ type: 'ENERGY', volume: 1.5 }] }],
    })
  })

  it('of a contract nobody knows get a token without uid, of our eMSP (sessions.md, translation)', async () => {
    await put('sessions', '/S2', session211('S2', { auth_id: 'UNKNOWN-CONTRACT' }))
    expect(await canonical('/sessions/DE/CPO/S2')).toMatchObject({
      cdr_token: {
        country_code: 'DE',
        party_id: 'MSP',
        uid: '#NA',
        type: 'OTHER',
        contract_id: 'UNKNOWN-CONTRACT',
      },
    })
  })

  it('change by PATCH; a period takes the place of the one that starts with it (SES-029, SES-039)', async () => {
    const again = period211('2026-03-01T10:00:00Z', 2)
    const next = period211('2026-03-01T10:15:00Z', 3)
    for (const charging_periods of [[again], [next], [next]])
      expect(codes(await patch('sessions', '/S1', { kwh: 5, charging_periods }))).toEqual([200, 1000])
    expect(data(await get('sessions', '/S1'))).toMatchObject({
      kwh: 5,
      charging_periods: [again, next],
      location: { name: 'Depot Süd' },
    })
    const moved = location211('LOC1', { evses: [evse211('E2')] })
    await patch('sessions', '/S1', { location: moved, last_updated: new Date().toISOString() })
    expect(await canonical('/sessions/DE/CPO/S1')).toMatchObject({ evse_uid: 'E2' })
    expect(data(await get('sessions', '/S1'))).toMatchObject({ location: moved })
  })

  it.each([
    ['no location', { location: undefined }],
    ['a status of newer versions', { status: 'RESERVATION' }],
    ['an authorization of newer versions', { auth_method: 'COMMAND' }],
    ['a price as newer versions have it', { total_cost: { excl_vat: 1 } }],
  ])('with %s are refused with 2001 (SES-042, TYP-046)', async (_what, change) => {
    expect(codes(await put('sessions', '/BAD', session211('BAD', change)))).toEqual([200, 2001])
    expect((await get('sessions', '/BAD')).http).toBe(404)
  })

  it('have no charging preferences, and the operator is told (SES-080)', async () => {
    const url = '/sessions/DE/CPO/S1/charging_preferences'
    const { status, body } = await node.api('PUT', url, { profile_type: 'FAST' })
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining('no charging preferences')])
  })
})

describe('CDRs of a CPO on 2.1.1', () => {
  it('are posted once and read back at the given address as sent (CDR-006 to CDR-013)', async () => {
    const post = (body: unknown) => cpo.party.send('POST', at('cdrs'), { body })
    const first = await post(cdr211())
    expect(codes(first)).toEqual([201, 1000])
    const url = String(first.headers.get('location'))
    expect(url.startsWith(at('cdrs'))).toBe(true)
    expect(data(await cpo.party.send('GET', url))).toEqual(cdr211())
    expect(codes(await post(cdr211()))).toEqual([200, 1000])
    expect(codes(await post(cdr211('CDR1', { total_cost: 99 })))).toEqual([200, 2001])
    expect(codes(await post(cdr211('BAD', { charging_periods: [] })))).toEqual([200, 2001])
    expect(await canonical('/cdrs/DE/CPO/CDR1')).not.toHaveProperty('session_id')
    expect(await canonical('/cdrs/DE/CPO/CDR1')).toMatchObject({
      end_date_time: '2026-03-01T11:00:00Z',
      cdr_token: { uid: '04AA11BB22CC33' },
      cdr_location: { id: 'LOC1', evse_uid: 'E1', evse_id: 'DE*TST*E1', connector_id: '1' },
      charging_periods: [{ tariff_id: 'AC-DAY', dimensions: [{ type: 'ENERGY' }] }],
      tariffs: [{ tax_included: 'NO', party_id: 'CPO' }],
      total_cost: { before_taxes: 9 },
    })
  })
})

describe('what a CDR of 2.1.1 leaves out', () => {
  const post = (body: unknown) => cpo.party.send('POST', at('cdrs'), { body })
  const evses = [evse211('E9')]
  const contract = { auth_id: 'LATE-CONTRACT', location: location211('LOC1', { evses }) }

  it('is found: the session of the same contract, EVSE and time, when it is the only one (cdrs.md, translation)', async () => {
    await put('sessions', '/S9', session211('S9', contract))
    await post(cdr211('C9', contract))
    expect(await canonical('/cdrs/DE/CPO/C9')).toMatchObject({ session_id: 'S9', cdr_token: { uid: '#NA' } })
    await put('sessions', '/S10', session211('S10', contract))
    await post(cdr211('C10', contract))
    expect(await canonical('/cdrs/DE/CPO/C10')).not.toHaveProperty('session_id')
    await post(
      cdr211('C11', { ...contract, start_date_time: later(4 * 86_400), stop_date_time: later(5 * 86_400) }),
    )
    expect(await canonical('/cdrs/DE/CPO/C11')).not.toHaveProperty('session_id')
  })

  it('is no other CDR when it is known the second time: the same is the same (CDR-012)', async () => {
    await node.api('PUT', '/tokens/DE/MSP/LATE', token('LATE', { contract_id: 'LATE-CONTRACT' }))
    expect(codes(await post(cdr211('C9', contract)))).toEqual([200, 1000])
    expect(data(await cpo.party.send('GET', at('cdrs', '/DE/CPO/C9')))).toEqual(cdr211('C9', contract))
    expect(codes(await post(cdr211('C9', { ...contract, total_cost: 1 })))).toEqual([200, 2001])
  })
})

describe('what a CPO on 2.1.1 gets', () => {
  it('tokens under our party, without what 2.1.1 lacks (TOK-020, tokens.md 4.1)', async () => {
    const of = (uid: string) =>
      eventually(`token ${uid}`, () =>
        cpo.party.received.find(({ method, path }) => method === 'PUT' && path.endsWith(`/DE/MSP/${uid}`)),
      )
    const card = await of('04AA11BB22CC33')
    expect(card.body).toEqual({
      uid: '04AA11BB22CC33',
      type: 'RFID',
      auth_id: 'DE-MSP-C00000001-5',
      issuer: 'Test Mobility',
      valid: true,
      whitelist: 'ALLOWED',
      last_updated: '2026-03-01T10:00:00Z',
    })
    expect(card.headers.authorization).toBe(`Token ${cpo.party.ownToken}`)
    expect(Object.keys(card.headers).filter((name) => name.startsWith('ocpi-'))).toEqual([])
    expect((await of('APP-1')).body).toMatchObject({ type: 'OTHER', auth_id: 'DE-MSP-APP' })
    expect((await of('APP-1')).query.get('type')).toBeNull()
    await node.api('PATCH', '/tokens/DE/MSP/04AA11BB22CC33', { valid: false })
    const change = await eventually('a PATCH', () =>
      cpo.party.received.find(({ method }) => method === 'PATCH'),
    )
    expect(change.body).toEqual({ valid: false, last_updated: expect.stringMatching(/:\d\dZ$/) })
  })

  it('not the token that shares its uid with a card: it could not be told apart (tokens.md 4.1)', async () => {
    await node.api('PUT', '/tokens/DE/MSP/TWIN', token('TWIN'))
    await node.api(
      'PUT',
      '/tokens/DE/MSP/TWIN?type=APP_USER',
      token('TWIN', { type: 'APP_USER', whitelist: 'NEVER' }),
    )
    const refusals = await eventually('a refusal', async () => {
      const { body } = await node.api('GET', `/partners/${cpo.id}/refusals`)
      return JSON.stringify(body).includes('TWIN') ? JSON.stringify(body) : undefined
    })
    expect(refusals).toContain('withheld')
    const puts = cpo.party.received.filter(({ method, path }) => method === 'PUT' && path.endsWith('/TWIN'))
    expect(puts.map(({ body }) => (body as { type: string }).type)).toEqual(['RFID'])
  })

  it('our list of tokens, by pages, in its version (TOK-001, TOK-003)', async () => {
    const page = await cpo.party.send('GET', cpo.party.at('tokens', 'SENDER', '?limit=1'))
    expect(list(page)).toMatchObject([{ uid: '04AA11BB22CC33', auth_id: 'DE-MSP-C00000001-5' }])
    expect(page.headers.get('x-total-count')).toBe('5')
    expect(page.headers.get('link')).toContain('/ocpi/emsp/2.1.1/tokens?')
    expect(page.envelope?.timestamp).toMatch(/:\d\dZ$/)
  })

  it('an answer about a token, by either name of its type (TOK-063, TOK-065, TOK-067)', async () => {
    await node.api('PATCH', '/tokens/DE/MSP/04AA11BB22CC33', { valid: true })
    const ask = (path: string, body?: unknown) =>
      cpo.party.send('POST', cpo.party.at('tokens', 'SENDER', path), body === undefined ? {} : { body })
    const place = { location_id: 'LOC1', evse_uids: ['E1'], connector_ids: ['1'] }
    const allowed = await ask('/04AA11BB22CC33/authorize', place)
    expect(codes(allowed)).toEqual([200, 1000])
    expect(allowed.envelope?.data).toEqual({
      allowed: 'ALLOWED',
      location: { location_id: 'LOC1', evse_uids: ['E1'] },
    })
    for (const name of ['type', 'token_type'])
      expect(data(await ask(`/APP-1/authorize?${name}=OTHER`))).toEqual({ allowed: 'ALLOWED' })
    expect(codes(await ask('/NOBODY/authorize'))).toEqual([404, 2001])
  })
})

describe('what a CPO on 2.1.1 pulled by us has', () => {
  it('comes by its lists with a plain token, dates in seconds, and no owner in the objects (TRN-004, TYP-023)', async () => {
    const party = { country_code: 'AT', party_id: 'CPO' }
    const stored = {
      tariffs: [tariff211('T1')],
      locations: [location211('L1', { last_updated: later(5) })],
      sessions: [session211('S1')],
      cdrs: [cdr211('C1')],
    }
    const other = await connect(node, { version: '2.1.1', role: 'CPO', party }, (foreign) => {
      foreign.strictToken = true
      for (const [module, items] of Object.entries(stored))
        foreign.routes.set(`GET /2.1.1/sender/${module}`, () => ({
          data: items,
          headers: { 'x-total-count': '1', 'x-limit': '10' },
        }))
    })
    await using _closing = other.party
    await eventually('all of it', async () => {
      const { status } = await node.api('GET', '/cdrs/AT/CPO/C1')
      return status === 200 || undefined
    })
    expect(await canonical('/sessions/AT/CPO/S1')).toMatchObject({
      country_code: 'AT',
      cdr_token: { party_id: 'MSP', uid: '04AA11BB22CC33' },
    })
    expect(await canonical('/locations/AT/CPO/L1')).toMatchObject({ party_id: 'CPO', publish: true })
    expect(await canonical('/tariffs/AT/CPO/T1')).toMatchObject({ country_code: 'AT', tax_included: 'NO' })
    const asked = other.party.received.filter(({ path }) => path.includes('/sender/sessions'))
    expect(asked[0]?.query.get('date_from')).toBe('1970-01-01T00:00:00Z')
    expect(asked[0]?.headers.authorization).toMatch(/^Token foreign-own-/)
  })
})
