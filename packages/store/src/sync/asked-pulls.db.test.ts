import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PullState, SyncStore } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createSyncStore } from './sync-store.js'

let database: TestDatabase
let store: SyncStore

beforeAll(async () => {
  database = await testDatabase()
  store = createSyncStore(database.database)
})
afterAll(() => database.drop())

const at = (hour: number): string => new Date(Date.UTC(2026, 2, 1, hour)).toISOString()
const askedOf = async (partner: string) => (await store.pull(partner, 'locations'))?.asked

test('a list that was never read can be asked for', async () => {
  await store.askPull('p1', ['locations', 'tariffs'], { id: 'a', since: at(10) })
  expect(await askedOf('p1')).toEqual({ id: 'a', since: at(10) })
  expect(await store.pull('p1', 'tokens')).toBeUndefined()
})

test.each([
  ['the earlier of two times counts', at(10), at(12), at(10)],
  ['also when it comes second', at(12), at(10), at(10)],
  ['the beginning is earlier than any', null, at(10), null],
  ['also when it comes second', at(10), null, null],
])('what is asked twice is asked once: %s', async (_what, first, second, expected) => {
  const partner = `p-${String(first)}-${String(second)}`
  await store.askPull(partner, ['locations'], { id: 'a', since: first })
  await store.askPull(partner, ['locations'], { id: 'b', since: second })
  expect(await askedOf(partner)).toEqual({ id: 'b', since: expected })
})

test('an answer to what was asked before leaves what was asked since', async () => {
  await store.askPull('p2', ['locations'], { id: 'a', since: at(10) })
  await store.askPull('p2', ['locations'], { id: 'b', since: at(10) })
  await store.answerPull('p2', 'locations', 'a')
  expect((await askedOf('p2'))?.id).toBe('b')
  await store.answerPull('p2', 'locations', 'b')
  expect(await askedOf('p2')).toBeUndefined()
})

test('a crawl under way keeps what is asked meanwhile', async () => {
  const state: PullState = {
    partnerId: 'p3',
    module: 'locations',
    crawl: null,
    watermark: at(9),
    lastFullAt: at(9),
    lastDeltaAt: null,
    dueAt: at(20),
    lastError: null,
    failures: 0,
  }
  await store.putPull(state)
  await store.askPull('p3', ['locations'], { id: 'a', since: at(10) })
  await store.putPull({ ...state, dueAt: at(21) })
  expect(await store.pull('p3', 'locations')).toMatchObject({
    dueAt: at(21),
    asked: { id: 'a', since: at(10) },
  })
})
