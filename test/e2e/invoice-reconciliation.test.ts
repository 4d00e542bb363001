import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrives,
  type Connected,
  codes,
  connect,
  data,
  later,
  list,
  nextOf,
  quiet,
} from '../support/connect.js'
import { cdr, cdrToken, invoiceRecord } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Who bills whom: our CPO bills foreign eMSPs, a foreign CPO bills our eMSP, and both the other way round. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const OURS = { country_code: 'DE', party_id: 'OUR' }
const ISSUER = { country_code: 'FR', party_id: 'ISS' }
const BOTH = [
  { identifier: 'invoicereconciliation', role: 'SENDER' },
  { identifier: 'invoicereconciliation', role: 'RECEIVER' },
  { identifier: 'cdrs', role: 'SENDER' },
  { identifier: 'cdrs', role: 'RECEIVER' },
] as const
const RECORDS = '/invoice-reconciliation-records'

let node: TestNode
/** eMSP that our CPO bills, and that bills our CPO in reverse. */
let emsp: Connected
let other: Connected
/** CPO that bills our eMSP. */
let issuer: Connected
/** Knows 2.3.0 but not this module. */
let core: Connected

const api = (method: string, path: string, body?: unknown) => node.api(method, RECORDS + path, body)
const to = (party: Connected, method: string, path: string, body?: unknown) => {
  const url = party.party.at('invoicereconciliation', 'RECEIVER', path)
  return party.party.send(method, url, body === undefined ? {} : { body })
}
const pushed = (
  party: Connected,
  method: string,
  fits: (body: unknown, path: string) => boolean = () => true,
) =>
  arrives(
    party.party,
    `${method} of a record`,
    (request) =>
      request.method === method &&
      request.path.includes('/invoicereconciliation') &&
      fits(request.body, request.path),
  )
const counted = (party: Connected) =>
  party.party.received.filter(
    ({ method, path }) => method !== 'GET' && path.includes('/invoicereconciliation'),
  ).length
const ourRecord = (id: string, change: object = {}) => invoiceRecord(id, change)
/** A record of the foreign CPO for our eMSP. */
const theirRecord = (id: string, change: object = {}) =>
  invoiceRecord(id, { ...ISSUER, cdrs: ['X1', 'X2'], ...change })

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Charging' } })
  await node.api('PUT', '/parties/DE/OUR', { roles: ['EMSP'], business_details: { name: 'Mobility' } })
  for (const n of [1, 2, 3, 4]) await node.api('PUT', `/cdrs/DE/CPO/CDR${n}`, cdr(`CDR${n}`))
  await node.api('PUT', '/cdrs/DE/CPO/OTHERS', cdr('OTHERS', { cdr_token: cdrToken('X', OTHER) }))
  const ofOurs = (id: string) => cdr(id, { ...ISSUER, cdr_token: cdrToken('OURS', OURS) })
  const role = 'EMSP'
  const party = { country_code: 'DE', party_id: 'MSP' }
  emsp = await connect(node, { version: '2.3.0', role, party, endpoints: BOTH })
  other = await connect(node, { version: '2.3.0', role, party: OTHER, endpoints: BOTH })
  core = await connect(node, { version: '2.3.0', role, party: { country_code: 'BE', party_id: 'COR' } })
  issuer = await connect(
    node,
    { version: '2.3.0', role: 'CPO', party: ISSUER, endpoints: BOTH },
    ({ routes }) => {
      routes.set('GET /2.3.0/sender/cdrs', () => ({
        data: [ofOurs('X1'), ofOurs('X2'), ofOurs('CDR1')],
        headers: { 'x-total-count': '3' },
      }))
      routes.set('GET /2.3.0/sender/invoicereconciliation', () => ({
        data: [theirRecord('PULLED')],
        headers: { 'x-total-count': '1' },
      }))
    },
  )
  await eventually(
    'CDRs of the issuer',
    async () => (await node.api('GET', '/cdrs/FR/ISS/X2')).status === 200 || undefined,
  )
})

afterAll(async () => {
  for (const each of [emsp, other, core, issuer]) await each?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

it('is offered to those who know the module only (INV-031, INV-034, ROL-023)', async () => {
  expect([...emsp.party.nodeEndpoints.keys()].filter((name) => name.startsWith('inv')).sort()).toEqual([
    'invoicereconciliation RECEIVER',
    'invoicereconciliation SENDER',
  ])
  expect([...core.party.nodeEndpoints.keys()].filter((name) => name.startsWith('inv'))).toEqual([])
  await node.api('PATCH', `/partners/${core.id}`, {
    modules: [{ identifier: 'invoicereconciliation', role: 'SENDER' }],
  })
  const { versions_url: versions } = { versions_url: `${node.url}/ocpi/versions` }
  await core.party.discover(versions, core.party.nodeToken)
  expect([...core.party.nodeEndpoints.keys()].filter((name) => name.startsWith('inv'))).toEqual([
    'invoicereconciliation SENDER',
  ])
})

describe('our CPO as issuer', () => {
  it('POSTs a new record to the one whose CDRs it lists, and to nobody else (INV-002, INV-003, INV-006)', async () => {
    expect((await api('PUT', '/DE/CPO/R1', ourRecord('R1'))).status).toBe(201)
    const { body, path, headers } = await pushed(emsp, 'POST')
    expect(body).toEqual(ourRecord('R1'))
    expect(path).toBe('/2.3.0/receiver/invoicereconciliation')
    expect([headers['ocpi-from-party-id'], headers['ocpi-to-party-id']]).toEqual(['CPO', 'MSP'])
    await quiet(other.party, 300)
    expect([counted(other), counted(core), counted(issuer)]).toEqual([0, 0, 0])
  })

  it('PUTs a change with a later time, also where the back end gave none (INV-004, INV-005, INV-027)', async () => {
    const change = { invoice_id: 'INV-2026-03-B', cdrs: ['CDR1'] }
    expect((await api('PUT', '/DE/CPO/R1', ourRecord('R1', change))).status).toBe(200)
    const { body, path } = await pushed(emsp, 'PUT')
    expect(path).toBe('/2.3.0/receiver/invoicereconciliation/DE/CPO/R1')
    expect(body).toMatchObject(change)
    const { last_updated: at } = body as { last_updated: string }
    expect(Date.parse(at)).toBeGreaterThan(Date.parse(later(0)))
    expect((await api('PATCH', '/DE/CPO/R1', change)).status).toBe(405)
  })

  it('DELETEs a record that was an error (INV-005)', async () => {
    await api('PUT', '/DE/CPO/GONE', { invoice_id: 'OOPS', cdrs: ['CDR2'] })
    await pushed(emsp, 'POST', (body) => JSON.stringify(body).includes('OOPS'))
    await eventually('record delivered', async () => {
      const { body } = await node.api('GET', `/partners/${emsp.id}`)
      const backlog = (body as { health: { backlog: Record<string, number> } }).health.backlog
      return backlog.invoicereconciliation === 0 || undefined
    })
    expect((await api('DELETE', '/DE/CPO/GONE')).status).toBe(200)
    const { path } = await pushed(emsp, 'DELETE')
    expect(path).toBe('/2.3.0/receiver/invoicereconciliation/DE/CPO/GONE')
  })

  it.each([
    ['CDRs nobody knows (INV-017)', ['CDR1', 'NEVER'], 422, 'NEVER'],
    ['CDRs of different recipients (INV-006)', ['CDR1', 'OTHERS'], 422, 'DE*MSP, NL*OTH'],
    ['no CDR (INV-016)', [], 422, 'cdrs'],
    ['CDRs of somebody else', ['X1'], 422, 'X1'],
  ])('refuses a record with %s, and says why', async (_what, cdrs, status, detail) => {
    const answer = await api('PUT', '/DE/CPO/BAD', { invoice_id: 'I', cdrs })
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body)).toContain(detail)
    expect((await api('GET', '/DE/CPO/BAD')).status).toBe(404)
  })

  it('keeps a record with its recipient, and takes records of own parties only', async () => {
    expect((await api('PUT', '/DE/CPO/R1', { invoice_id: 'I', cdrs: ['OTHERS'] })).status).toBe(409)
    expect((await api('PUT', '/FR/ISS/R9', { invoice_id: 'I', cdrs: ['X1'] })).status).toBe(403)
  })

  it('lists to each recipient its own, paged and by date (INV-001, INV-002)', async () => {
    for (const n of [2, 3, 4])
      await api('PUT', `/DE/CPO/R${n}`, { invoice_id: `I${n}`, cdrs: [`CDR${n}`], last_updated: later(n) })
    await api('PUT', '/DE/CPO/FOREIGN', { invoice_id: 'I9', cdrs: ['others'] })
    const at = (party: Connected, query: string) =>
      party.party.send('GET', party.party.at('invoicereconciliation', 'SENDER', query))
    const page = await at(emsp, `?limit=1&date_from=${later(2)}&date_to=${later(4)}`)
    expect(list(page).map(({ id }) => id)).toEqual(['R2'])
    expect([page.headers.get('x-total-count'), nextOf(page) === undefined]).toEqual(['2', false])
    expect(list(await at(emsp, '')).map(({ id }) => id)).toEqual(['R1', 'R2', 'R3', 'R4'])
    expect(list(await at(other, '')).map(({ id }) => id)).toEqual(['FOREIGN'])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const url = emsp.party.at('invoicereconciliation', 'SENDER')
      expect(codes(await emsp.party.send(method, url, method === 'DELETE' ? {} : { body: {} }))).toEqual([
        405, 2000,
      ])
    }
  })

  it('repeats a POST as PUT when the recipient says it has the record already (INV-013)', async () => {
    emsp.party.routes.set('POST /2.3.0/receiver/invoicereconciliation', () => ({ code: 2001 }))
    await node.api('PUT', '/cdrs/DE/CPO/CDR5', cdr('CDR5'))
    await api('PUT', '/DE/CPO/AGAIN', { invoice_id: 'I5', cdrs: ['CDR5'] })
    await pushed(emsp, 'PUT', (_body, path) => path.endsWith('/AGAIN'))
    emsp.party.routes.delete('POST /2.3.0/receiver/invoicereconciliation')
  })

  it('compares a record with CDRs and other records to the cent (INV-019, INV-023 to INV-025, INV-033)', async () => {
    const price = (before_taxes: number) => ({ total_cost: { before_taxes } })
    await node.api('PUT', '/cdrs/DE/CPO/A', cdr('A', { ...price(0.1), invoice_reference_id: 'ELSEWHERE' }))
    await node.api('PUT', '/cdrs/DE/CPO/B', cdr('B', price(0.2)))
    await api('PUT', '/DE/CPO/SUM', { invoice_id: 'SUM', cdrs: ['A', 'b', 'B'] })
    await api('PUT', '/DE/CPO/TWICE', { invoice_id: 'TWICE', cdrs: ['a'] })
    expect((await api('GET', '/DE/CPO/SUM/reconciliation')).body).toEqual({
      invoice_id: 'SUM',
      listed: 2,
      found: 2,
      missing: [],
      repeated: ['B'],
      doubled: [{ cdr: 'A', record: 'TWICE', invoice_id: 'TWICE' }],
      other_invoice: [{ cdr: 'A', invoice_reference_id: 'ELSEWHERE' }],
      totals: [{ currency: 'EUR', cdrs: 2, before_taxes: '0.3', taxes: '0', after_taxes: '0.3' }],
    })
    expect((await api('GET', '/DE/CPO/NOPE/reconciliation')).status).toBe(404)
  })
})

describe('our eMSP as recipient', () => {
  it('takes a new record by POST and shows it to its issuer only (INV-007, INV-010, INV-032)', async () => {
    const answer = await to(issuer, 'POST', '', theirRecord('N1'))
    expect([codes(answer), answer.envelope?.data]).toEqual([[201, 1000], undefined])
    expect(data(await to(issuer, 'GET', '/fr/iss/n1'))).toEqual(theirRecord('N1'))
    expect(codes(await to(issuer, 'GET', '/FR/ISS/NOPE'))).toEqual([404, 2000])
    expect(codes(await to(emsp, 'GET', '/FR/ISS/N1'))).toEqual([404, 2000])
    expect(
      await readEvent(node, 'invoice_reconciliation_record.created', (line) => line.includes('"N1"')),
    ).toContain('INV-2026-03')
  })

  it('takes the same POST again, and refuses another one under the id (INV-013)', async () => {
    expect(codes(await to(issuer, 'POST', '', theirRecord('N1', { last_updated: later(9) })))).toEqual([
      200, 1000,
    ])
    expect(codes(await to(issuer, 'POST', '', theirRecord('N1', { invoice_id: 'ELSE' })))).toEqual([
      200, 2001,
    ])
    expect((await api('GET', '/FR/ISS/N1')).body).toEqual(theirRecord('N1'))
  })

  it('replaces by PUT, creates what it did not know, ignores what is older, and keeps what was (INV-008, INV-009, INV-012, INV-028)', async () => {
    const shorter = theirRecord('N1', { cdrs: ['X1'], last_updated: later(20) })
    expect(codes(await to(issuer, 'PUT', '/FR/ISS/N1', shorter))).toEqual([200, 1000])
    expect(
      codes(await to(issuer, 'PUT', '/FR/ISS/N1', theirRecord('N1', { last_updated: later(10) }))),
    ).toEqual([200, 1000])
    expect((await api('GET', '/FR/ISS/N1')).body).toEqual(shorter)
    expect(codes(await to(issuer, 'PUT', '/FR/ISS/N2', theirRecord('N2')))).toEqual([201, 1000])
    const trace = await readEvent(node, 'invoice_reconciliation_record.replaced', () => true)
    expect(trace).toContain('"X2"')
  })

  it('forgets by DELETE (INV-011)', async () => {
    expect(codes(await to(issuer, 'DELETE', '/FR/ISS/N2'))).toEqual([200, 1000])
    expect(codes(await to(issuer, 'GET', '/FR/ISS/N2'))).toEqual([404, 2000])
    expect(codes(await to(issuer, 'DELETE', '/FR/ISS/N2'))).toEqual([404, 2000])
    expect(codes(await to(issuer, 'POST', '', theirRecord('N2')))).toEqual([201, 1000])
  })

  it.each([
    ['POST', '', theirRecord('BAD', { invoice_id: undefined }), 200, 2001],
    ['POST', '', theirRecord('BAD', { cdrs: [] }), 200, 2001],
    ['POST', '', theirRecord('BAD', { cdrs: 'X1' }), 200, 2001],
    ['POST', '', theirRecord('BAD', { cdrs: ['X'.repeat(40)] }), 200, 2001],
    ['POST', '', theirRecord('BAD', { party_id: 'ZZZ' }), 200, 2001],
    ['POST', '', theirRecord('BAD', { country_code: 'DE', party_id: 'CPO' }), 200, 2001],
    ['POST', '', [], 200, 2001],
    ['PUT', '/FR/ISS/OTHER-ID', theirRecord('BAD'), 200, 2001],
    ['PUT', '/FR/ISS/BAD', theirRecord('BAD', { party_id: 'ZZZ' }), 200, 2001],
    ['PUT', '/DE/MSP/BAD', theirRecord('BAD', { country_code: 'DE', party_id: 'MSP' }), 404, 2000],
    ['PATCH', '/FR/ISS/N1', { cdrs: ['X1'] }, 405, 2000],
    ['DELETE', '/DE/CPO/R1', undefined, 404, 2000],
    ['GET', '/DE/CPO/R1', undefined, 404, 2000],
  ])(
    'answers %s %s with wrong content as specified and changes nothing (INV-014 to INV-016, INV-037)',
    async (method, path, body, http, code) => {
      expect(codes(await to(issuer, method, path, body))).toEqual([http, code])
      expect((await api('GET', '/FR/ISS/BAD')).status).toBe(404)
      expect((await api('GET', '/DE/CPO/R1')).status).toBe(200)
    },
  )

  it('takes CDRs as objects, ids of 39 characters and CDRs it does not know (INV-018, INV-020, INV-022, INV-035)', async () => {
    const long = 'C'.repeat(39)
    const body = theirRecord('ODD', { cdrs: [{ id: 'X1' }, long, 'UNKNOWN'] })
    expect(codes(await to(issuer, 'POST', '', body))).toEqual([201, 1000])
    expect(data(await to(issuer, 'GET', '/FR/ISS/ODD')).cdrs).toEqual(['X1', long, 'UNKNOWN'])
    expect((await api('GET', '/FR/ISS/ODD/reconciliation')).body).toMatchObject({
      found: 1,
      missing: [long, 'UNKNOWN'],
      totals: [{ after_taxes: '10.71' }],
    })
  })

  it('takes an id in the namespace of the CPO that charged (INV-021)', async () => {
    await to(issuer, 'POST', '', theirRecord('NAMESPACE', { cdrs: ['CDR1', 'CDR2'] }))
    expect((await api('GET', '/FR/ISS/NAMESPACE/reconciliation')).body).toMatchObject({
      found: 1,
      missing: ['CDR2'],
    })
  })

  it('takes a record of fifty thousand CDRs (INV-036)', async () => {
    const cdrs = Array.from({ length: 50_000 }, (_, index) => `CDR-OF-THE-YEAR-2026-${index}`)
    expect(codes(await to(issuer, 'POST', '', theirRecord('HUGE', { cdrs })))).toEqual([201, 1000])
    expect((await api('GET', '/FR/ISS/HUGE/reconciliation')).body).toMatchObject({ listed: 50_000, found: 0 })
  })

  it('reads what it missed from the list of the issuer (INV-029)', async () => {
    const pulled = await eventually('pulled record', async () => {
      const answer = await api('GET', '/FR/ISS/PULLED')
      return answer.status === 200 ? answer.body : undefined
    })
    expect(pulled).toEqual(theirRecord('PULLED'))
    expect((await api('GET', '/FR/ISS/PULLED/reconciliation')).body).toMatchObject({ found: 2 })
  })
})

describe('reverse billing', () => {
  it('our eMSP credits the CPO whose CDRs it received (INV-003, INV-021)', async () => {
    expect((await api('PUT', '/DE/OUR/C1', { invoice_id: 'CREDIT-1', cdrs: ['X1', 'X2'] })).status).toBe(201)
    const { body, headers } = await pushed(issuer, 'POST', (document) =>
      JSON.stringify(document).includes('CREDIT-1'),
    )
    expect(body).toMatchObject({ country_code: 'DE', party_id: 'OUR', cdrs: ['X1', 'X2'] })
    expect([headers['ocpi-from-party-id'], headers['ocpi-to-party-id']]).toEqual(['OUR', 'ISS'])
    expect((await api('GET', '/DE/OUR/C1/reconciliation')).body).toMatchObject({ found: 2, missing: [] })
  })

  it('a foreign eMSP credits our CPO, in the namespace of our CDRs (INV-021)', async () => {
    const credit = invoiceRecord('C9', { party_id: 'MSP', invoice_id: 'CREDIT-9', cdrs: ['CDR1', 'X1'] })
    expect(codes(await to(emsp, 'POST', '', credit))).toEqual([201, 1000])
    expect((await api('GET', '/DE/MSP/C9/reconciliation')).body).toMatchObject({
      found: 1,
      missing: ['X1'],
      totals: [{ after_taxes: '10.71' }],
    })
  })
})

describe('CDRs on no invoice (INV-026)', () => {
  const ended = (id: string, end_date_time: string, change: object = {}) =>
    cdr(id, {
      start_date_time: '2026-04-30T20:00:00Z',
      end_date_time,
      total_cost: { before_taxes: 0.1 },
      ...change,
    })
  const own = async (id: string, end: string, change: object = {}) => {
    expect((await node.api('PUT', `/cdrs/DE/CPO/${id}`, ended(id, end, change))).status).toBe(201)
  }
  const report = async (query: string) =>
    (await node.api('GET', `/uninvoiced-cdrs?${query}`)).body as Uninvoiced
  const MAY = 'from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z'

  interface Uninvoiced {
    items: { id: string; payer: object; received_from: string | null; invoice_reference_id: string | null }[]
    totals: object[] | undefined
    next: string | null
  }
  const idsOf = ({ items }: Uninvoiced) => items.map(({ id }) => id)

  beforeAll(async () => {
    await own('APRIL', '2026-04-30T23:59:59Z')
    await own('FIRST', '2026-05-01T00:00:00Z')
    await own('DIRECT', '2026-05-02T10:00:00Z')
    await own('REVERSE', '2026-05-03T10:00:00Z')
    await own('NAMED', '2026-05-04T10:00:00Z', { invoice_reference_id: 'SOON' })
    await own('CHF', '2026-05-05T10:00:00Z', { currency: 'CHF', cdr_token: cdrToken('X', OTHER) })
    await own('JUNE', '2026-06-01T00:00:00Z')
    const received = ended('DIRECT', '2026-05-31T23:59:59.999Z', {
      ...ISSUER,
      cdr_token: cdrToken('OURS', OURS),
    })
    const url = issuer.party.at('cdrs', 'RECEIVER')
    expect(codes(await issuer.party.send('POST', url, { body: received }))).toEqual([201, 1000])
    await api('PUT', '/DE/CPO/MAY', { invoice_id: 'MAY', cdrs: ['direct'] })
    const credit = invoiceRecord('MAY-C', {
      party_id: 'MSP',
      invoice_id: 'MAY-C',
      cdrs: ['REVERSE'],
      last_updated: '2026-06-02T00:00:00Z',
    })
    expect(codes(await to(emsp, 'POST', '', credit))).toEqual([201, 1000])
  })

  it('are those of the period that no record between their two parties lists, billed directly or in reverse', async () => {
    const found = await report(MAY)
    expect(idsOf(found)).toEqual(['FIRST', 'NAMED', 'CHF', 'DIRECT'])
    expect(found.items.at(-1)).toEqual({
      ...ISSUER,
      id: 'DIRECT',
      end_date_time: '2026-05-31T23:59:59.999Z',
      payer: OURS,
      currency: 'EUR',
      total_cost: { before_taxes: 0.1 },
      invoice_reference_id: null,
      received_from: issuer.id,
    })
    expect(found.items[1]).toMatchObject({ invoice_reference_id: 'SOON', received_from: null })
    expect(found.totals).toEqual([
      { currency: 'CHF', cdrs: 1, before_taxes: '0.1' },
      { currency: 'EUR', cdrs: 3, before_taxes: '0.3' },
    ])
  })

  it('are those of one party, whether it charged or pays', async () => {
    expect(idsOf(await report(`${MAY}&party=NL*OTH`))).toEqual(['CHF'])
    expect(idsOf(await report(`${MAY}&party=deour`))).toEqual(['DIRECT'])
    expect(await report(`${MAY}&party=BE*COR`)).toEqual({ items: [], totals: [], next: null })
  })

  it('come in pages, with their totals on the first', async () => {
    const first = await report(`${MAY}&limit=3`)
    const second = await report(`${MAY}&limit=3&cursor=${first.next}`)
    expect([idsOf(first), idsOf(second)]).toEqual([['FIRST', 'NAMED', 'CHF'], ['DIRECT']])
    expect([first.totals?.length, second.totals, second.next]).toEqual([2, undefined, null])
  })

  it('are back when the record is withdrawn, and gone when one lists them', async () => {
    await api('PUT', '/DE/CPO/MAY', { invoice_id: 'MAY', cdrs: ['FIRST'] })
    expect(idsOf(await report(`${MAY}&party=DE*CPO`))).toEqual(['DIRECT', 'NAMED', 'CHF'])
    await api('DELETE', '/DE/CPO/MAY')
    expect(idsOf(await report(`${MAY}&party=DE*CPO`))).toEqual(['FIRST', 'DIRECT', 'NAMED', 'CHF'])
  })

  it.each([
    'from=2026-05-01T00:00:00Z',
    'from=2026-06-01T00:00:00Z&to=2026-05-01T00:00:00Z',
    'from=2026-01-01T00:00:00Z&to=2027-02-01T00:00:00Z',
    `${MAY}&party=EVERYBODY`,
    `${MAY}&cursor=abc`,
    `${MAY}&limit=0`,
  ])('are not told for %s', async (query) => {
    expect((await node.api('GET', `/uninvoiced-cdrs?${query}`)).status).toBe(400)
  })
})
