import { afterAll, beforeAll, expect, test } from 'vitest'
import { evseKey, locationKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import type { ObjectStore, StatusChange } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createStatusHistory } from './status-history.js'

const party = { countryCode: 'DE', partyId: 'CPO' }
const LOCATION = locationKey(party, 'LOC1')
const LONG_AGO = '2020-01-01T00:00:00Z'
let fresh: TestDatabase
let store: ObjectStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
})
afterAll(() => fresh.drop())

let minute = 0
const put = (uid: string, document: Record<string, unknown>, deleted = false) => {
  minute += 1
  const key = evseKey(party, 'LOC1', uid)
  const lastUpdated = new Date(Date.parse('2026-01-01T00:00:00Z') + minute * 60_000).toISOString()
  return store.write({
    reads: [key],
    plan: () => ({
      upserts: [
        {
          key,
          document,
          lastUpdated,
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: 'p1',
          changedFields: null,
          deleted,
        },
      ],
      result: undefined,
    }),
  })
}

const history = (limit = 100) => createStatusHistory(fresh.database).of(LOCATION, { from: LONG_AGO, limit })
/** Statuses are written beside the commit, so they are there a moment later. */
const written = async (count: number): Promise<readonly StatusChange[]> => {
  for (let look = 0; look < 100; look += 1) {
    const found = await history()
    if (found.length >= count) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`there are not ${count} statuses`)
}

test('every status is kept with the one before, who sent it and since when it is said to be', async () => {
  await put('E1', { uid: 'E1', status: 'AVAILABLE' })
  await put('E1', { uid: 'E1', status: 'CHARGING' })
  await put('E1', { uid: 'E1', status: 'CHARGING', floor_level: '2' })
  await put('E1', { uid: 'E1', status: 'CHARGING' }, true)
  const found = await written(3)
  expect(found.map(({ before, status }) => [before, status])).toEqual([
    [null, 'AVAILABLE'],
    ['AVAILABLE', 'CHARGING'],
    ['CHARGING', 'REMOVED'],
  ])
  expect(found[1]).toMatchObject({ evse: 'LOC1/E1', receivedFrom: 'p1', saidAt: '2026-01-01T00:02:00.000Z' })
})

test('of many changes the newest are given, oldest first', async () => {
  await put('E2', { uid: 'E2', status: 'AVAILABLE' })
  await put('E2', { uid: 'E2', status: 'BLOCKED' })
  await written(5)
  expect((await history(2)).map(({ status }) => status)).toEqual(['AVAILABLE', 'BLOCKED'])
})

test('days that are over are dropped, and writing goes on without a day made ahead', async () => {
  const { database } = fresh
  await database.query({
    text: `insert into evse_statuses values (now() - interval '40 days', 'DE', 'CPO', 'LOC1/E1', 'PLANNED', null, now(), null)`,
  })
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  await database.query({ text: `drop table evse_statuses_${today}` })
  await put('E3', { uid: 'E3', status: 'AVAILABLE' })
  expect((await written(2)).map(({ status }) => status)).toEqual(['PLANNED', 'AVAILABLE'])
  await createStatusHistory(database).tend(30)
  expect((await history()).map(({ status }) => status)).toEqual(['AVAILABLE'])
})
