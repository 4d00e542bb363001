import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database/index.js'
import { createEventStore } from '../events/index.js'
import { tariffKey } from '../keys/index.js'
import type { ObjectKey, ObjectStore, StoredObject } from '../ports/objects.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createObjectStore } from './object-store.js'

const party = { countryCode: 'DE', partyId: 'ABC' }
let fresh: TestDatabase
beforeAll(async () => {
  fresh = await testDatabase()
})
afterAll(() => fresh.drop())

const put = (store: ObjectStore, key: ObjectKey, n: number) =>
  store.write({
    reads: [key],
    plan: () => ({
      result: undefined,
      upserts: [
        {
          key,
          document: { n },
          lastUpdated: '2026-01-01T00:00:00Z',
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: null,
          changedFields: null,
        },
      ],
    }),
  })

test('a reader that follows changes misses no commit of writers on two nodes', async () => {
  await using second = await openDatabase({ url: fresh.url })
  await using third = await openDatabase({ url: fresh.url })
  const reader = createObjectStore(third)
  const events = createEventStore(second)
  const objects = 40
  const rounds = 50
  const writers = [fresh.database, second].flatMap((database, node) => {
    const store = createObjectStore(database)
    return Array.from({ length: objects }, async (_, index) => {
      for (let n = 1; n <= rounds; n += 1) {
        await put(store, tariffKey(party, `w${node}-${index}`), n)
        if (index === 0 && n % 10 === 0) await events.append({ type: 'test.tick', subject: 'x', data: n })
      }
    })
  })
  // A transaction anywhere on the server, such as one of another test, may hold the last changes back for a while.
  let givenUpMs = Number.POSITIVE_INFINITY
  const done = Promise.all(writers).finally(() => {
    givenUpMs = Date.now() + 10_000
  })
  const latest = new Map<string, number>()
  const isComplete = (): boolean =>
    latest.size === 2 * objects && [...latest.values()].every((n) => n === rounds)
  let cursor = 0
  for (;;) {
    const changes: readonly StoredObject[] = await reader.changes({
      after: cursor,
      kinds: ['tariff'],
      limit: 25,
    })
    for (const { key, changedSeq, document } of changes) {
      expect(changedSeq).toBeGreaterThan(cursor)
      cursor = changedSeq
      latest.set(key.id, Number(document.n))
    }
    if (isComplete() || Date.now() > givenUpMs) break
    if (changes.length === 0) await reader.waitForChange(50)
  }
  await done
  expect(isComplete()).toBe(true)
})

test('waiting ends at once when another node commits, and after the timeout when nobody does', async () => {
  await using second = await openDatabase({ url: fresh.url })
  const here = createObjectStore(fresh.database)
  const there = createObjectStore(second)
  await here.waitForChange(300)
  await new Promise((resolve) => setTimeout(resolve, 250))
  const started = performance.now()
  await here.waitForChange(100)
  expect(performance.now() - started).toBeGreaterThan(90)
  const waited = here.waitForChange(10_000)
  await put(there, tariffKey(party, 'wake'), Date.now())
  await waited
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a change with a transaction that snapshots may miss is held back until they cannot', async () => {
  const store = createObjectStore(fresh.database)
  await untilVisible(fresh.database)
  const before = await store.currentSeq()
  await fresh.database.transaction(async (tx) => {
    await tx.query({ text: 'select pg_current_xact_id()' })
    await put(store, tariffKey(party, 'held'), Date.now())
    expect(await store.changes({ after: before, kinds: ['tariff'], limit: 10 })).toEqual([])
    expect(await store.currentSeq()).toBe(before)
  })
  await untilVisible(fresh.database)
  const changes = await store.changes({ after: before, kinds: ['tariff'], limit: 10 })
  expect(changes.map(({ key }) => key.id)).toEqual(['HELD'])
})

test('changes by source: own objects, one partner, or all', async () => {
  const store = createObjectStore(fresh.database)
  await untilVisible(fresh.database)
  const after = await store.currentSeq()
  await put(store, tariffKey(party, 'mine'), 1)
  await untilVisible(fresh.database)
  const kinds = ['tariff'] as const
  expect(await store.changes({ after, kinds, limit: 10, receivedFrom: 'p' })).toEqual([])
  expect(await store.changes({ after, kinds, limit: 10, receivedFrom: null })).toHaveLength(1)
  expect(await store.changes({ after, kinds, limit: 10 })).toHaveLength(1)
})
