import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, cdr, evse, location, session, tariff, token } from './testing/documents.js'
import type { StubPartner } from './testing/stub-partner.js'
import {
  change,
  keys,
  type NodeAndPartner,
  openNodeAndPartner,
  put,
  register,
  remove,
  type TestNode,
  until,
  untilSynced,
} from './testing/sync-node.js'

let pair: NodeAndPartner
let node: TestNode
let stub: StubPartner

beforeEach(async () => {
  pair = await openNodeAndPartner()
  node = pair.node
  stub = pair.stub
})

afterEach(() => pair.close())

const requests = (): readonly string[] => stub.received.map(({ method, path }) => `${method} ${path}`)
const writes = (): readonly string[] => stub.writes.map(({ method, path }) => `${method} ${path}`)
const L1 = '/locations/DE/IWC/L1'

test('pushes a new location whole with its EVSEs, and a status change as a PATCH of the EVSE (LOC-077)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.evse('L1', 'E1'), evse('E1'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual([`PUT ${L1}`])
  expect(stub.writes[0]?.body).toMatchObject({ id: 'L1', evses: [{ uid: 'E1', status: 'AVAILABLE' }] })

  await change(node.objects, keys.evse('L1', 'E1'), { status: 'CHARGING', last_updated: at(1) })
  await until('the status arrives', () => stub.writes.length === 2)
  expect(writes()[1]).toBe(`PATCH ${L1}/E1`)
  expect(stub.writes[1]?.body).toEqual({ status: 'CHARGING', last_updated: at(1) })
})

test('sends routing headers from the owner to the party of the partner', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(stub.writes[0]?.headers).toMatchObject({
    'ocpi-from-country-code': 'DE',
    'ocpi-from-party-id': 'IWC',
    'ocpi-to-country-code': 'NL',
    'ocpi-to-party-id': 'EXA',
  })
})

test('sends an object that changed ten times while the partner was down once, in its newest state', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  node.sync.start()
  await untilSynced(node, 'p')
  stub.received.length = 0
  await stub.stop()
  for (let turn = 1; turn <= 10; turn++) {
    await change(node.objects, keys.location('L1'), { name: `Yard ${turn}`, last_updated: at(turn) })
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await until('the outage is noticed', () => node.events.some(({ type }) => type === 'partner.outage'))
  await stub.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual([`PUT ${L1}`])
  expect(stub.writes[0]?.body).toMatchObject({ name: 'Yard 10', last_updated: at(10) })
  await until('the recovery is told', () => node.events.some(({ type }) => type === 'partner.recovered'))
})

test('sends nothing for a write that changes nothing', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  node.sync.start()
  await untilSynced(node, 'p')
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  await until('the tariff arrives', () => writes().includes('PUT /tariffs/DE/IWC/T1'))
  expect(writes()).toEqual([`PUT ${L1}`, 'PUT /tariffs/DE/IWC/T1'])
})

test('has at most one request per object in flight and keeps the order of its states', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = () => ({ kind: 'slow', delayMs: 30 })
  await put(node.objects, keys.session('S1'), session('S1'))
  node.sync.start()
  for (let kwh = 2; kwh <= 12; kwh++) {
    await change(node.objects, keys.session('S1'), { kwh, last_updated: at(kwh) })
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  await untilSynced(node, 'p')
  const sent = stub.writes.map(({ body }) => Number(body?.kwh))
  expect(sent).toEqual([...sent].sort((a, b) => a - b))
  expect(sent.at(-1)).toBe(12)
  expect(stub.mostPerPath).toBe(1)
})

test('uses PUT when a field is gone (LOC-075)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  node.sync.start()
  await untilSynced(node, 'p')
  const { name: _gone, ...rest } = location('L1', { last_updated: at(1) })
  await put(node.objects, keys.location('L1'), rest)
  await until('the change arrives', () => stub.writes.length === 2)
  expect(writes()[1]).toBe(`PUT ${L1}`)
  expect(stub.objects.get(L1)).not.toHaveProperty('name')
})

test('asks for the object and puts it whole when a PATCH finds nothing there (LOC-080, T-F3)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.token('T1'), token('T1'))
  await put(node.objects, keys.session('S1'), session('S1'))
  node.sync.start()
  await untilSynced(node, 'p')
  const S1 = '/sessions/DE/IWC/S1'
  stub.objects.delete(S1)
  stub.received.length = 0
  await change(node.objects, keys.session('S1'), { kwh: 3, last_updated: at(3) })
  await until('the session is there again', () => stub.objects.has(S1))
  expect(requests()).toEqual([`PATCH ${S1}`, `GET ${S1}`, `PUT ${S1}`])
  expect(stub.objects.get(S1)).toMatchObject({ kwh: 3, status: 'ACTIVE' })
})

test('puts the whole location when the partner has no place for an EVSE (LOC-053)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.evse('L1', 'E1'), evse('E1'))
  node.sync.start()
  await untilSynced(node, 'p')
  stub.objects.clear()
  stub.received.length = 0
  stub.behave = ({ method, path }) =>
    method === 'PUT' && path === `${L1}/E1` ? { kind: 'answer', http: 404, code: 2003 } : undefined
  await change(node.objects, keys.evse('L1', 'E1'), { status: 'BLOCKED', last_updated: at(2) })
  await until('the location is there again', () => stub.objects.has(L1))
  expect(requests()).toEqual([`PATCH ${L1}/E1`, `GET ${L1}/E1`, `PUT ${L1}/E1`, `PUT ${L1}`])
  expect(stub.objects.get(L1)).toMatchObject({ evses: [{ uid: 'E1', status: 'BLOCKED' }] })
})

test('stores a refusal with its reason, goes on with the rest, and clears it when the object is taken', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = ({ path }) =>
    path.endsWith('/T2') ? { kind: 'answer', http: 200, code: 2001, message: 'no such price' } : undefined
  for (const id of ['T1', 'T2', 'T3']) await put(node.objects, keys.tariff(id), tariff(id))
  node.sync.start()
  await untilSynced(node, 'p')
  expect([...stub.objects.keys()].sort()).toEqual(['/tariffs/DE/IWC/T1', '/tariffs/DE/IWC/T3'])
  const [refusal, ...others] = await node.store.refusals({ partnerId: 'p', limit: 10 })
  expect(refusal).toMatchObject({ key: keys.tariff('T2'), statusCode: 2001, message: 'no such price' })
  expect(others).toEqual([])

  stub.behave = () => undefined
  await change(node.objects, keys.tariff('T2'), { last_updated: at(2), currency: 'CHF' })
  await until('the tariff is taken', () => stub.objects.has('/tariffs/DE/IWC/T2'))
  await until('the refusal is gone', async () => (await node.store.refusals({ limit: 10 })).length === 0)
})

test('gives one object up that the partner fails on, after it took others (design 6)', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = ({ path }) => (path.endsWith('/T2') ? { kind: 'answer', http: 500, code: 3000 } : undefined)
  for (const id of ['T1', 'T2', 'T3', 'T4']) await put(node.objects, keys.tariff(id), tariff(id))
  node.sync.start()
  await untilSynced(node, 'p')
  expect([...stub.objects.keys()].sort()).toEqual(['T1', 'T3', 'T4'].map((id) => `/tariffs/DE/IWC/${id}`))
  const [refusal] = await node.store.refusals({ partnerId: 'p', limit: 10 })
  expect(refusal?.key).toEqual(keys.tariff('T2'))
})

test('keeps every object for a partner that fails on all of them, and sends each once it works again', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = () => ({ kind: 'answer', http: 500, code: 3000 })
  for (const id of ['T1', 'T2', 'T3']) await put(node.objects, keys.tariff(id), tariff(id))
  node.sync.start()
  await until('three outages passed', async () => ((await node.store.get('p'))?.outages ?? 0) >= 3)
  stub.behave = () => undefined
  await untilSynced(node, 'p')
  expect(stub.objects.size).toBe(3)
  expect(await node.store.refusals({ limit: 10 })).toEqual([])
})

test('takes a 401 as the end of the connection, not as a refusal (C-F18)', async () => {
  await register(node, stub, { id: 'p' })
  stub.behave = () => ({ kind: 'answer', http: 401, code: 2000 })
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  node.sync.start()
  await until('it is told', () => node.events.some(({ type }) => type === 'partner.unauthorized'))
  const state = await node.store.get('p')
  expect(state?.outages).toBe(5)
  expect(Date.parse(state?.retryAt ?? '') - Date.now()).toBeGreaterThan(50 * 60_000)
  expect(await node.store.refusals({ limit: 10 })).toEqual([])

  stub.behave = () => undefined
  node.sync.kick('p')
  await untilSynced(node, 'p')
  expect(stub.objects.has('/tariffs/DE/IWC/T1')).toBe(true)
})

test('sends sessions and CDRs only to the party of the token (ROL-009)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.session('S1'), session('S1', 'EXA'))
  await put(node.objects, keys.session('S2'), session('S2', 'OTH'))
  await put(node.objects, keys.cdr('C1'), cdr('C1', 'EXA'))
  await put(node.objects, keys.cdr('C2'), cdr('C2', 'OTH'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect([...writes()].sort()).toEqual(['POST /cdrs', 'PUT /sessions/DE/IWC/S1'])
})

test('never sends what it received (ROL-021)', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.tariff('T1'), tariff('T1'), 'somebody')
  await put(node.objects, keys.tariff('T2'), tariff('T2'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual(['PUT /tariffs/DE/IWC/T2'])
})

test('tells a partner that holds it that a location is no longer published, and nobody else', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.location('L2'), location('L2', { publish: false }))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual([`PUT ${L1}`])
  await change(node.objects, keys.location('L1'), { publish: false, last_updated: at(1) })
  await until('it is told', () => stub.objects.get(L1)?.publish === false)
  await change(node.objects, keys.location('L2'), { name: 'Hidden', last_updated: at(1) })
  await change(node.objects, keys.location('L1'), { name: 'Hidden', last_updated: at(2) })
  await untilSynced(node, 'p')
  expect(writes()).toEqual([`PUT ${L1}`, `PUT ${L1}`])
})

test('deletes a tariff, and takes a tariff that is not there as deleted (TAR-014)', async () => {
  await register(node, stub, { id: 'p' })
  for (const id of ['T1', 'T2']) await put(node.objects, keys.tariff(id), tariff(id))
  node.sync.start()
  await untilSynced(node, 'p')
  stub.objects.delete('/tariffs/DE/IWC/T2')
  stub.behave = ({ method, path }) =>
    method === 'DELETE' && path.endsWith('/T2') ? { kind: 'answer', http: 404, code: 2001 } : undefined
  for (const id of ['T1', 'T2']) await remove(node.objects, keys.tariff(id))
  await untilSynced(node, 'p')
  expect(stub.objects.size).toBe(0)
  expect(await node.store.refusals({ limit: 10 })).toEqual([])
})

test('names the type of a token that is no RFID card on the URL (TOK-027)', async () => {
  await register(node, stub, { id: 'p', role: 'CPO', party: 'EXC' })
  await put(node.objects, keys.token('A1'), token('A1'))
  await put(node.objects, keys.token('A2', 'APP_USER'), token('A2', { type: 'APP_USER', whitelist: 'NEVER' }))
  node.sync.start()
  await untilSynced(node, 'p')
  expect([...writes()].sort()).toEqual(['PUT /tokens/DE/IWE/A1', 'PUT /tokens/DE/IWE/A2?type=APP_USER'])
})

test('pushes everything again after a resync, except CDRs that were delivered', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  await put(node.objects, keys.cdr('C1'), cdr('C1'))
  node.sync.start()
  await untilSynced(node, 'p')
  stub.received.length = 0
  await node.sync.resync('p')
  await until('the tariff came again', () => stub.writes.length > 0)
  await untilSynced(node, 'p')
  expect(writes()).toEqual(['PUT /tariffs/DE/IWC/T1'])
})

test('stops sending to a partner that was suspended', async () => {
  const partner = await register(node, stub, { id: 'p' })
  node.sync.start()
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  await untilSynced(node, 'p')
  await node.partners.change(['REGISTERED'], {
    partner: { ...partner, status: 'SUSPENDED' },
    inboundTokens: [],
  })
  // What was under way when it was suspended may still go on: a sync that begins now knows.
  await node.sync.stop()
  node.sync.start()
  await put(node.objects, keys.tariff('T2'), tariff('T2'))
  node.sync.kick('p')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(writes()).toEqual(['PUT /tariffs/DE/IWC/T1'])
})

test('never sends what breaks the schema: it is shown as refused, told as our defect, and the rest goes on', async () => {
  await register(node, stub, { id: 'p' })
  const { currency: _missing, ...broken } = tariff('T1')
  await put(node.objects, keys.tariff('T1'), broken)
  await put(node.objects, keys.tariff('T2'), tariff('T2'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual(['PUT /tariffs/DE/IWC/T2'])
  const [refusal] = await node.store.refusals({ partnerId: 'p', limit: 10 })
  expect(refusal).toMatchObject({ key: keys.tariff('T1'), message: expect.stringContaining('/currency') })
  expect(node.events.filter(({ type }) => type === 'sync.push.defect')).toHaveLength(1)
})

test('withholds what the version of the partner cannot express, with the reason', async () => {
  await register(node, stub, { id: 'p', version: '2.2.1' })
  await put(node.objects, keys.tariff('T1'), tariff('T1', { tax_included: 'YES' }))
  await put(node.objects, keys.tariff('T2'), tariff('T2'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(writes()).toEqual(['PUT /tariffs/DE/IWC/T2'])
  expect(stub.writes[0]?.body).not.toHaveProperty('tax_included')
  const [refusal] = await node.store.refusals({ partnerId: 'p', limit: 10 })
  expect(refusal).toMatchObject({ key: keys.tariff('T1'), message: expect.stringMatching(/^withheld: ./) })
})

test('goes on with status changes while a long list of tariffs is on its way', async () => {
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.location('L1'), location('L1'))
  await put(node.objects, keys.evse('L1', 'E1'), evse('E1'))
  node.sync.start()
  await untilSynced(node, 'p')
  stub.behave = ({ path }) => (path.startsWith('/tariffs') ? { kind: 'slow', delayMs: 100 } : undefined)
  for (let n = 0; n < 150; n++) await put(node.objects, keys.tariff(`T${n}`), tariff(`T${n}`))
  await until('tariffs are on their way', () => writes().some((one) => one.startsWith('PUT /tariffs')))
  await change(node.objects, keys.evse('L1', 'E1'), { status: 'CHARGING', last_updated: at(1) })
  await until('the status arrives', () => stub.objects.get(`${L1}/E1`)?.status === 'CHARGING')
  expect([...stub.objects.keys()].filter((path) => path.startsWith('/tariffs')).length).toBeLessThan(150)
})
