import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, list, quiet } from '../support/connect.js'
import {
  adHocToken,
  cdr,
  cdrToken,
  confirmation,
  evse,
  location,
  session,
  tariff,
  terminal,
} from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Foreign CPOs at our node in the role PTP: who sees what, what they may change, what they are sent. */
const CPO = { country_code: 'DE', party_id: 'CPO' }
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const PAID = cdrToken('PAY-1', {
  country_code: 'AT',
  party_id: 'PTP',
  type: 'AD_HOC_USER',
  contract_id: 'AT-PTP-PAY-1',
})
const endpoints = [
  { identifier: 'locations', role: 'SENDER' },
  { identifier: 'tariffs', role: 'SENDER' },
  { identifier: 'sessions', role: 'SENDER' },
  { identifier: 'cdrs', role: 'SENDER' },
  { identifier: 'commands', role: 'RECEIVER' },
  { identifier: 'payments', role: 'RECEIVER' },
] as const

let node: TestNode
let cpo: Connected
let other: Connected
/** Knows 2.3.0, but not Payments. */
let core: Connected

const at = (party: Connected, path: string) => party.party.at('payments', 'SENDER', path)
const ask = (method: string, path: string, body?: unknown, party = cpo) =>
  party.party.send(method, at(party, path), body === undefined ? {} : { body })
const get = (path: string, party = cpo) => ask('GET', path, undefined, party)
const own = (path: string) => `/terminals/AT/PTP/${path}`
const shown = async (id: string) => (await node.api('GET', own(id))).body as Record<string, unknown>
const make = (id: string, change: object = CPO) => node.api('PUT', own(id), terminal(id, change))
/** The last state of a terminal that a CPO was sent. */
const sentTo = (
  party: Connected,
  id: string,
  fits: (body: Record<string, unknown>) => boolean = () => true,
) =>
  arrives(party.party, `terminal ${id}`, ({ method, path, body }) => {
    const document = body as Record<string, unknown> | undefined
    return method === 'POST' && path.endsWith('/terminals') && document?.terminal_id === id && fits(document)
  })

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/AT/PTP', { roles: ['PTP'], business_details: { name: 'Terminals' } })
  const role = 'CPO'
  cpo = await connect(node, { version: '2.3.0', role, party: CPO, endpoints }, ({ routes, ...party }) => {
    routes.set('GET /2.3.0/sender/locations', () => ({
      data: [location('LOC1', { evses: [evse('E1')] })],
      headers: { 'x-total-count': '1' },
    }))
    routes.set('GET /2.3.0/sender/tariffs', () => ({
      data: [tariff('AC-DAY', { preauthorize_amount: 60 })],
      headers: { 'x-total-count': '1' },
    }))
    routes.set('POST /2.3.0/receiver/commands', () => ({ data: { result: 'ACCEPTED', timeout: 30 } }))
    return party
  })
  other = await connect(node, { version: '2.3.0', role, party: OTHER, endpoints })
  core = await connect(node, { version: '2.3.0', role, party: { country_code: 'FR', party_id: 'COR' } })
})

afterAll(async () => {
  for (const each of [cpo, other, core]) await each?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('a node that hosts a payment terminal provider', () => {
  it('offers what a provider has, and no tokens (roles 2.4)', () => {
    expect([...cpo.party.nodeEndpoints.keys()].sort()).toEqual([
      'cdrs RECEIVER',
      'commands SENDER',
      'locations RECEIVER',
      'payments SENDER',
      'sessions RECEIVER',
      'tariffs RECEIVER',
    ])
  })

  it('is PTP to those who know Payments and OTHER to the rest (ROL-015, PAY-040)', async () => {
    const roleAt = async ({ party }: Connected) =>
      data(await party.send('GET', party.nodeCredentials)).roles as { role: string }[]
    expect(await roleAt(cpo)).toMatchObject([{ role: 'PTP', party_id: 'PTP' }])
    expect(await roleAt(core)).toMatchObject([{ role: 'OTHER', party_id: 'PTP' }])
  })
})

describe('terminals of the provider', () => {
  it('are sent to the CPO they name, by POST, without assignments (PAY-004, PAY-008)', async () => {
    expect((await make('T1')).status).toBe(201)
    const { body, headers } = await sentTo(cpo, 'T1')
    expect(body).toEqual(terminal('T1', CPO))
    expect([headers['ocpi-from-party-id'], headers['ocpi-to-party-id']]).toEqual(['PTP', 'CPO'])
    expect(
      await node.api('PUT', own('T2'), terminal('T2', { ...CPO, location_ids: ['LOC1'] })),
    ).toMatchObject({
      status: 422,
      body: { findings: [{ rule: 'PAY-008' }] },
    })
    await quiet(other.party, 300)
    expect(
      other.party.received.some(({ method, path }) => method === 'POST' && path.includes('/payments')),
    ).toBe(false)
  })

  it('are listed in pages by date, each CPO its own (PAY-002, PAY-004)', async () => {
    for (const n of [3, 4, 5]) await make(`T${n}`, { ...CPO, last_updated: later(n) })
    await make('THEIRS', OTHER)
    await make('NOBODYS', {})
    const first = await get(`/terminals?limit=2&date_from=${later(3)}`)
    expect(codes(first)).toEqual([200, 1000])
    expect(list(first).map(({ terminal_id }) => terminal_id)).toEqual(['T3', 'T4'])
    expect([first.headers.get('x-total-count'), first.headers.get('x-limit')]).toEqual(['3', '1000'])
    expect(first.headers.get('link')).toContain('rel="next"')
    const between = await get(`/terminals?date_from=${later(3)}&date_to=${later(5)}`)
    expect(list(between).map(({ terminal_id }) => terminal_id)).toEqual(['T3', 'T4'])
    expect(list(await get('/terminals', other)).map(({ terminal_id }) => terminal_id)).toEqual(['THEIRS'])
    expect(codes(await get('/terminals?limit=0'))).toEqual([200, 2001])
  })

  it('are 404 to everybody else, also to change (PAY-003, PAY-042, promise 3)', async () => {
    expect(data(await get('/terminals/t1'))).toEqual(terminal('T1', CPO))
    for (const id of ['NOPE', 'THEIRS', 'NOBODYS']) {
      expect(codes(await get(`/terminals/${id}`))).toEqual([404, 2000])
      expect(codes(await ask('PATCH', `/terminals/${id}`, { location_ids: ['LOC1'] }))).toEqual([404, 2000])
      expect(codes(await ask('PUT', `/terminals/${id}`, { city: 'X' }))).toEqual([404, 2000])
      expect(codes(await ask('POST', `/terminals/${id}/deactivate`))).toEqual([404, 2000])
    }
    expect(await shown('THEIRS')).toEqual(terminal('THEIRS', OTHER))
  })

  it('take an assignment by PATCH, with or without a time: a list replaces, none is left alone, an empty one empties (PAY-009 to PAY-012)', async () => {
    expect(codes(await ask('PATCH', '/terminals/T1', { location_ids: ['LOC1', 'LOC2'] }))).toEqual([
      200, 1000,
    ])
    expect(codes(await ask('PATCH', '/terminals/T1', { evse_uids: ['E9'], last_updated: later(1) }))).toEqual(
      [200, 1000],
    )
    expect(await shown('T1')).toMatchObject({ location_ids: ['LOC1', 'LOC2'], evse_uids: ['E9'] })
    await ask('PATCH', '/terminals/T1', { location_ids: [] })
    expect(await shown('T1')).toMatchObject({ location_ids: [], evse_uids: ['E9'] })
    const event = await readEvent(node, 'terminal.changed_by_partner', (line) => line.includes('LOC2'))
    expect(event).toContain(cpo.id)
    await sentTo(cpo, 'T1', ({ evse_uids: evses }) => JSON.stringify(evses) === '["E9"]')
  })

  it('take a partial PUT that keeps what it does not name, and never their id or reference (PAY-013, PAY-014)', async () => {
    await make('T6', { ...CPO, reference: 'SERIAL-6' })
    const before = await shown('T6')
    const put = {
      customer_reference: 'NEW',
      country: 'DEU',
      reference: 'STOLEN',
      last_updated: '2021-01-01T00:00:00Z',
    }
    expect(codes(await ask('PUT', '/terminals/T6', put))).toEqual([200, 1000])
    const after = await shown('T6')
    expect(after).toEqual({
      ...before,
      customer_reference: 'NEW',
      country: 'DEU',
      last_updated: after.last_updated,
    })
    expect(Date.parse(String(after.last_updated))).toBeGreaterThan(Date.parse(String(before.last_updated)))
    expect(codes(await ask('PUT', '/terminals/T6', { terminal_id: 'T7' }))).toEqual([200, 2001])
    expect(codes(await ask('PUT', '/terminals/T6', { terminal_id: 't6', city: 'Graz' }))).toEqual([200, 1000])
  })

  it.each([
    ['PUT', { party_id: 'OTH', country_code: 'NL' }],
    ['PATCH', { party_id: 'OTH' }],
    ['PUT', { invoice_creator: 'BANK' }],
    ['PUT', { invoice_base_url: 'someNewURL' }],
    ['PATCH', { location_ids: 'LOC1' }],
    ['PATCH', { location_ids: ['x'.repeat(37)] }],
    ['PATCH', { evse_uids: [17] }],
    ['PUT', []],
  ])('answer 2001 to a %s of %o and change nothing', async (method, body) => {
    const before = await shown('T1')
    expect(codes(await ask(method, '/terminals/T1', body))).toEqual([200, 2001])
    expect(await shown('T1')).toEqual(before)
  })

  it('lose their assignments when they are deactivated, once and again (PAY-018, PAY-019)', async () => {
    await ask('PATCH', '/terminals/T1', { location_ids: ['LOC1'] })
    for (const _ of [1, 2]) expect(codes(await ask('POST', '/terminals/T1/deactivate'))).toEqual([200, 1000])
    expect(await shown('T1')).toMatchObject({ location_ids: [], evse_uids: [] })
    expect(await readEvent(node, 'terminal.deactivated', () => true)).toContain('"T1"')
    await sentTo(cpo, 'T1', ({ evse_uids: evses }) => JSON.stringify(evses) === '[]')
  })
})

describe('activation', () => {
  const activate = (body: unknown, party = cpo) => ask('POST', '/terminals/activate', body, party)

  it('makes one terminal for a reference and POSTs it with that reference (PAY-015 to PAY-017, PAY-020)', async () => {
    const body = {
      terminal_id: 'NOT-TAKEN',
      reference: 'SERIAL-A',
      location_ids: ['LOC1'],
      last_updated: later(0),
    }
    const first = await activate(body)
    expect([codes(first), first.envelope?.data]).toEqual([[201, 1000], undefined])
    expect(codes(await activate({ ...body, reference: 'serial-a' }))).toEqual([200, 1000])
    const { terminal_id: id } =
      list(await get('/terminals')).find(({ reference }) => reference === 'SERIAL-A') ?? {}
    expect(String(id)).toMatch(/^[0-9a-f-]{36}$/)
    const arrived = await sentTo(cpo, String(id))
    expect(arrived.body).toMatchObject({ reference: 'SERIAL-A', location_ids: ['LOC1'] })
    expect(list(await get('/terminals')).filter(({ reference }) => reference === 'SERIAL-A')).toHaveLength(1)
    expect(await readEvent(node, 'terminal.activated', () => true)).toContain('SERIAL-A')
  })

  it('takes the terminal that the provider entered with this reference', async () => {
    await node.api('PUT', own('STOCK-1'), { reference: 'SERIAL-B', address: 'Lager 1' })
    expect(codes(await get('/terminals/STOCK-1'))).toEqual([404, 2000])
    expect(codes(await activate({ reference: 'serial-b', evse_uids: ['E1'] }))).toEqual([200, 1000])
    const arrived = await sentTo(cpo, 'STOCK-1')
    expect(arrived.body).toMatchObject({ address: 'Lager 1', reference: 'SERIAL-B', evse_uids: ['E1'] })
  })

  it('gives nobody the terminal of another CPO, and needs a reference', async () => {
    expect(codes(await activate({ reference: 'SERIAL-B' }, other))).toEqual([200, 2001])
    expect(codes(await get('/terminals/STOCK-1', other))).toEqual([404, 2000])
    expect(codes(await activate({ location_ids: ['LOC1'] }))).toEqual([200, 2002])
    expect(codes(await activate({ reference: 17 }))).toEqual([200, 2001])
  })

  it('has no other methods (405)', async () => {
    for (const [method, path] of [
      ['POST', '/terminals'],
      ['DELETE', '/terminals/T1'],
      ['POST', '/financial-advice-confirmations'],
      ['PUT', '/financial-advice-confirmations/F1'],
    ] as const)
      expect(codes(await ask(method, path, method === 'DELETE' ? undefined : terminal()))).toEqual([
        405, 2000,
      ])
  })
})

describe('a card payment', () => {
  it('starts with a token of the provider and a reference of its own (PAY-021, PAY-037)', async () => {
    await eventually(
      'location',
      async () => (await node.api('GET', '/locations/DE/CPO/LOC1')).status === 200 || undefined,
    )
    expect((await node.api('GET', '/tariffs/DE/CPO/AC-DAY')).body).toMatchObject({ preauthorize_amount: 60 })
    const start = {
      token: adHocToken(),
      location_id: 'LOC1',
      evse_uid: 'E1',
      authorization_reference: 'REF-1',
    }
    const sent = await node.api('POST', '/commands/START_SESSION', start)
    expect(sent.body).toMatchObject({ state: 'ACCEPTED' })
    const command = await arrives(cpo.party, 'command', ({ path }) => path.endsWith('/START_SESSION'))
    expect(command.body).toMatchObject({ authorization_reference: 'REF-1', token: { type: 'AD_HOC_USER' } })
    expect(command.headers['ocpi-from-party-id']).toBe('PTP')
    expect((await node.api('POST', '/commands/START_SESSION', start)).status).toBe(409)
    const card = { ...start, authorization_reference: 'REF-X', token: adHocToken('P', { type: 'RFID' }) }
    expect(await node.api('POST', '/commands/START_SESSION', card)).toMatchObject({ status: 422 })
  })

  it('is confirmed to the CPO of the command while nothing else is known of it (PAY-021, PAY-024)', async () => {
    const failed = { capture_status_code: 'FAILED', total_costs: { before_taxes: 0 } }
    const path = '/financial-advice-confirmations/AT/PTP/EARLY'
    expect(
      (await node.api('PUT', path, confirmation('EARLY', { ...failed, authorization_reference: 'ref-1' })))
        .status,
    ).toBe(201)
    await arrives(cpo.party, 'early confirmation', ({ body }) => JSON.stringify(body ?? '').includes('EARLY'))
    expect((await node.api('GET', '/payments/REF-1')).body).toMatchObject({
      remarks: [{ code: 'no_session' }, { code: 'no_cdr' }, { code: 'not_captured' }],
    })
  })

  it('gets its session and CDR from the CPO, and stops on behalf of the provider (PAY-038)', async () => {
    const receive = (module: string, method: string, path: string, body: unknown) =>
      cpo.party.send(method, cpo.party.at(module, 'RECEIVER', path), { body })
    const linked = { authorization_reference: 'REF-1', cdr_token: PAID, auth_method: 'COMMAND' }
    expect(codes(await receive('sessions', 'PUT', '/DE/CPO/S1', session('S1', linked)))).toEqual([201, 1000])
    await node.api('POST', '/commands/STOP_SESSION', { session_id: 'S1' })
    const stop = await arrives(cpo.party, 'stop', ({ path }) => path.endsWith('/STOP_SESSION'))
    expect(stop.headers['ocpi-from-party-id']).toBe('PTP')
    expect(codes(await receive('cdrs', 'POST', '', cdr('CDR1', linked)))).toEqual([201, 1000])
  })

  it('is confirmed to the CPO of the transaction only (PAY-004, PAY-024)', async () => {
    const put = await node.api('PUT', '/financial-advice-confirmations/AT/PTP/FAC1', confirmation())
    expect(put.status).toBe(201)
    const posted = await arrives(
      cpo.party,
      'confirmation',
      ({ path, body }) =>
        path.endsWith('/financial-advice-confirmations') && JSON.stringify(body ?? '').includes('FAC1'),
    )
    expect(posted.body).toEqual(confirmation())
    expect(list(await get('/financial-advice-confirmations'))).toContainEqual(confirmation())
    expect(data(await get('/financial-advice-confirmations/fac1'))).toEqual(confirmation())
    expect(list(await get('/financial-advice-confirmations', other))).toEqual([])
    expect(codes(await get('/financial-advice-confirmations/FAC1', other))).toEqual([404, 2000])
    expect(codes(await get('/financial-advice-confirmations/NOPE'))).toEqual([404, 2000])
    expect((await node.api('GET', '/payments/REF-1')).body).toMatchObject({
      amounts: [{ difference: '0.00' }],
      remarks: [],
    })
    expect((await node.api('GET', '/financial-advice-confirmations/AT/PTP/FAC1/payment')).status).toBe(200)
  })

  it.each([
    ['an unknown reference (PAY-021)', { authorization_reference: 'NEVER-SEEN' }, 422],
    ['no lines', { eft_data: [] }, 422],
    ['a Price of an older version', { total_costs: { excl_vat: 9 } }, 201],
    ['an amount that is none', { total_costs: {} }, 422],
  ])('is confirmed with %s as the API says', async (what, change, status) => {
    const path = `/financial-advice-confirmations/AT/PTP/F-${what.length}`
    expect((await node.api('PUT', path, confirmation(`F-${what.length}`, change))).status).toBe(status)
  })

  it('is confirmed anew with a newer state, and never patched or deleted (PAY-035)', async () => {
    const path = '/financial-advice-confirmations/AT/PTP/FAC1'
    const changed = { capture_status_code: 'PARTIAL_SUCCESS' }
    expect((await node.api('PUT', path, confirmation('FAC1', changed))).status).toBe(409)
    expect(
      (await node.api('PUT', path, confirmation('FAC1', { ...changed, last_updated: later(60) }))).status,
    ).toBe(200)
    await arrives(cpo.party, 'newer state', ({ body }) =>
      JSON.stringify(body ?? '').includes('PARTIAL_SUCCESS'),
    )
    expect((await node.api('PATCH', path, changed)).status).toBe(405)
    expect((await node.api('DELETE', path)).status).toBe(405)
  })

  it('masks card numbers before anything is stored or sent (PAY-036)', async () => {
    const path = '/financial-advice-confirmations/AT/PTP/PAN'
    await node.api('PUT', path, confirmation('PAN', { eft_data: ['Nr 4111111111111111'] }))
    expect((await node.api('GET', path)).body).toMatchObject({ eft_data: ['Nr ************1111'] })
  })
})
