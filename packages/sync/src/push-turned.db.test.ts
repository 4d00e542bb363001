import type { Database } from '@interwatt/store'
import { type TestDatabase, testDatabase } from '@interwatt/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evse, location, tariff } from './testing/documents.js'
import { StubPartner } from './testing/stub-partner.js'
import {
  change,
  keys,
  put,
  register,
  remove,
  type TestNode,
  testNode,
  until,
  untilSynced,
} from './testing/sync-node.js'

/** A partner on 2.1.1, which cannot say when a tariff is valid, is told by the clock (tariffs.md 6.1). */
const BEGIN_MS = Date.parse('2026-03-01T10:00:00Z')
const MINUTE_MS = 60_000
const TARIFF = '/tariffs/DE/IWC/T1'

let nowMs: number
let database: TestDatabase
let stub: StubPartner
let nodes: TestNode[]

const at = (minute: number): string => new Date(BEGIN_MS + minute * MINUTE_MS).toISOString()
const startNode = (given: Database = database.database): TestNode => {
  // Seconds apart, as clocks of machines are.
  const aheadMs = nodes.length * 1_500
  const node = testNode(given, {
    clock: () => nowMs + aheadMs,
    limits: { leaseMs: 3_600_000_000, shiftMs: 1 },
  })
  nodes.push(node)
  return node
}
const writes = (): readonly string[] => stub.writes.map(({ method, path }) => `${method} ${path}`)
const refusals = async (node: TestNode) =>
  (await node.store.refusals({ partnerId: 'p', limit: 10 })).map(({ message }) => message)
const withheldEvents = (): number =>
  nodes.flatMap(({ events }) => events).filter(({ type }) => type === 'sync.push.refused').length
/** Sets the clock, and waits until every worker had time to look. */
const becomes = async (minute: number): Promise<void> => {
  nowMs = BEGIN_MS + minute * MINUTE_MS
  for (const node of nodes) node.sync.kick()
}
/** A tariff without dates that arrives shows that everything before it was looked at. */
let marks = 0
const settles = async (node: TestNode): Promise<void> => {
  marks += 1
  await put(node.objects, keys.tariff(`MARK${marks}`), tariff(`MARK${marks}`))
  await until('the mark arrives', () => writes().includes(`PUT /tariffs/DE/IWC/MARK${marks}`))
  await untilSynced(node, 'p')
}
const ofTariff = (): readonly string[] => writes().filter((one) => one.endsWith('/T1'))

beforeEach(async () => {
  nowMs = BEGIN_MS
  nodes = []
  database = await testDatabase()
  stub = new StubPartner()
  await stub.start()
})

afterEach(async () => {
  for (const node of nodes) await node.close()
  await stub.stop()
  await database.drop()
})

const begin = async (fields: object, version: '2.1.1' | '2.2.1' = '2.1.1'): Promise<TestNode> => {
  const node = startNode()
  await register(node, stub, { id: 'p', version })
  await put(node.objects, keys.tariff('T1'), tariff('T1', { type: 'REGULAR', ...fields }))
  node.sync.start()
  await settles(node)
  return node
}

test('a tariff that is not valid yet is sent when it is, once, and told as withheld until then once', async () => {
  const node = await begin({ start_date_time: at(10) })
  expect(ofTariff()).toEqual([])
  expect(await refusals(node)).toEqual([expect.stringContaining('withheld: ')])
  for (const minute of [3, 6, 9]) {
    await becomes(minute)
    await settles(node)
  }
  expect(ofTariff()).toEqual([])
  expect(withheldEvents()).toBe(1)
  await becomes(10)
  await until('it arrives', () => ofTariff().length > 0)
  await becomes(11)
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`])
  expect(stub.objects.get(TARIFF)).not.toHaveProperty('start_date_time')
  expect(await refusals(node)).toEqual([])
  expect(withheldEvents()).toBe(1)
})

test('a tariff whose time is over is deleted at the partner, once', async () => {
  const node = await begin({ start_date_time: at(-10), end_date_time: at(10) })
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`])
  await becomes(10)
  await until('it is deleted', () => ofTariff().length > 1)
  for (const minute of [12, 20]) {
    await becomes(minute)
    await settles(node)
  }
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `DELETE ${TARIFF}`])
  expect(await refusals(node)).toEqual([expect.stringContaining('withheld: ')])
  expect(withheldEvents()).toBe(1)
})

test('nobody has to change anything for it: the worker wakes at the turn by itself', async () => {
  const node = startNode()
  await register(node, stub, { id: 'p', version: '2.1.1' })
  const soon = { start_date_time: new Date(BEGIN_MS + 400).toISOString() }
  const startedMs = Date.now()
  await put(node.objects, keys.tariff('T1'), tariff('T1', { type: 'REGULAR', ...soon }))
  node.sync.start()
  await untilSynced(node, 'p')
  expect(ofTariff()).toEqual([])
  const ticking = setInterval(() => {
    nowMs = BEGIN_MS + (Date.now() - startedMs)
  }, 20)
  await until('it arrives', () => ofTariff().length > 0, 8_000)
  clearInterval(ticking)
})

test('a connector whose tariff is replaced by the clock names the other, once', async () => {
  const node = startNode()
  await register(node, stub, { id: 'p', version: '2.1.1' })
  const regular = (id: string, fields: object) => tariff(id, { type: 'REGULAR', ...fields })
  await put(node.objects, keys.tariff('OLD'), regular('OLD', { end_date_time: at(10) }))
  await put(node.objects, keys.tariff('NEW'), regular('NEW', { start_date_time: at(10) }))
  await put(node.objects, keys.location('L1'), location('L1'))
  const [connector] = evse('E1').connectors as object[]
  const withTariffs = (uid: string, ...tariff_ids: string[]) =>
    put(node.objects, keys.evse('L1', uid), evse(uid, { connectors: [{ ...connector, tariff_ids }] }))
  await withTariffs('E1', 'old', 'NEW')
  await withTariffs('E2', 'NEW')
  node.sync.start()
  await settles(node)
  await change(node.objects, keys.evse('L1', 'E1'), { status: 'CHARGING', last_updated: at(1) })
  const E1 = '/locations/DE/IWC/L1/E1'
  const named = () =>
    (stub.objects.get(E1)?.connectors as { tariff_id?: string }[] | undefined)?.[0]?.tariff_id
  await until('the status', () => stub.objects.get(E1)?.status === 'CHARGING')
  expect(named()).toBe('old')
  stub.received.length = 0
  await becomes(10)
  await until('the connector names the other', () => named() === 'NEW')
  await until('the tariffs', () => writes().length >= 3)
  await becomes(20)
  await settles(node)
  const seen = writes().filter((one) => !one.includes('MARK'))
  expect([...seen].sort()).toEqual(['DELETE /tariffs/DE/IWC/OLD', `PUT ${E1}`, 'PUT /tariffs/DE/IWC/NEW'])
  expect(stub.objects.get(E1)).toMatchObject({ status: 'CHARGING' })
})

test('a partner whose version has dates hears nothing of the clock', async () => {
  const node = await begin({ start_date_time: at(10), end_date_time: at(20) }, '2.2.1')
  for (const minute of [11, 21]) {
    await becomes(minute)
    await settles(node)
  }
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`])
})

test('what began while the partner did not answer arrives when it does, and what ended meanwhile too not at all', async () => {
  const node = await begin({ start_date_time: at(10) })
  const both = { type: 'REGULAR', start_date_time: at(11), end_date_time: at(12) }
  await put(node.objects, keys.tariff('T2'), tariff('T2', both))
  await settles(node)
  stub.behave = () => ({ kind: 'reset' })
  await becomes(13)
  await until('the outage', () => node.events.some(({ type }) => type === 'partner.outage'))
  stub.behave = () => undefined
  stub.received.length = 0
  await becomes(20)
  await until('it arrives', () => stub.objects.has(TARIFF))
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`])
  expect(writes().filter((one) => one.endsWith('/T2'))).toEqual([])
})

test('what turned while no node ran is told after the start, once, and not again after the next', async () => {
  const first = await begin({ start_date_time: at(-10), end_date_time: at(10) })
  await put(first.objects, keys.tariff('T2'), tariff('T2', { type: 'REGULAR', start_date_time: at(10) }))
  await settles(first)
  await first.sync.stop()
  nowMs = BEGIN_MS + 30 * MINUTE_MS
  const second = startNode()
  second.sync.start()
  await until('both are told', () => ofTariff().length > 1 && stub.objects.has('/tariffs/DE/IWC/T2'))
  await settles(second)
  await second.sync.stop()
  const third = startNode()
  third.sync.start()
  await settles(third)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `DELETE ${TARIFF}`])
  expect(writes().filter((one) => one.endsWith('/T2'))).toEqual(['PUT /tariffs/DE/IWC/T2'])
})

test('a partner of before this was known is told what turned since, once', async () => {
  const first = await begin({ start_date_time: at(10) })
  await first.sync.stop()
  await database.database.query({ text: `update sync_partners set clocks = '{}'` })
  nowMs = BEGIN_MS + 30 * MINUTE_MS
  const second = startNode()
  second.sync.start()
  await until('it arrives', () => stub.objects.has(TARIFF))
  await settles(second)
  await becomes(40)
  await settles(second)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`])
})

test('of two nodes one tells, also when their clocks differ', async () => {
  const node = await begin({ start_date_time: at(10), end_date_time: at(20) })
  const other = startNode()
  other.sync.start()
  await becomes(10)
  await until('it arrives', () => ofTariff().length > 0)
  for (const minute of [12, 15]) {
    await becomes(minute)
    await settles(other)
  }
  await becomes(20)
  await until('it is deleted', () => ofTariff().length > 1)
  await becomes(21)
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `DELETE ${TARIFF}`])
})

test('a tariff whose end is moved into the past is deleted, and sent again when it is moved back', async () => {
  const node = await begin({})
  await change(node.objects, keys.tariff('T1'), { end_date_time: at(-1), last_updated: at(1) })
  await until('it is deleted', () => ofTariff().length > 1)
  await settles(node)
  await change(node.objects, keys.tariff('T1'), { currency: 'SEK', last_updated: at(2) })
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `DELETE ${TARIFF}`])
  await change(node.objects, keys.tariff('T1'), { end_date_time: at(30), last_updated: at(3) })
  await until('it is there again', () => stub.objects.has(TARIFF))
  await becomes(30)
  await until('it is deleted', () => !stub.objects.has(TARIFF))
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `DELETE ${TARIFF}`, `PUT ${TARIFF}`, `DELETE ${TARIFF}`])
})

test('a tariff that the operator removes before its time is never sent', async () => {
  const node = await begin({ start_date_time: at(10) })
  await remove(node.objects, keys.tariff('T1'))
  await settles(node)
  await becomes(11)
  await settles(node)
  expect(ofTariff().filter((one) => one.startsWith('PUT'))).toEqual([])
})

test('a resync sends what is valid, and the clock goes on from there', async () => {
  const node = await begin({ start_date_time: at(-10), end_date_time: at(10) })
  await becomes(5)
  await node.sync.resync('p')
  await until('it is sent again', () => ofTariff().length > 1)
  await settles(node)
  await becomes(10)
  await until('it is deleted', () => !stub.objects.has(TARIFF))
  await settles(node)
  expect(ofTariff()).toEqual([`PUT ${TARIFF}`, `PUT ${TARIFF}`, `DELETE ${TARIFF}`])
})
