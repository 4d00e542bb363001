import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evseKey, keyText, locationKey, tariffKey, tokenKey } from '../keys/index.js'
import type { ObjectKey, ObjectStore, Upsert } from '../ports/objects.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createObjectStore } from './object-store.js'
import { UnstorableDocument } from './unstorable.js'

const party = { countryCode: 'DE', partyId: 'ABC' }
let fresh: TestDatabase
let store: ObjectStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
})
afterAll(() => fresh.drop())

const upsert = (key: ObjectKey, document: Upsert['document'], more: Partial<Upsert> = {}): Upsert => ({
  key,
  document,
  lastUpdated: '2026-01-01T00:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  changedFields: null,
  ...more,
})

const put = (...upserts: Upsert[]) =>
  store.write({ reads: upserts.map(({ key }) => key), plan: () => ({ upserts, result: 'put' }) })

describe('writing', () => {
  test('an upsert whose content is the same records nothing, whatever its last_updated says (LOC-096)', async () => {
    const key = tariffKey(party, 'same')
    await put(upsert(key, { id: 'same', currency: 'EUR', last_updated: 'a' }))
    const before = await store.get(key)
    const { changed } = await put(
      upsert(
        key,
        { last_updated: 'b', currency: 'EUR', id: 'same' },
        { lastUpdated: '2027-01-01T00:00:00Z' },
      ),
    )
    expect(changed).toEqual([])
    expect(await store.get(key)).toEqual(before)
  })

  test('the same content from another partner is not a change, but its source is remembered', async () => {
    const key = tariffKey(party, 'moved')
    await put(upsert(key, { id: 'moved' }, { receivedFrom: 'p1' }))
    const before = await store.get(key)
    expect((await put(upsert(key, { id: 'moved' }, { receivedFrom: 'p2' }))).changed).toEqual([])
    expect(await store.get(key)).toEqual({ ...before, receivedFrom: 'p2' })
  })

  test('a change carries the sequence of the state before and the fields it touched', async () => {
    const key = tariffKey(party, 'fields')
    await put(upsert(key, { id: 'fields', a: 1 }, { changedFields: ['a'] }))
    const first = await store.get(key)
    expect(first).toMatchObject({ previousSeq: 0, changedFields: null })
    await put(upsert(key, { id: 'fields', a: 2 }, { changedFields: ['a'] }))
    expect(await store.get(key)).toMatchObject({
      previousSeq: first?.changedSeq,
      createdSeq: first?.createdSeq,
      changedFields: ['a'],
    })
  })

  test('a tombstone and a revival are changes, a second tombstone is not', async () => {
    const key = tokenKey(party, 'T', 'RFID')
    const alive = upsert(key, { uid: 'T' })
    await put(alive)
    expect((await put({ ...alive, deleted: true })).changed).toEqual([key])
    expect((await store.get(key))?.deletedAt).toMatch(/Z$/)
    expect((await put({ ...alive, deleted: true })).changed).toEqual([])
    expect((await put(alive)).changed).toEqual([key])
    expect(await store.get(key)).toMatchObject({ deletedAt: null, changedFields: null })
  })

  test('two changes of one object in one batch leave one change with the fields of both', async () => {
    const key = tariffKey(party, 'twice')
    await put(upsert(key, { id: 'twice', a: 1, b: 1 }))
    const before = await store.get(key)
    await Promise.all([
      put(upsert(key, { id: 'twice', a: 2, b: 1 }, { changedFields: ['a'] })),
      put(upsert(key, { id: 'twice', a: 2, b: 2 }, { changedFields: ['b'] })),
    ])
    const after = await store.get(key)
    expect(after?.previousSeq).toBe(before?.changedSeq)
    expect([...(after?.changedFields ?? [])].sort()).toEqual(['a', 'b'])
  })

  test('plans of one batch see the outcomes of those before them, in order', async () => {
    const key = tariffKey(party, 'counter')
    const increment = () =>
      store.write({
        reads: [key],
        plan: (read) => {
          const count = Number(read.get(key)?.document.count ?? 0) + 1
          return { upserts: [upsert(key, { id: 'counter', count })], result: count }
        },
      })
    const outcomes = await Promise.all(Array.from({ length: 200 }, increment))
    expect(outcomes.map(({ result }) => result)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    expect((await store.get(key))?.document.count).toBe(200)
  })

  test('written together or one by one, the documents and what changed are the same', async () => {
    const step = (prefix: string, index: number): Upsert => {
      const id = `${prefix}${(index * 7) % 5}`
      const more = index % 11 === 0 ? { deleted: true } : {}
      return upsert(tariffKey(party, id), { value: index % 3 }, more)
    }
    const steps = Array.from({ length: 60 }, (_, index) => index)
    const together = await Promise.all(steps.map((index) => put(step('tog', index))))
    const single = []
    for (const index of steps) single.push(await put(step('one', index)))
    expect(together.map(({ changed }) => changed.length)).toEqual(single.map(({ changed }) => changed.length))
    for (const id of [0, 1, 2, 3, 4]) {
      const a = await store.get(tariffKey(party, `tog${id}`))
      const b = await store.get(tariffKey(party, `one${id}`))
      expect(a?.document).toEqual(b?.document)
      expect(a?.deletedAt === null).toBe(b?.deletedAt === null)
    }
  })

  test('a plan that throws rejects its own caller only', async () => {
    const failing = store.write({
      reads: [],
      plan: () => {
        throw new Error('no')
      },
    })
    const [failed, stored] = await Promise.allSettled([
      failing,
      put(upsert(tariffKey(party, 'near'), { id: 'near' })),
    ])
    expect(failed).toMatchObject({ status: 'rejected', reason: new Error('no') })
    expect(stored.status).toBe('fulfilled')
    expect(await store.get(tariffKey(party, 'near'))).toBeDefined()
  })

  test.each([
    ['a NUL character', { id: 'x', text: 'a\u0000b' }],
    ['a lone surrogate', { id: 'x', text: '\ud800' }],
  ])('a document with %s is refused alone, its neighbours are stored', async (_, document) => {
    const neighbours = Array.from({ length: 9 }, (_, index) => tariffKey(party, `beside-${index}`))
    const bad = put(upsert(tariffKey(party, 'bad'), document))
    const good = neighbours.map((key) => put(upsert(key, { id: key.id, at: Math.random() })))
    await expect(bad).rejects.toThrow(UnstorableDocument)
    for (const { changed } of await Promise.all(good)) expect(changed).toHaveLength(1)
    expect(await store.get(tariffKey(party, 'bad'))).toBeUndefined()
  })

  test('a key too long for an index is refused, not an outage', async () => {
    // Random text: repeated text would be compressed and fit.
    const id = Array.from({ length: 9_000 }, () => Math.random().toString(36).slice(2, 3)).join('')
    await expect(put(upsert(tariffKey(party, id), { id: 'long' }))).rejects.toThrow(UnstorableDocument)
  })

  test('a plan may not look at what it did not ask for', async () => {
    const key = tariffKey(party, 'same')
    const peeking = store.write({ reads: [], plan: (read) => ({ upserts: [], result: read.get(key) }) })
    await expect(peeking).rejects.toThrow(/without asking/)
  })

  test('an upsert of a row that was not read still knows its state before', async () => {
    const key = tariffKey(party, 'blind')
    await put(upsert(key, { id: 'blind' }))
    const blind = () =>
      store.write({ reads: [], plan: () => ({ upserts: [upsert(key, { id: 'blind' })], result: 0 }) })
    expect((await blind()).changed).toEqual([])
  })
})

describe('locations and their EVSEs', () => {
  const location = locationKey(party, 'L1')
  const evse = (uid: string) => evseKey(party, 'L1', uid)

  test('an EVSE change touches its row only; the location shows the later time (LOC-095)', async () => {
    await put(upsert(location, { id: 'L1', last_updated: '2026-01-01T00:00:00Z' }))
    await put(upsert(evse('b'), { uid: 'b', status: 'AVAILABLE' }), upsert(evse('a'), { uid: 'a' }))
    const before = await store.get(location)
    const lastUpdated = '2026-03-01T00:00:00.000Z'
    await put(upsert(evse('b'), { uid: 'b', status: 'CHARGING', last_updated: lastUpdated }, { lastUpdated }))
    expect(await store.get(location)).toEqual(before)
    const assembled = await store.getLocation(location)
    expect(assembled?.lastUpdated).toBe(lastUpdated)
    expect(assembled?.document).toEqual({
      id: 'L1',
      last_updated: lastUpdated,
      evses: [{ uid: 'b', status: 'CHARGING', last_updated: lastUpdated }, { uid: 'a' }],
    })
  })

  test('a plan sees the EVSEs of a location, also those added just before in the same batch', async () => {
    await put(
      upsert(locationKey(party, 'L1X'), { id: 'L1X' }),
      upsert(evseKey(party, 'L1X', 'other'), { uid: 'other' }),
    )
    const seen = store.write({
      reads: [],
      evsesOf: [location],
      plan: (read) => ({ upserts: [upsert(evse('c'), { uid: 'c' })], result: read.evses(location).length }),
    })
    const uids = store.write({
      reads: [],
      evsesOf: [location],
      plan: (read) => ({ upserts: [], result: read.evses(location).map(({ document }) => document.uid) }),
    })
    expect((await seen).result).toBe(2)
    expect((await uids).result).toEqual(['b', 'a', 'c'])
  })

  test('a location document with EVSEs inside is refused', async () => {
    await expect(put(upsert(location, { id: 'L1', evses: [{ uid: 'x' }] }))).rejects.toThrow(
      /objects of their own/,
    )
  })

  test('an empty list of EVSEs stays, an absent one stays absent', async () => {
    await put(upsert(locationKey(party, 'E1'), { id: 'E1', evses: [] }))
    await put(upsert(locationKey(party, 'E2'), { id: 'E2' }))
    const { items } = await store.page({ kind: 'location', limit: 100 })
    const documents = new Map(items.map(({ key, text }) => [keyText(key), JSON.parse(text)]))
    expect(documents.get(keyText(locationKey(party, 'E1')))).toEqual({ id: 'E1', evses: [] })
    expect(documents.get(keyText(locationKey(party, 'E2')))).toEqual({ id: 'E2' })
    expect(documents.get(keyText(location))).toEqual((await store.getLocation(location))?.document)
  })
})
