import { type TestDatabase, testDatabase } from '@interwatt/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, cdr, evse, location, tariff } from './testing/documents.js'
import { type Misbehaviour, StubPartner } from './testing/stub-partner.js'
import {
  change,
  keys,
  put,
  register,
  type TestNode,
  testNode,
  until,
  untilSynced,
} from './testing/sync-node.js'

let test_: TestDatabase
const nodes: TestNode[] = []
const stubs: StubPartner[] = []

const openNode = (
  ...options: Parameters<typeof testNode> extends [unknown, ...infer R] ? R : never
): TestNode => {
  const node = testNode(test_.database, ...options)
  nodes.push(node)
  return node
}

const openStub = async (): Promise<StubPartner> => {
  const stub = new StubPartner()
  await stub.start()
  stubs.push(stub)
  return stub
}

beforeEach(async () => {
  test_ = await testDatabase()
})

afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close()
  for (const stub of stubs.splice(0)) await stub.stop()
  await test_.drop()
})

const hostile: Readonly<Record<string, Misbehaviour>> = {
  hangs: { kind: 'hang' },
  resets: { kind: 'reset' },
  'sends 10 MB of garbage': { kind: 'garbage', bytes: 10_000_000 },
  'answers 500': { kind: 'answer', http: 500, code: 3000 },
  'answers 429': { kind: 'answer', http: 429, code: 2000 },
}

test.each(Object.entries(hostile))(
  'a partner that %s does not delay another',
  async (_name, misbehaviour) => {
    const node = openNode({ limits: { requestTimeoutMs: 4_000 } })
    const [good, bad] = [await openStub(), await openStub()]
    bad.behave = () => misbehaviour
    await register(node, bad, { id: 'bad' })
    await register(node, good, { id: 'good', party: 'EXB' })
    for (let n = 0; n < 100; n++) await put(node.objects, keys.tariff(`T${n}`), tariff(`T${n}`))
    node.sync.start()
    await untilSynced(node, 'good')
    expect(good.objects.size).toBe(100)
    for (let n = 0; n < 20; n++) {
      await change(node.objects, keys.tariff('T1'), {
        currency: n % 2 ? 'EUR' : 'CHF',
        last_updated: at(n + 1),
      })
      await until('the good partner has the change', () =>
        good.writes.some(({ body }) => body?.last_updated === at(n + 1)),
      )
    }
    expect(bad.objects.size).toBe(0)
    expect(bad.received.length).toBeLessThan(100)

    bad.behave = () => undefined
    node.sync.kick('bad')
    await until('the bad partner has everything', () => bad.objects.size === 100)
    await untilSynced(node, 'bad')
  },
)

test('posts a CDR once though the answer was lost: it is asked for before another POST', async () => {
  const node = openNode()
  const stub = await openStub()
  await register(node, stub, { id: 'p' })
  let lost = false
  stub.behave = ({ method }) => {
    if (method !== 'POST' || lost) return undefined
    lost = true
    return { kind: 'lose_answer' }
  }
  await put(node.objects, keys.cdr('C1'), cdr('C1'))
  node.sync.start()
  await untilSynced(node, 'p')
  const seen = stub.received.filter(({ path }) => path.startsWith('/cdrs'))
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /cdrs', 'GET /cdrs/DE/IWC/C1'])
  expect((await node.store.cdrDelivery('p', keys.cdr('C1')))?.state).toBe('delivered')
})

test('posts a CDR again when the partner does not show it, and keeps the address it gives (CDR-009)', async () => {
  const node = openNode()
  const stub = await openStub()
  await register(node, stub, { id: 'p' })
  let failed = false
  stub.behave = ({ method }) => {
    if (method !== 'POST' || failed) return undefined
    failed = true
    return { kind: 'reset' }
  }
  await put(node.objects, keys.cdr('C1'), cdr('C1'))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(stub.writes.map(({ method }) => method)).toEqual(['POST', 'POST'])
  const delivery = await node.store.cdrDelivery('p', keys.cdr('C1'))
  expect(delivery).toMatchObject({ state: 'delivered', locationUrl: `${stub.url}/cdrs/DE/IWC/C1` })
})

test('does not post a CDR again after a restart of the node', async () => {
  const first = openNode()
  const stub = await openStub()
  await register(first, stub, { id: 'p' })
  await put(first.objects, keys.cdr('C1'), cdr('C1'))
  first.sync.start()
  await untilSynced(first, 'p')
  await first.sync.stop()
  await first.store.moveCursor('p', 'cdrs', 0)
  const second = openNode()
  second.sync.start()
  await put(second.objects, keys.cdr('C2'), cdr('C2'))
  await untilSynced(second, 'p')
  expect(stub.writes.map(({ body }) => body?.id)).toEqual(['C1', 'C2'])
})

test('another node takes a partner over when its lease lapses', async () => {
  const first = openNode({ limits: { leaseMs: 600 } })
  const stub = await openStub()
  await register(first, stub, { id: 'p' })
  await put(first.objects, keys.location('L1'), location('L1'))
  first.sync.start()
  await untilSynced(first, 'p')
  // A node that died renews nothing and gives nothing back.
  first.store.renew = async () => true
  first.store.release = async () => {}
  await first.sync.stop()
  const second = openNode({ limits: { leaseMs: 600 } })
  second.sync.start()
  await put(second.objects, keys.evse('L1', 'E1'), evse('E1'))
  await untilSynced(second, 'p')
  expect(stub.objects.has('/locations/DE/IWC/L1/E1')).toBe(true)
})

test('two nodes share the partners and send every object once', async () => {
  const [one, two] = [openNode(), openNode()]
  const partners = await Promise.all(['a', 'b', 'c', 'd'].map(async (id) => ({ id, stub: await openStub() })))
  for (const [index, { id, stub }] of partners.entries())
    await register(one, stub, { id, party: `EX${index}` })
  one.sync.start()
  two.sync.start()
  for (let n = 0; n < 50; n++) await put(one.objects, keys.tariff(`T${n}`), tariff(`T${n}`))
  for (const { id, stub } of partners) {
    await until(`${id} has everything`, () => stub.objects.size === 50)
    await untilSynced(one, id)
    expect(stub.writes.length).toBe(50)
  }
})

test('stops within its bound though a partner hangs', async () => {
  const node = openNode({ limits: { requestTimeoutMs: 60_000, stopMs: 300 } })
  const stub = await openStub()
  stub.behave = () => ({ kind: 'hang' })
  await register(node, stub, { id: 'p' })
  await put(node.objects, keys.tariff('T1'), tariff('T1'))
  node.sync.start()
  await until('a request is on its way', () => stub.received.length > 0)
  const beganMs = Date.now()
  await node.sync.stop()
  expect(Date.now() - beganMs).toBeLessThan(10_000)
  expect((await node.store.get('p'))?.outages).toBe(0)
})
