import { afterAll, beforeAll, expect, test } from 'vitest'
import { evseKey, locationKey } from '../keys/index.js'
import type { MapPointStore, ObjectKey, ObjectStore } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createMapPointStore } from './map-point-store.js'
import { createObjectStore } from './object-store.js'

const own = { countryCode: 'DE', partyId: 'OWN' }
let fresh: TestDatabase
let objects: ObjectStore
let points: MapPointStore

const put = (key: ObjectKey, document: Record<string, unknown>, deleted = false) => {
  const rest = { versionIn: '2.3.0', unmapped: null, receivedFrom: null, changedFields: null } as const
  const upsert = { key, document, lastUpdated: '2026-01-01T00:00:00.000Z', deleted, ...rest }
  return objects.write({ reads: [key], plan: () => ({ upserts: [upsert], result: undefined }) })
}

const location = (id: string) => ({
  country_code: 'DE',
  party_id: 'OWN',
  id,
  address: `Street of ${id}`,
  coordinates: { latitude: '52.5', longitude: '13.4' },
})

beforeAll(async () => {
  fresh = await testDatabase()
  objects = createObjectStore(fresh.database)
  points = createMapPointStore(fresh.database)
  for (const id of ['a1', 'a2', 'a3']) await put(locationKey(own, id), location(id))
  const statuses = ['AVAILABLE', 'AVAILABLE', 'CHARGING', 'OUTOFORDER', 'UNKNOWN', 'REMOVED']
  for (const [index, status] of statuses.entries())
    await put(evseKey(own, 'a1', `E${index}`), { uid: `E${index}`, status })
})
afterAll(() => fresh.drop())

test('a point has the place of a location and the counts of its EVSEs, without removed ones', async () => {
  const page = await points.page(0, 10)
  expect(page.next).toBeNull()
  expect(page.points[0]).toEqual({
    country_code: 'DE',
    party_id: 'OWN',
    id: 'a1',
    name: 'Street of a1',
    latitude: '52.5',
    longitude: '13.4',
    evses: 5,
    free: 2,
    taken: 1,
    broken: 1,
    deleted: false,
  })
})

test('pages go on after their position, and each location comes once', async () => {
  const first = await points.page(0, 2)
  const second = await points.page(first.next ?? 0, 2)
  expect([...first.points, ...second.points].map(({ id }) => id)).toEqual(['a1', 'a2', 'a3'])
})

test('what changed after a position is the locations of changed EVSEs, new and deleted ones, and nothing else', async () => {
  const before = await objects.currentSeq()
  expect(await points.changed(before, 10)).toEqual([])
  await put(evseKey(own, 'a1', 'E0'), { uid: 'E0', status: 'CHARGING' })
  await put(locationKey(own, 'a3'), location('a3'), true)
  const changed = await points.changed(before, 10)
  expect(changed?.map(({ id, free, deleted }) => [id, free, deleted])).toEqual([
    ['a1', 1, false],
    ['a3', 0, true],
  ])
  expect(await points.changed(before, 1)).toBeUndefined()
})
