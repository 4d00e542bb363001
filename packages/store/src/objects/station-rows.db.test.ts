import { afterAll, beforeAll, expect, test } from 'vitest'
import { evseKey, locationKey } from '../keys/index.js'
import type { ObjectKey, ObjectStore, StationRowStore } from '../ports/index.js'
import { type TestDatabase, testDatabase, untilVisible } from '../testing/index.js'
import { createObjectStore } from './object-store.js'
import { createStationRowStore } from './station-row-store.js'

const own = { countryCode: 'DE', partyId: 'OWN' }
let fresh: TestDatabase
let objects: ObjectStore
let stations: StationRowStore

const put = (key: ObjectKey, document: Record<string, unknown>, deleted = false) => {
  const rest = { versionIn: '2.3.0', unmapped: null, receivedFrom: null, changedFields: null } as const
  const upsert = { key, document, lastUpdated: '2026-01-01T00:00:00.000Z', deleted, ...rest }
  return objects.write({ reads: [key], plan: () => ({ upserts: [upsert], result: undefined }) })
}

const location = (id: string) => ({
  country_code: 'DE',
  party_id: 'OWN',
  id,
  publish: true,
  address: `Street of ${id}`,
  coordinates: { latitude: '52.5', longitude: '13.4' },
  time_zone: 'Europe/Berlin',
  operator: { name: 'Operator' },
  opening_times: { twentyfourseven: true },
  parking_places: [{ id: '1', vehicle_types: ['PERSONAL_VEHICLE', 'DISABLED'] }],
})
const connectors = [{ id: '1', standard: 'IEC_62196_T2' }]

beforeAll(async () => {
  fresh = await testDatabase()
  objects = createObjectStore(fresh.database)
  stations = createStationRowStore(fresh.database)
  for (const id of ['a1', 'a2', 'a3']) await put(locationKey(own, id), location(id))
  await put(evseKey(own, 'a1', 'E1'), {
    uid: 'E1',
    status: 'AVAILABLE',
    connectors,
    capabilities: ['RESERVABLE'],
  })
  await put(evseKey(own, 'a1', 'E2'), { uid: 'E2', status: 'REMOVED' })
})
afterAll(() => fresh.drop())

test('a row has what an index needs of a location and of its EVSEs, without removed ones', async () => {
  const page = await stations.page(0, 10)
  expect(page.next).toBeNull()
  expect(page.rows[0]).toEqual({
    key: 'DE/OWN/A1',
    countryCode: 'DE',
    partyId: 'OWN',
    id: 'a1',
    name: 'Street of a1',
    operator: 'Operator',
    latitude: '52.5',
    longitude: '13.4',
    timeZone: 'Europe/Berlin',
    openingTimes: { twentyfourseven: true },
    published: true,
    disabledParking: true,
    receivedFrom: null,
    deleted: false,
    evses: [
      {
        status: 'AVAILABLE',
        updatedAtS: 1_767_225_600,
        connectors,
        capabilities: ['RESERVABLE'],
        parkingRestrictions: null,
      },
    ],
  })
  expect(page.rows[1]?.evses).toEqual([])
})

test('pages go on after their position, and each location comes once', async () => {
  const first = await stations.page(0, 2)
  const second = await stations.page(first.next ?? 0, 2)
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['a1', 'a2', 'a3'])
})

test('what changed after a position is the locations of changed EVSEs, new and deleted ones, and nothing else', async () => {
  const before = await objects.currentSeq()
  expect(await stations.changed(before, 10)).toEqual({ rows: [], position: null, isFull: false })
  await put(evseKey(own, 'a1', 'E1'), { uid: 'E1', status: 'CHARGING' })
  await put(locationKey(own, 'a3'), location('a3'), true)
  await untilVisible(fresh.database)
  const changed = await stations.changed(before, 10)
  expect(changed.rows.map(({ id, deleted, evses }) => [id, deleted, evses[0]?.status])).toEqual([
    ['a1', false, 'CHARGING'],
    ['a3', true, undefined],
  ])
  expect([changed.position, changed.isFull]).toEqual([await objects.currentSeq(), false])
})

test('more changes than asked for come in parts that go on where the part before ended', async () => {
  const before = await objects.currentSeq()
  for (const id of ['a1', 'a2', 'a1'])
    await put(locationKey(own, id), { ...location(id), city: `${before}${Math.random()}` })
  await untilVisible(fresh.database)
  const first = await stations.changed(before, 1)
  const rest = await stations.changed(first.position ?? 0, 10)
  expect([first.isFull, first.rows.length, rest.isFull]).toEqual([true, 1, false])
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(['a2', 'a1'])
})
