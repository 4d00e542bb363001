import { afterAll, beforeAll, expect, test } from 'vitest'
import { evseKey, locationKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import type { EventStore } from '../ports/events.js'
import type { ObjectKey, ObjectStore, Upsert } from '../ports/objects.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createEventStore } from './event-store.js'

const party = { countryCode: 'DE', partyId: 'ABC' }
let fresh: TestDatabase
let store: ObjectStore
let events: EventStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
  events = createEventStore(fresh.database)
})
afterAll(() => fresh.drop())

const feed = async (query: Parameters<EventStore['feed']>[0]): ReturnType<EventStore['feed']> => {
  await untilVisible(fresh.database)
  return events.feed(query)
}

const put = (key: ObjectKey, document: Upsert['document'], deleted = false) =>
  store.write({
    reads: [key],
    plan: () => ({
      result: undefined,
      upserts: [
        {
          key,
          document,
          deleted,
          lastUpdated: '2026-01-01T00:00:00Z',
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: null,
          changedFields: null,
        },
      ],
    }),
  })

test('object changes and events come in the one order they were committed', async () => {
  await put(locationKey(party, 'loc/1'), { id: 'loc/1', name: 'a' })
  const seq = await events.append({ type: 'command.received', subject: 'c1', data: { ok: true } })
  await put(evseKey(party, 'loc/1', 'e1'), { uid: 'e1', status: 'AVAILABLE' })
  const entries = await feed({ after: 0, limit: 10 })
  expect(entries.map(({ type, subject }) => [type, subject])).toEqual([
    ['location.created', 'DE*ABC/LOC%2F1'],
    ['command.received', 'c1'],
    ['evse.created', 'DE*ABC/LOC%2F1/E1'],
  ])
  expect(entries[1]).toMatchObject({ seq, data: { ok: true } })
  expect(entries[2]?.data).toEqual({ uid: 'e1', status: 'AVAILABLE', location_id: 'loc/1' })
  expect(entries[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})

test('an object is created for who has not seen it, updated for who has, deleted at the end', async () => {
  const [created] = await feed({ after: 0, limit: 1 })
  await put(locationKey(party, 'loc/1'), { id: 'loc/1', name: 'b' })
  const types = async (after: number) =>
    (await feed({ after, limit: 10, types: ['location.*'] })).map(({ type }) => type)
  expect(await types(created?.seq ?? 0)).toEqual(['location.updated'])
  expect(await types(0)).toEqual(['location.created'])
  await put(locationKey(party, 'loc/1'), { id: 'loc/1' }, true)
  expect(await types(0)).toEqual(['location.deleted'])
})

test('a wanted type is literal apart from its final star', async () => {
  await events.append({ type: 'a_b.c', subject: 's', data: null })
  await events.append({ type: 'axb.c', subject: 's', data: null })
  const found = await feed({ after: 0, limit: 10, types: ['a_b.*'] })
  expect(found.map(({ type }) => type)).toEqual(['a_b.c'])
  expect(await feed({ after: 0, limit: 10, types: ['evse'] })).toEqual([])
})

test('appends of the same moment get rising numbers in their order', async () => {
  const appends = Array.from({ length: 300 }, (_, n) =>
    events.append({ type: 'n', subject: String(n), data: n }),
  )
  const seqs = await Promise.all(appends)
  expect([...seqs].sort((a, b) => a - b)).toEqual(seqs)
  expect(new Set(seqs).size).toBe(300)
  const entries = await feed({ after: 0, limit: 1_000, types: ['n'] })
  expect(entries.map(({ seq, data }) => [seq, data])).toEqual(seqs.map((seq, n) => [seq, n]))
})

test('pruning drops old events and no object', async () => {
  const objects = await feed({ after: 0, limit: 1_000, types: ['location.*', 'evse.*'] })
  expect(await events.prune('2000-01-01T00:00:00Z')).toBe(0)
  expect(await events.prune('2999-01-01T00:00:00Z')).toBeGreaterThan(300)
  expect(await feed({ after: 0, limit: 1_000 })).toEqual(objects)
})
