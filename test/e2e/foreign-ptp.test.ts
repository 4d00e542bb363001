import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, list } from '../support/connect.js'
import {
  adHocToken,
  cdr,
  cdrToken,
  confirmation,
  location,
  session,
  tariff,
  terminal,
} from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** A foreign payment terminal provider at our CPO node: what it may write, what it gets, what the CPO asks of it. */
const PTP = { country_code: 'AT', party_id: 'PTP' }
const PAID = cdrToken('PAY-1', { ...PTP, type: 'AD_HOC_USER', contract_id: 'AT-PTP-PAY-1' })

let node: TestNode
let ptp: Connected
let emsp: Connected
/** What the provider holds itself: its side of the module answers from here. */
const held = new Map<string, Record<string, unknown>>()

const post = (path: string, body: unknown) =>
  ptp.party.send('POST', ptp.party.at('payments', 'RECEIVER', path), { body })
const get = (path: string) => ptp.party.send('GET', ptp.party.at('payments', 'RECEIVER', path))
const api = (method: string, path: string, body?: unknown) => node.api(method, path, body)

const asRecord = (value: unknown): Record<string, unknown> => ({ ...(value as object) })

/** The provider's own interface: keeps what the CPO asks for. */
const serveTerminals = (party: Connected['party']): void => {
  const base = new URL(party.endpointUrl('payments', 'SENDER')).pathname
  const idOf = (path: string) => decodeURIComponent(path.slice(base.length).split('/')[2] ?? '')
  party.routes.set(`GET ${base}/terminals`, ({ path }: Received) => {
    const id = idOf(path)
    if (id === '') return { data: [...held.values()], headers: { 'x-total-count': String(held.size) } }
    return held.has(id) ? { data: held.get(id) } : { http: 404, code: 2000 }
  })
  const change = ({ path, body }: Received) => {
    held.set(idOf(path), { ...held.get(idOf(path)), ...asRecord(body) })
    return {}
  }
  party.routes.set(`PATCH ${base}/terminals`, change)
  party.routes.set(`PUT ${base}/terminals`, change)
  party.routes.set(`POST ${base}/terminals`, ({ path }: Received) => {
    if (!path.endsWith('/deactivate')) return { http: 201 }
    held.set(idOf(path), { ...held.get(idOf(path)), location_ids: [], evse_uids: [] })
    return {}
  })
  party.routes.set(`GET ${base}/financial-advice-confirmations`, () => ({
    data: [
      confirmation('PULLED', {
        authorization_reference: 'REF-PULLED',
        capture_status_code: 'FAILED',
        eft_data: [],
      }),
    ],
    headers: { 'x-total-count': '1' },
  }))
}

beforeAll(async () => {
  node = await startTestNode()
  await api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  await api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff('AC-DAY', { preauthorize_amount: 60 }))
  await api('PUT', '/locations/DE/CPO/LOC1', location())
  await api('PUT', '/locations/DE/CPO/HIDDEN', location('HIDDEN', { publish: false }))
  held.set('PULLED', terminal('PULLED'))
  ptp = await connect(node, { version: '2.3.0', role: 'PTP', party: PTP }, serveTerminals)
  emsp = await connect(node, {
    version: '2.3.0',
    role: 'EMSP',
    party: { country_code: 'DE', party_id: 'MSP' },
  })
})

afterAll(async () => {
  for (const each of [ptp, emsp]) await each?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('a payment terminal provider', () => {
  it('registers with its role and finds what it may use, nobody else finds Payments (ROL-015, PAY-040, PAY-041)', async () => {
    expect([...ptp.party.nodeEndpoints.keys()].sort()).toEqual([
      'cdrs SENDER',
      'commands RECEIVER',
      'locations SENDER',
      'payments RECEIVER',
      'sessions SENDER',
      'tariffs SENDER',
    ])
    expect([...emsp.party.nodeEndpoints.keys()].filter((name) => name.startsWith('payments'))).toEqual([])
    const url = ptp.party.at('payments', 'RECEIVER', '/terminals')
    expect(codes(await emsp.party.send('POST', url, { body: terminal('NOT-MINE') }))).toEqual([404, 2000])
    expect((await api('GET', '/terminals/AT/PTP/NOT-MINE')).status).toBe(404)
  })

  it('gets tariffs with the amount to reserve and published locations (ROL-010, PAY-029)', async () => {
    const put = await arrives(
      ptp.party,
      'tariff',
      ({ method, path }) => method === 'PUT' && path.includes('/tariffs/'),
    )
    expect(put.body).toMatchObject({ id: 'AC-DAY', preauthorize_amount: 60 })
    await arrives(ptp.party, 'location', ({ method, path }) => method === 'PUT' && path.endsWith('/LOC1'))
    expect(ptp.party.received.some(({ path }) => path.includes('HIDDEN'))).toBe(false)
    const listed = list(await ptp.party.send('GET', ptp.party.at('locations', 'SENDER')))
    expect(listed.map(({ id }) => id)).toEqual(['LOC1'])
  })
})

describe('terminals', () => {
  it('are created by POST and read back as they came (PAY-005, PAY-039)', async () => {
    expect(codes(await post('/terminals', terminal()))).toEqual([201, 1000])
    const found = await get('/terminals/t1')
    expect([codes(found), data(found)]).toEqual([[200, 1000], terminal()])
    expect((await api('GET', '/terminals/AT/PTP/T1')).body).toEqual(terminal())
    expect(await readEvent(node, 'terminal.created', (line) => line.includes('"T1"'))).toContain('Währinger')
  })

  it('may be their id alone, without a time (PAY-006)', async () => {
    const before = Date.now()
    expect(codes(await post('/terminals', { terminal_id: 'BARE' }))).toEqual([201, 1000])
    const { last_updated: at } = data(await get('/terminals/BARE'))
    expect(Date.parse(String(at))).toBeGreaterThanOrEqual(before - 1)
    const { body } = await api('GET', `/partners/${ptp.id}/findings`)
    expect(JSON.stringify(body)).toContain('PAY-006')
  })

  it('are replaced by a POST of the same id; older and equal states change nothing (PAY-007, TRN-100)', async () => {
    const moved = terminal('T1', { city: 'Graz', last_updated: later(10) })
    expect(codes(await post('/terminals', moved))).toEqual([200, 1000])
    expect(codes(await post('/terminals', terminal('T1', { city: 'Linz', last_updated: later(5) })))).toEqual(
      [200, 1000],
    )
    expect(codes(await post('/terminals', { ...moved, last_updated: later(20) }))).toEqual([200, 1000])
    const { body } = await api('GET', '/terminals?party=AT*PTP&facts=true')
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ city: 'Graz' })]) })
    expect(data(await get('/terminals/T1'))).toMatchObject({ city: 'Graz' })
  })

  it('are 404 when nobody knows them, and have no other method here (PAY-003, PAY-042)', async () => {
    expect(codes(await get('/terminals/NOPE'))).toEqual([404, 2000])
    for (const [method, path] of [
      ['GET', '/terminals'],
      ['PUT', '/terminals/T1'],
      ['PATCH', '/terminals/T1'],
      ['DELETE', '/terminals/T1'],
    ] as const) {
      const url = ptp.party.at('payments', 'RECEIVER', path)
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: terminal() }
      expect(codes(await ptp.party.send(method, url, body))).toEqual([405, 2000])
    }
  })

  it.each([
    ['no id', { terminal_id: undefined }],
    ['an id that is too long', { terminal_id: 'X'.repeat(37) }],
    ['an unknown invoice creator', { invoice_creator: 'BANK' }],
    ['a list that is none', { location_ids: 'LOC1' }],
    ['coordinates that are numbers', { coordinates: { latitude: 48.1, longitude: 16.1 } }],
    ['an address that is no URL', { invoice_base_url: 'someNewURL' }],
  ])('with %s are answered 2001 and change nothing', async (_what, change) => {
    expect(codes(await post('/terminals', terminal('BAD', change)))).toEqual([200, 2001])
    expect(codes(await get('/terminals/BAD'))).toEqual([404, 2000])
  })

  it('are also read from the provider’s list, whose they are then (PAY-002)', async () => {
    const found = await eventually('pulled terminal', async () => {
      const answer = await api('GET', '/terminals/AT/PTP/PULLED')
      return answer.status === 200 ? answer.body : undefined
    })
    expect(found).toEqual(terminal('PULLED'))
    const pulled = await eventually('pulled confirmation', async () => {
      const answer = await api('GET', '/financial-advice-confirmations/AT/PTP/PULLED')
      return answer.status === 200 ? answer.body : undefined
    })
    expect(pulled).toMatchObject({ capture_status_code: 'FAILED', eft_data: [] })
  })
})

describe('the CPO', () => {
  const sent = (method: string, path: string) =>
    ptp.party.received.filter((request) => request.method === method && request.path.endsWith(path)).at(-1)

  it('assigns by PATCH at the provider and shows the provider’s copy (PAY-001, PAY-009)', async () => {
    held.set('T1', terminal())
    const answer = await api('PATCH', '/terminals/AT/PTP/T1', { location_ids: ['LOC1'], evse_uids: ['E9'] })
    expect(answer.status).toBe(200)
    const patch = sent('PATCH', '/terminals/T1')
    expect(Object.keys(asRecord(patch?.body)).sort()).toEqual(['evse_uids', 'last_updated', 'location_ids'])
    expect(patch?.headers['ocpi-to-party-id']).toBe('PTP')
    expect(patch?.headers['ocpi-from-party-id']).toBe('CPO')
    expect((await api('GET', '/terminals/AT/PTP/T1')).body).toMatchObject({
      location_ids: ['LOC1'],
      evse_uids: ['E9'],
    })
  })

  it('updates by PUT of the whole terminal, never its id or reference (PAY-014)', async () => {
    const change = { customer_reference: 'NEW', reference: 'STOLEN', city: 'Graz' }
    expect((await api('PUT', '/terminals/AT/PTP/T1', change)).status).toBe(200)
    expect(sent('PUT', '/terminals/T1')?.body).toMatchObject({
      terminal_id: 'T1',
      customer_reference: 'NEW',
      city: 'Graz',
    })
    expect(asRecord(sent('PUT', '/terminals/T1')?.body).reference).toBeUndefined()
  })

  it('deactivates at the provider (PAY-018)', async () => {
    expect((await api('POST', '/terminals/AT/PTP/T1/deactivate')).status).toBe(200)
    expect(sent('POST', '/terminals/T1/deactivate')).toBeDefined()
    expect((await api('GET', '/terminals/AT/PTP/T1')).body).toMatchObject({ location_ids: [] })
  })

  it('activates by reference without an id (PAY-015, PAY-016)', async () => {
    const body = { terminal_id: 'OURS', reference: 'SERIAL-1', location_ids: ['LOC1'] }
    expect(await api('POST', '/terminals/activate', body)).toMatchObject({
      status: 202,
      body: { partner_id: ptp.id, reference: 'SERIAL-1' },
    })
    const request = sent('POST', '/terminals/activate')
    expect(request?.body).toMatchObject({ reference: 'SERIAL-1', location_ids: ['LOC1'] })
    expect(asRecord(request?.body).terminal_id).toBeUndefined()
    expect((await api('POST', '/terminals/activate', { location_ids: ['LOC1'] })).status).toBe(422)
  })

  it('is told when the provider says no, and keeps what it had', async () => {
    const base = new URL(ptp.party.endpointUrl('payments', 'SENDER')).pathname
    ptp.party.routes.set(`PATCH ${base}/terminals/T1`, () => ({ code: 2001 }))
    expect((await api('PATCH', '/terminals/AT/PTP/T1', { location_ids: ['LOC1'] })).status).toBe(502)
    ptp.party.routes.delete(`PATCH ${base}/terminals/T1`)
    expect((await api('GET', '/terminals/AT/PTP/T1')).body).toMatchObject({ location_ids: [] })
  })

  it.each([
    ['PATCH', '/terminals/AT/PTP/NOPE', { location_ids: [] }, 404],
    ['PATCH', '/terminals/AT/PTP/T1', { location_ids: 'LOC1' }, 422],
    ['PATCH', '/terminals/AT/PTP/T1', { terminal_id: 'T2' }, 422],
    ['DELETE', '/terminals/AT/PTP/T1', undefined, 403],
    ['POST', '/terminals/AT/PTP/NOPE/deactivate', undefined, 404],
    ['PUT', '/financial-advice-confirmations/AT/PTP/F9', confirmation('F9'), 403],
  ])('%s %s is refused with the reason', async (method, path, body, status) => {
    expect((await api(method, path, body)).status).toBe(status)
  })
})

describe('financial advice confirmations', () => {
  const reference = { authorization_reference: 'REF-1' }

  it('are stored when nobody knows the transaction, and somebody is told (PAY-023)', async () => {
    expect(codes(await post('/financial-advice-confirmations', confirmation()))).toEqual([201, 1000])
    const event = await readEvent(node, 'financial_advice_confirmation.unmatched', () => true)
    expect(event).toContain('REF-1')
    const { body } = await api('GET', '/payments/REF-1')
    expect(body).toMatchObject({ remarks: [{ code: 'no_session' }, { code: 'no_cdr' }] })
  })

  it('show the session and CDR they belong to, and are shown by them (PAY-022, PAY-023, PAY-032)', async () => {
    await api(
      'PUT',
      '/sessions/DE/CPO/S1',
      session('S1', { ...reference, cdr_token: PAID, auth_method: 'COMMAND' }),
    )
    await api(
      'PUT',
      '/cdrs/DE/CPO/CDR1',
      cdr('CDR1', { ...reference, cdr_token: PAID, invoice_reference_id: 'INV1' }),
    )
    const whole = {
      authorization_reference: 'REF-1',
      sessions: [{ document: { id: 'S1' } }],
      cdrs: [{ document: { id: 'CDR1' } }],
      financial_advice_confirmations: [{ document: confirmation(), received_from: ptp.id }],
      amounts: [{ currency: 'EUR', cdr_total: '10.71', captured: '10.71', difference: '0.00' }],
      remarks: [],
    }
    for (const path of [
      '/payments/ref-1',
      '/cdrs/DE/CPO/CDR1/payment',
      '/sessions/DE/CPO/S1/payment',
      '/financial-advice-confirmations/AT/PTP/FAC1/payment',
    ])
      expect(await api('GET', path)).toMatchObject({ status: 200, body: whole })
  })

  it('the session and CDR go to the provider whose token it was, and to nobody else (ROL-009, PAY-038)', async () => {
    await arrives(ptp.party, 'session', ({ method, path }) => method === 'PUT' && path.endsWith('/S1'))
    const arrived = await arrives(
      ptp.party,
      'CDR',
      ({ method, path }) => method === 'POST' && path.endsWith('/cdrs'),
    )
    expect(arrived.body).toMatchObject({
      id: 'CDR1',
      authorization_reference: 'REF-1',
      invoice_reference_id: 'INV1',
    })
    expect(list(await ptp.party.send('GET', ptp.party.at('cdrs', 'SENDER'))).map(({ id }) => id)).toEqual([
      'CDR1',
    ])
    expect(list(await emsp.party.send('GET', emsp.party.at('cdrs', 'SENDER')))).toEqual([])
    expect(emsp.party.received.some(({ path }) => path.endsWith('/S1') || path.endsWith('/cdrs'))).toBe(false)
  })

  it('are taken again when equal, changed when newer, refused otherwise (PAY-035)', async () => {
    const path = '/financial-advice-confirmations'
    expect(codes(await post(path, confirmation()))).toEqual([200, 1000])
    expect(codes(await post(path, confirmation('FAC1', { currency: 'CHF' })))).toEqual([200, 2001])
    const failed = confirmation('F2', { ...reference, capture_status_code: 'FAILED', eft_data: undefined })
    expect(codes(await post(path, failed))).toEqual([201, 1000])
    const succeeded = confirmation('F2', { ...reference, last_updated: later(60) })
    expect(codes(await post(path, succeeded))).toEqual([200, 1000])
    expect(data(await get(`${path}/F2`))).toEqual(succeeded)
    expect(codes(await post(path, { ...failed, last_updated: later(30) }))).toEqual([200, 2001])
  })

  it('may hold an older Price, and never keep a card number (PAY-033, PAY-036)', async () => {
    const body = confirmation('F3', {
      total_costs: { excl_vat: 9, incl_vat: 10.71 },
      eft_data: ['4111 1111 1111 1111'],
    })
    expect(codes(await post('/financial-advice-confirmations', body))).toEqual([201, 1000])
    const stored = data(await get('/financial-advice-confirmations/F3'))
    expect(stored).toMatchObject({
      total_costs: { before_taxes: 9, taxes: [{ name: 'VAT', amount: 1.71 }] },
      eft_data: ['**** **** **** 1111'],
    })
    const { body: findings } = await api('GET', `/partners/${ptp.id}/findings`)
    expect(JSON.stringify(findings)).not.toContain('4111')
  })

  it.each([
    ['no lines although the capture succeeded (PAY-034)', { eft_data: [] }],
    ['no amount', { total_costs: undefined }],
    ['an amount that is no number', { total_costs: { before_taxes: 'nine' } }],
    ['an unknown status', { capture_status_code: 'MAYBE' }],
    ['a currency that is none', { currency: 'EURO' }],
    ['no reference', { authorization_reference: undefined }],
    ['a line that is too long', { eft_data: ['x'.repeat(256)] }],
  ])('with %s are answered 2001 and change nothing', async (_what, change) => {
    const answer = await post('/financial-advice-confirmations', confirmation('BAD', change))
    expect(codes(answer)).toEqual([200, 2001])
    expect(codes(await get('/financial-advice-confirmations/BAD'))).toEqual([404, 2000])
  })

  it('with a less amount that says SUCCESS or another currency are remarked on (PAY-031, PAY-032)', async () => {
    const reference2 = { authorization_reference: 'REF-2' }
    await api('PUT', '/cdrs/DE/CPO/CDR2', cdr('CDR2', { ...reference2, cdr_token: PAID }))
    await post(
      '/financial-advice-confirmations',
      confirmation('LESS', { ...reference2, total_costs: { before_taxes: 0.3 } }),
    )
    const { body } = await api('GET', '/payments/REF-2')
    expect(body).toMatchObject({
      amounts: [{ cdr_total: '10.71', captured: '0.3', difference: '-10.41' }],
      remarks: [{ code: 'no_session' }, { code: 'amount_differs' }, { code: 'less_is_no_success' }],
    })
  })
})

describe('commands of the provider', () => {
  const start = (change: object = {}) => ({
    response_url: `${ptp.party.url}/results/1`,
    token: adHocToken(),
    location_id: 'LOC1',
    evse_uid: 'E1',
    authorization_reference: 'REF-CMD',
    ...change,
  })
  const command = (name: string, body: unknown) =>
    ptp.party.send('POST', ptp.party.at('commands', 'RECEIVER', `/${name}`), { body })

  it('start and stop its own sessions (PAY-037)', async () => {
    expect(data(await command('START_SESSION', start()))).toMatchObject({ result: 'ACCEPTED' })
    const running = session('S-CMD', {
      cdr_token: PAID,
      authorization_reference: 'REF-CMD',
      auth_method: 'COMMAND',
    })
    await api('PUT', '/sessions/DE/CPO/S-CMD', running)
    const stop = { response_url: `${ptp.party.url}/results/2`, session_id: 'S-CMD' }
    expect(data(await command('STOP_SESSION', stop))).toMatchObject({ result: 'ACCEPTED' })
  })

  it('are refused for tokens and sessions of others (CMD-028, promise 3)', async () => {
    const foreign = adHocToken('X', { country_code: 'DE', party_id: 'MSP' })
    const answer = await command(
      'START_SESSION',
      start({ token: foreign, response_url: `${ptp.party.url}/results/3` }),
    )
    expect(codes(answer)).toEqual([200, 2001])
    await api('PUT', '/sessions/DE/CPO/S-OTHER', session('S-OTHER'))
    const stop = { response_url: `${ptp.party.url}/results/4`, session_id: 'S-OTHER' }
    expect(data(await command('STOP_SESSION', stop))).not.toMatchObject({ result: 'ACCEPTED' })
  })

  it.each([
    ['PUT', 'locations', '/AT/PTP/L1'],
    ['PUT', 'sessions', '/AT/PTP/S1'],
    ['PUT', 'tokens', '/AT/PTP/T1'],
  ])('and nothing else is its to write: %s %s (ROL-007)', async (method, module, path) => {
    const url = ptp.party.at('payments', 'RECEIVER').replace('payments', module)
    expect(codes(await ptp.party.send(method, url + path, { body: {} }))).toEqual([404, 2000])
  })
})
