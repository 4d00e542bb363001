import { locationKey, sessionKey } from '@interwatt/store'
import { type TestDatabase, testDatabase } from '@interwatt/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, location, session } from './testing/documents.js'
import { StubPartner } from './testing/stub-partner.js'
import { keys, put, register, senderEndpoints, type TestNode, testNode, until } from './testing/sync-node.js'

let test_: TestDatabase
let stub: StubPartner
const nodes: TestNode[] = []
const hourMs = 3_600_000
let aheadMs = 0

const openNode = (): TestNode => {
  const node = testNode(test_.database, {
    clock: () => Date.now() + aheadMs,
    limits: { leaseMs: 90 * hourMs, shiftMs: 90 * hourMs },
  })
  nodes.push(node)
  return node
}

beforeEach(async () => {
  aheadMs = 0
  test_ = await testDatabase()
  stub = new StubPartner()
  await stub.start()
})

afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close()
  await stub.stop()
  await test_.drop()
})

const theirs = (id: string, fields: Record<string, unknown> = {}) =>
  location(id, { country_code: 'NL', party_id: 'EXC', ...fields })
const key = (id: string) => locationKey({ countryCode: 'NL', partyId: 'EXC' }, id)

const registerCpo = (node: TestNode, ...offered: string[]) =>
  register(node, stub, { id: 'p', role: 'CPO', party: 'EXC', endpoints: senderEndpoints(stub, ...offered) })

const finished = (node: TestNode, module: string): readonly unknown[] =>
  node.events
    .filter(
      ({ type, data }) => type === 'sync.pull.finished' && (data as { module: string }).module === module,
    )
    .map(({ data }) => data)

const pages = (): readonly string[] => stub.received.map(({ path }) => path)

test('crawls everything on connect, following the links as they are (TRN-071)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  stub.lists.locations = ['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => theirs(id))
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  expect(finished(node, 'locations')[0]).toMatchObject({ mode: 'full', pages: 3, received: 5, changed: 5 })
  expect(pages()).toEqual([
    '/sender/locations?limit=2',
    '/sender/locations?limit=2&offset=2',
    '/sender/locations?limit=2&offset=4',
  ])
  expect((await node.objects.get(key('L5')))?.receivedFrom).toBe('p')
  const progress = node.events.filter(({ type }) => type === 'sync.pull.progress')
  expect(progress.map(({ data }) => (data as { pages: number }).pages)).toEqual([1, 2, 3])
})

test('stores the good objects of a page, reports the bad and the foreign ones (TRN-078, TRN-083)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  const { city: _missing, ...broken } = theirs('L2')
  stub.lists.locations = [theirs('L1'), broken, theirs('L3', { party_id: 'OTH' }), theirs('L4')]
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  expect(finished(node, 'locations')[0]).toMatchObject({ received: 2, skipped: 2 })
  const told = node.events
    .filter(({ type }) => type === 'sync.pull.skipped')
    .map(({ data }) => JSON.stringify(data))
  expect(told.join()).toContain('/city')
  expect(told.join()).toContain('TRN-083')
})

test('asks for what changed since the largest last_updated it got, with an overlap (TRN-136)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  stub.lists.locations = [theirs('L1', { last_updated: at(30) }), theirs('L2', { last_updated: at(20) })]
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  stub.received.length = 0
  stub.lists.locations = [theirs('L1', { last_updated: at(40), name: 'New' })]
  aheadMs = 3 * hourMs
  node.sync.kick('p')
  await until('the delta ends', () => finished(node, 'locations').length === 2)
  expect(pages()).toEqual([`/sender/locations?date_from=${at(25)}&limit=2`])
  expect((await node.objects.get(key('L1')))?.document.name).toBe('New')
  expect(node.retired).toEqual([])
})

test('retires what a full crawl did not see, and nothing after a delta (LOC-012, LOC-013, TRN-077)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  stub.lists.locations = ['L1', 'L2', 'L3'].map((id) => theirs(id))
  await put(node.objects, keys.location('OWN'), location('OWN'))
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  stub.lists.locations = [theirs('L1'), theirs('L3')]
  aheadMs = 3 * hourMs
  node.sync.kick('p')
  await until('the delta ends', () => finished(node, 'locations').length === 2)
  expect(node.retired).toEqual([])
  aheadMs = 30 * hourMs
  node.sync.kick('p')
  await until('the full crawl ends', () => finished(node, 'locations').length === 3)
  expect(node.retired).toEqual([key('L2')])
  expect(finished(node, 'locations')[2]).toMatchObject({ mode: 'full', retired: 1 })
})

test('retires nothing when the total shrank on the way (TRN-074)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  stub.lists.locations = ['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => theirs(id))
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  stub.received.length = 0
  stub.behave = ({ path }) => {
    // While the second page is asked for, L1 goes: everything behind it moves up by one.
    if (path.includes('offset=2')) stub.lists.locations = ['L2', 'L3', 'L4', 'L5'].map((id) => theirs(id))
    return undefined
  }
  aheadMs = 30 * hourMs
  node.sync.kick('p')
  await until('the second crawl ends', () => finished(node, 'locations').length === 2)
  expect(node.retired.map(({ id }) => id)).not.toContain('L3')
  expect(node.retired).toEqual([])
})

test('goes on with a crawl where it stood after a restart, and may still retire', async () => {
  const first = openNode()
  await registerCpo(first, 'locations')
  await put(first.objects, key('GONE'), theirs('GONE'), 'p')
  stub.lists.locations = ['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => theirs(id))
  stub.behave = ({ path }) => (path.includes('offset=4') ? { kind: 'hang' } : undefined)
  first.sync.start()
  await until('the last page is asked for', () => pages().some((path) => path.includes('offset=4')))
  await first.sync.stop()
  stub.received.length = 0
  stub.behave = () => undefined
  const second = openNode()
  second.sync.start()
  await until('the crawl ends', () => finished(second, 'locations').length === 1)
  expect(pages()).toEqual(['/sender/locations?limit=2&offset=4'])
  expect((await second.objects.get(key('L1')))?.deletedAt).toBeNull()
  expect(second.retired).toEqual([key('GONE')])
})

test('ends a crawl whose link comes twice, and retires nothing (TRN-072)', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  await put(node.objects, key('OLD'), theirs('OLD'), 'p')
  stub.lists.locations = ['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => theirs(id))
  stub.linkBack = true
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
  expect(finished(node, 'locations')[0]).toMatchObject({ complete: false, retired: 0 })
  expect(stub.received.length).toBeLessThan(6)
})

test('always asks for sessions with date_from, and never retires them (SES-005)', async () => {
  const node = openNode()
  await registerCpo(node, 'sessions')
  const theirSession = (id: string) => session(id, 'IWE', { country_code: 'NL', party_id: 'EXC' })
  const gone = sessionKey({ countryCode: 'NL', partyId: 'EXC' }, 'GONE')
  await put(node.objects, gone, theirSession('GONE'), 'p')
  stub.lists.sessions = [theirSession('S1')]
  node.sync.start()
  await until('the crawl ends', () => finished(node, 'sessions').length === 1)
  expect(pages()).toEqual(['/sender/sessions?date_from=1970-01-01T00:00:00.000Z&limit=2'])
  expect(node.retired).toEqual([])
})

test('a list that hangs does not hold up pushes, and is tried again later', async () => {
  const node = openNode()
  const endpoints = senderEndpoints(stub, 'locations')
  const receiver = { module: 'tokens', side: 'RECEIVER' as const, url: `${stub.url}/tokens` }
  await register(node, stub, { id: 'p', role: 'CPO', party: 'EXC', endpoints: [...endpoints, receiver] })
  stub.behave = ({ path }) => (path.startsWith('/sender') ? { kind: 'hang' } : undefined)
  node.sync.start()
  await until('the list is asked for', () => stub.received.length > 0)
  await put(node.objects, keys.token('A1'), {
    country_code: 'DE',
    party_id: 'IWE',
    uid: 'A1',
    type: 'RFID',
    contract_id: 'DE-IWE-A1',
    issuer: 'Interwatt',
    valid: true,
    whitelist: 'ALLOWED',
    last_updated: at(0),
  })
  await until('the token arrives', () => stub.objects.has('/tokens/DE/IWE/A1'))
  expect(finished(node, 'locations')).toEqual([])
  await until('the failure is told', () => node.events.some(({ type }) => type === 'sync.pull.failed'))
  expect((await node.store.get('p'))?.outages).toBe(0)
  stub.behave = () => undefined
  stub.lists.locations = [theirs('L1')]
  aheadMs = hourMs
  node.sync.kick('p')
  await until('the crawl ends', () => finished(node, 'locations').length === 1)
})

test('does not follow a link to a host that is not the partner’s, and keeps its token to itself', async () => {
  const node = openNode()
  await registerCpo(node, 'locations')
  const stranger = new StubPartner()
  await stranger.start()
  stub.linkTo = stranger.url
  stub.lists.locations = ['L1', 'L2', 'L3'].map((id) => theirs(id))
  node.sync.start()
  await until('the failure is told', () => node.events.some(({ type }) => type === 'sync.pull.failed'))
  expect(stranger.received).toEqual([])
  expect(node.retired).toEqual([])
  await stranger.stop()
})
