import {
  createObjectStore,
  createStationRowStore,
  evseKey,
  locationKey,
  type ObjectKey,
  type ObjectStore,
} from '@interwatt/store'
import { type TestDatabase, testDatabase, untilVisible } from '@interwatt/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBox } from './box.js'
import { StationIndex } from './station-index.js'

const own = { countryCode: 'DE', partyId: 'OWN' }
let fresh: TestDatabase
let objects: ObjectStore

const put = (key: ObjectKey, document: Record<string, unknown>, deleted = false) => {
  const rest = { versionIn: '2.3.0', unmapped: null, receivedFrom: null, changedFields: null } as const
  const upsert = { key, document, lastUpdated: '2026-01-01T00:00:00.000Z', deleted, ...rest }
  return objects.write({ reads: [key], plan: () => ({ upserts: [upsert], result: undefined }) })
}
const putLocation = (id: string, latitude: string, deleted = false) =>
  put(
    locationKey(own, id),
    { country_code: 'DE', party_id: 'OWN', id, coordinates: { latitude, longitude: '13.4' } },
    deleted,
  )
const putStatus = (id: string, status: string) => put(evseKey(own, id, 'E1'), { uid: 'E1', status })

const createIndex = (stations = createStationRowStore(fresh.database), errors: unknown[] = []) =>
  new StationIndex({ stations, objects, now: Date.now, onError: (error) => errors.push(error), pauseMs: 50 })

const areaOf = (south: number, north: number) => {
  const read = readBox({ west: 13, south, east: 14, north })
  if (read.kind === 'wrong') throw new Error(read.why)
  return read.area
}
const berlin = areaOf(52, 53)

/** Longer than a test takes. */
const FOREVER_MS = 600_000

/** Waits until the index says so; fails after a while. */
const until = async (index: StationIndex, holds: () => boolean): Promise<void> => {
  const signal = AbortSignal.timeout(20_000)
  while (!holds()) {
    signal.throwIfAborted()
    await index.next(signal, 100)
  }
}

beforeAll(async () => {
  fresh = await testDatabase()
  objects = createObjectStore(fresh.database)
  for (const id of ['a', 'b', 'c']) {
    await putLocation(id, '52.5')
    await putStatus(id, 'AVAILABLE')
  }
  await putLocation('nowhere', 'north')
  await untilVisible(fresh.database)
})
afterAll(() => fresh.drop())

test('an index is empty and says so until it is filled; then it knows every live location', async () => {
  await using index = createIndex()
  expect(index.state()).toEqual({ complete: false, seq: 0, stations: 0, evses: 0, withoutPlace: 0 })
  expect(index.changedSince(0, berlin)).toBe(true)
  expect(await index.filled(5_000)).toMatchObject({ complete: true, stations: 3, evses: 3, withoutPlace: 1 })
  expect(index.state().seq).toBe(await objects.currentSeq())
  expect(index.get('DE/OWN/A')).toMatchObject({ id: 'a', free: 1, latitude: 52.5 })
})

test('a status, a new location, a moved one and a deleted one are seen', async () => {
  await using index = createIndex()
  const { seq } = await index.filled(5_000)
  await putStatus('a', 'CHARGING')
  await until(index, () => index.get('DE/OWN/A')?.taken === 1)
  expect([index.changedSince(seq, berlin), index.changedSince(seq, areaOf(48, 49))]).toEqual([true, false])

  await putLocation('d', '48.5')
  await putLocation('b', '48.6')
  await putLocation('c', '52.5', true)
  await until(index, () => index.get('DE/OWN/C') === undefined && index.get('DE/OWN/B')?.latitude === 48.6)
  expect(index.changedSince(seq, areaOf(48, 49))).toBe(true)
  expect(
    index
      .map({ area: areaOf(48, 49), zoom: 16, filters: {} })
      .stations.map(({ id }) => id)
      .sort(),
  ).toEqual(['b', 'd'])
})

test('changes of other objects move its position on, so that whoever waits for a position is served', async () => {
  await using index = createIndex()
  await index.filled(5_000)
  await put({ kind: 'tariff', ...own, id: 'T1' }, { id: 'T1' })
  const head = await objects.currentSeq()
  await until(index, () => index.state().seq >= head)
  expect(index.changedSince(head, berlin)).toBe(false)
})

test('a database that fails while the index is filled or follows costs time, not stations', async () => {
  const real = createStationRowStore(fresh.database)
  const errors: unknown[] = []
  let failures = 2
  const fail = (): void => {
    failures -= 1
    if (failures >= 0) throw new Error('the database is away')
  }
  await using index = createIndex(
    {
      async page(after, limit) {
        fail()
        return real.page(after, Math.min(limit, 2))
      },
      async changed(after, limit) {
        fail()
        return real.changed(after, Math.min(limit, 1))
      },
    },
    errors,
  )
  const { stations } = await index.filled(8_000)
  failures = 1
  await putStatus('a', 'OUTOFORDER')
  await putStatus('d', 'AVAILABLE')
  await until(index, () => index.get('DE/OWN/A')?.broken === 1 && index.get('DE/OWN/D')?.free === 1)
  expect([stations, errors.length]).toEqual([3, 3])
})

test('an index ends at once while it follows, and nobody waits for it any more', async () => {
  const index = createIndex()
  await index.filled(5_000)
  const { signal } = new AbortController()
  const waiting = index.next(signal, FOREVER_MS)
  await index[Symbol.asyncDispose]()
  await waiting
  await index.next(signal, FOREVER_MS)
})
