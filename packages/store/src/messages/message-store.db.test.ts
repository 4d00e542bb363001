import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessageStore, NewMessage } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createMessageStore } from './message-store.js'

let fresh: TestDatabase
let store: MessageStore

beforeAll(async () => {
  fresh = await testDatabase()
  store = createMessageStore(fresh.database)
})
afterAll(() => fresh.drop())

const message = (change: Partial<NewMessage> = {}): NewMessage => ({
  at: '2026-03-01T10:00:00.000Z',
  direction: 'in',
  partnerId: 'p1',
  partnerName: 'Partner',
  method: 'PUT',
  origin: null,
  path: '/ocpi/2.2.1/receiver/sessions/DE/ABC/S1',
  version: '2.2.1',
  module: 'sessions',
  side: 'RECEIVER',
  operation: 'sessions.receiver.put',
  object: { kind: 'session', countryCode: 'DE', partyId: 'ABC', id: 'S1' },
  httpStatus: 200,
  statusCode: 1000,
  outcome: 'ok',
  failure: null,
  durationMs: 1.5,
  requestId: 'r1',
  correlationId: 'c1',
  attempt: 1,
  findings: [],
  requestBytes: 7,
  responseBytes: 2,
  requestHeaders: { 'content-type': 'application/json' },
  requestBody: '{"a":1}',
  requestCut: false,
  requestHidden: false,
  responseHeaders: { 'content-type': 'application/json' },
  responseBody: '{}',
  responseCut: false,
  ...change,
})

const partitions = async (): Promise<readonly string[]> => {
  const text = `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'messages'::regclass order by 1`
  return (await fresh.database.query<{ name: string }>({ text })).rows.map(({ name }) => name)
}

test('a message is read as it was stored', async () => {
  const finding = {
    pointer: '/x',
    code: 'missing',
    message: 'm',
    rule: 'SES-001',
    severity: 'error',
  } as const
  const stored = message({ findings: [finding], requestBody: 'kg "ä" \\u0000 \n', correlationId: 'whole' })
  await store.add([stored], [])
  const [facts] = await store.list({ correlationId: 'whole' }, { limit: 10 })
  expect(await store.get(facts?.id ?? 0)).toEqual({ ...stored, id: facts?.id })
  expect(await store.get(999_999)).toBeUndefined()
})

test('lists are newest first, filtered and paged by id', async () => {
  const batch = Array.from({ length: 5 }, (_, index) =>
    message({ partnerId: 'paged', requestId: `page-${index}` }),
  )
  await store.add(batch, [])
  const first = await store.list({ partnerId: 'paged' }, { limit: 3 })
  const below = first.at(-1)?.id ?? 0
  const second = await store.list({ partnerId: 'paged' }, { limit: 3, below })
  expect([...first, ...second].map(({ requestId }) => requestId)).toEqual(
    [4, 3, 2, 1, 0].map((index) => `page-${index}`),
  )
  const rest = await store.since({ partnerId: 'paged' }, { after: below, limit: 10 })
  expect(rest.map(({ requestId }) => requestId)).toEqual(['page-3', 'page-4'])
  expect(await store.newest()).toBe(first[0]?.id)
})

const object = { kind: 'cdr', countryCode: 'NL', partyId: 'XYZ', id: 'C1' }
const odd = message({
  partnerId: null,
  direction: 'out',
  module: 'cdrs',
  object,
  requestId: 'odd',
  correlationId: 'odd',
  outcome: 'timeout',
  httpStatus: 401,
  statusCode: 2000,
  at: '2026-03-03T00:00:00.000Z',
  path: '/Some/Path?x=Y',
})

test.each([
  { partnerId: null },
  { direction: 'out' },
  { module: 'cdrs' },
  { objectKind: 'cdr' },
  { countryCode: 'NL' },
  { partyId: 'XYZ' },
  { objectId: 'C1' },
  { correlationId: 'odd' },
  { requestId: 'odd' },
  { outcome: 'timeout' },
  { httpStatus: 401 },
  { statusCode: 2000 },
  { from: '2026-03-03T00:00:00Z', to: '2026-03-03T00:00:01Z' },
  { text: 'some/path?X' },
] as const)('the filter %o finds what it says and nothing else', async (filter) => {
  if ((await store.list({ requestId: 'odd' }, { limit: 1 })).length === 0) await store.add([odd], [])
  const found = await store.list(filter, { limit: 10 })
  expect(found.map(({ requestId }) => requestId)).toEqual(['odd'])
})

test('ids are in the order of commits, whoever writes', async () => {
  const stores = Array.from({ length: 4 }, () => createMessageStore(fresh.database))
  const seen: number[] = []
  let after = await store.newest()
  const writing = Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      stores[index % 4]?.add([message({ correlationId: 'order' }), message({ correlationId: 'order' })], []),
    ),
  )
  let done = false
  writing.finally(() => {
    done = true
  })
  for (;;) {
    const last = done
    const page = await store.since({}, { after, limit: 1000 })
    seen.push(...page.map(({ id }) => id))
    after = page.at(-1)?.id ?? after
    if (last && page.length === 0) break
  }
  const all = await store.since({ correlationId: 'order' }, { after: 0, limit: 1000 })
  expect(all).toHaveLength(80)
  expect(seen).toEqual(all.map(({ id }) => id))
})

test('a story is the session, its CDRs and the correlations named, in the order they began', async () => {
  const at = (second: number): string => `2026-03-02T10:00:0${second}.000Z`
  await store.add(
    [
      message({
        at: at(3),
        requestId: 'cdr',
        object: { ...object, countryCode: 'DE', partyId: 'ABC', id: 'C9' },
      }),
      message({ at: at(1), requestId: 'command', object: null, correlationId: 'story' }),
      message({
        at: at(2),
        requestId: 'session',
        object: { kind: 'session', countryCode: null, partyId: null, id: 'S9' },
      }),
      message({
        at: at(4),
        requestId: 'other',
        object: { kind: 'session', countryCode: 'DE', partyId: 'ZZZ', id: 'S9' },
      }),
    ],
    [],
  )
  const search = {
    sessionId: 'S9',
    countryCode: 'DE',
    partyId: 'ABC',
    cdrIds: ['C9'],
    correlationIds: ['story'],
  }
  const found = await store.ofStory({ ...search, limit: 10 })
  expect(found.map(({ requestId }) => requestId)).toEqual(['command', 'session', 'cdr'])
  expect(found[1]?.requestBody).toBe('{"a":1}')
  expect((await store.ofCorrelation('story', 10)).map(({ requestId }) => requestId)).toEqual(['command'])
})

test('gaps are kept beside the messages and found by their time', async () => {
  const gap = {
    fromAt: '2026-03-05T10:00:00.000Z',
    untilAt: '2026-03-05T10:01:00.000Z',
    reason: 'queue',
    count: 7,
  }
  await store.add([], [gap])
  expect(await store.gaps('2026-03-05T10:00:30Z', '2026-03-06T00:00:00Z')).toEqual([gap])
  expect(await store.gaps('2026-03-05T10:01:01Z', '2026-03-06T00:00:00Z')).toEqual([])
})

test('days that are over are dropped whole, and so are the oldest when there is too much, but never today', async () => {
  const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05']
  await store.add(
    days.map((day) => message({ at: `${day}T12:00:00.000Z`, correlationId: 'days' })),
    [],
  )
  const daysLeft = async (): Promise<readonly string[]> =>
    (await store.ofCorrelation('days', 100)).map(({ at }) => at.slice(0, 10))
  const now = '2026-03-05T13:00:00.000Z'
  const huge = Number.MAX_SAFE_INTEGER
  // The second day ends at the third's midnight: not before 12:00 of it.
  await store.trim({ before: '2026-03-02T12:00:00.000Z', maxBytes: huge, now })
  expect(await daysLeft()).toEqual(days.slice(1))
  await store.trim({ before: '2026-03-03T00:00:00.000Z', maxBytes: huge, now })
  expect(await daysLeft()).toEqual(days.slice(2))
  const { bytes, dropped } = await store.trim({ before: '2026-03-03T00:00:00.000Z', maxBytes: 1, now })
  expect(dropped).toBe(2)
  expect(bytes).toBeGreaterThan(1)
  expect(await daysLeft()).toEqual(days.slice(4))
  expect(await partitions()).toEqual(['messages_20260305', 'messages_20260306'])
  await store.add([message({ at: '2026-03-02T12:00:00.000Z', correlationId: 'days' })], [])
  expect(await daysLeft()).toEqual(['2026-03-02', '2026-03-05'])
})

test('every node is told that messages were stored', async () => {
  let told = 0
  const stop = store.onStored(() => {
    told += 1
  })
  await expect.poll(() => told).toBeGreaterThan(0)
  const before = told
  await store.add([message()], [])
  await expect.poll(() => told).toBeGreaterThan(before)
  stop()
})

test('a text of a partner cannot move what stands beside it, whatever characters it holds', async () => {
  const odd = 'a\u001fb\u001ec\u001dd'
  await store.add(
    [
      message({ correlationId: 'odd', path: `/${odd}`, failure: odd, requestBody: odd, partnerName: '' }),
      message({ correlationId: 'odd', operation: 'after' }),
    ],
    [],
  )
  const [first, second] = await store.ofCorrelation('odd', 10)
  expect(first).toMatchObject({ path: '/a b c d', failure: 'a b c d', partnerName: '', method: 'PUT' })
  expect(second).toMatchObject({ operation: 'after', path: message().path })
  expect((await store.get(first?.id ?? 0))?.requestBody).toBe(odd)
})
