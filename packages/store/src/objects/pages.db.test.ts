import { afterAll, beforeAll, expect, test } from 'vitest'
import { cdrKey, evseKey, keyText, locationKey, tariffKey } from '../keys/index.js'
import type { ObjectKey, ObjectStore, Page, PageQuery, Upsert } from '../ports/objects.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { InvalidCursor } from './cursor.js'
import { createObjectStore } from './object-store.js'

const own = { countryCode: 'DE', partyId: 'OWN' }
const other = { countryCode: 'NL', partyId: 'OTH' }
let fresh: TestDatabase
let store: ObjectStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
})
afterAll(() => fresh.drop())

const put = (key: ObjectKey, document: Upsert['document'], more: Partial<Upsert> = {}) => {
  const upsert: Upsert = {
    key,
    document,
    lastUpdated: '2026-01-01T00:00:00.000Z',
    versionIn: '2.3.0',
    unmapped: null,
    receivedFrom: null,
    changedFields: null,
    ...more,
  }
  return store.write({ reads: [key], plan: () => ({ upserts: [upsert], result: undefined }) })
}

const crawl = async (query: PageQuery, between?: (page: Page) => Promise<void>): Promise<Page[]> => {
  const pages = [await store.page(query)]
  for (let page = pages[0]; page?.next !== undefined; page = pages.at(-1)) {
    await between?.(page)
    pages.push(await store.page({ ...query, after: page.next }))
  }
  return pages
}

const ids = (pages: readonly Page[]): string[] => pages.flatMap(({ items }) => items.map(({ key }) => key.id))

test('every object is given once while others are updated, added and removed between the pages', async () => {
  const keys = Array.from({ length: 50 }, (_, index) => tariffKey(own, `t${index}`))
  for (const key of keys) await put(key, { id: key.id, n: 0 })
  let round = 0
  const pages = await crawl({ kind: 'tariff', limit: 7 }, async () => {
    round += 1
    await Promise.all(keys.slice(0, 40).map((key) => put(key, { id: key.id, n: round })))
    await put(tariffKey(own, `new${round}`), { id: `new${round}` })
    if (round === 1) await put(tariffKey(own, 't49'), { id: 't49' }, { deleted: true })
  })
  const seen = ids(pages)
  expect(new Set(seen).size).toBe(seen.length)
  for (const key of keys.slice(0, 49)) expect(seen).toContain(key.id)
  expect(seen).not.toContain('T49')
  expect(pages.every(({ total }) => total === 50)).toBe(true)
})

test('the last page has no next one, also when it is full', async () => {
  const { total } = await store.page({ kind: 'tariff', limit: 1 })
  expect((await store.page({ kind: 'tariff', limit: total })).next).toBeUndefined()
  expect((await store.page({ kind: 'tariff', limit: total - 1 })).next).toBeDefined()
})

test('an offset skips as many objects as it says', async () => {
  const all = ids(await crawl({ kind: 'tariff', limit: 1000 }))
  expect(ids([await store.page({ kind: 'tariff', offset: 10, limit: 5 })])).toEqual(all.slice(10, 15))
})

test('newest first is the same list in the other order, whatever the size of its pages', async () => {
  const all = ids(await crawl({ kind: 'tariff', limit: 1000 }))
  const back = await crawl({ kind: 'tariff', limit: 9, newestFirst: true })
  expect(back.length).toBeGreaterThan(3)
  expect(ids(back)).toEqual(all.toReversed())
})

test.each([
  '',
  'x',
  'bnVsbA',
  Buffer.from('[1]').toString('base64url'),
  Buffer.from('[-1,"2"]').toString('base64url'),
])('refuses %j as a cursor', async (after) => {
  await expect(store.page({ kind: 'tariff', limit: 1, after })).rejects.toThrow(InvalidCursor)
})

test('filters by party, source, fields and the token of a CDR', async () => {
  const cdr = (id: string, countryCode: string, partyId: string) =>
    put(cdrKey(own, id), { id, cdr_token: { country_code: countryCode, party_id: partyId } })
  await cdr('c1', 'nl', 'oth')
  await cdr('c2', 'NL', 'ZZZ')
  await put(
    tariffKey(other, 'o1'),
    { id: 'o1', currency: "E'; drop table objects; --" },
    { receivedFrom: 'p1' },
  )
  const found = async (query: Omit<PageQuery, 'limit'>) => ids([await store.page({ ...query, limit: 100 })])
  expect(await found({ kind: 'cdr', tokenOwners: [other] })).toEqual(['C1'])
  expect(await found({ kind: 'tariff', owners: [other] })).toEqual(['O1'])
  expect(await found({ kind: 'tariff', owners: [] })).toEqual([])
  expect(await found({ kind: 'tariff', owners: [own, other], receivedFrom: 'p1' })).toEqual(['O1'])
  expect(await found({ kind: 'tariff', receivedFrom: null })).not.toContain('O1')
  expect(await found({ kind: 'tariff', where: { currency: "E'; drop table objects; --" } })).toEqual(['O1'])
  expect(await found({ kind: 'tariff', where: { "id' or '1'='1": 'x' } })).toEqual([])
})

test('unpublished locations are left out when asked, published and unmarked ones are not', async () => {
  for (const [id, more] of Object.entries({ pub: { publish: true }, hid: { publish: false }, unm: {} })) {
    await put(locationKey(other, id), { id, ...more })
  }
  const { items } = await store.page({ kind: 'location', owners: [other], unpublished: 'none', limit: 10 })
  expect(items.map(({ key }) => key.id)).toEqual(['PUB', 'UNM'])
})

test('a date window finds whole locations by any of their EVSEs (LOC-011, LOC-095)', async () => {
  const time = (day: number) => `2026-05-${String(day).padStart(2, '0')}T00:00:00.000Z`
  for (let number = 1; number <= 6; number += 1) {
    await put(locationKey(own, `d${number}`), { id: `d${number}` }, { lastUpdated: time(1) })
    for (const uid of ['a', 'b']) {
      const key = evseKey(own, `d${number}`, uid)
      const lastUpdated = uid === 'b' ? time(number) : time(1)
      await put(key, { uid, last_updated: lastUpdated }, { lastUpdated })
    }
  }
  const found = async (window: { dateFrom?: string; dateTo?: string }) =>
    ids([await store.page({ kind: 'location', owners: [own], limit: 10, ...window })])
  expect(await found({ dateFrom: time(5) })).toEqual(['D5', 'D6'])
  expect(await found({ dateTo: time(3) })).toEqual(['D1', 'D2'])
  expect(await found({ dateFrom: time(2), dateTo: time(4) })).toEqual(['D2', 'D3'])
  const { items } = await store.page({ kind: 'location', owners: [own], dateFrom: time(6), limit: 10 })
  const document: unknown = JSON.parse(items[0]?.text ?? '')
  expect(document).toMatchObject({ id: 'd6', last_updated: time(6), evses: [{ uid: 'a' }, { uid: 'b' }] })
})

test('both ways of finding changed locations agree', async () => {
  const { selectPage } = await import('../sql/objects/select-page.js')
  const query: PageQuery = {
    kind: 'location',
    dateFrom: '2026-05-02T00:00:00Z',
    dateTo: '2026-05-06T00:00:00Z',
    limit: 100,
  }
  const answers = []
  for (const strategy of ['few', 'many'] as const) {
    const { statement, params } = selectPage(query, { after: { seq: -1 }, limit: 100, strategy })
    answers.push((await fresh.database.query<{ id: string }>(statement, params)).rows.map(({ id }) => id))
  }
  expect(answers[0]).toEqual(['D2', 'D3', 'D4', 'D5'])
  expect(answers[1]).toEqual(answers[0])
})

test('a removed EVSE is not shown, but its removal counts as a change of the location', async () => {
  const lastUpdated = '2026-06-01T00:00:00.000Z'
  await put(evseKey(own, 'd1', 'a'), { uid: 'a' }, { deleted: true, lastUpdated })
  const { items } = await store.page({ kind: 'location', dateFrom: lastUpdated, limit: 10 })
  expect(items.map(({ key }) => keyText(key))).toEqual(['location/DE/OWN/D1'])
  expect(JSON.parse(items[0]?.text ?? '')).toMatchObject({ last_updated: lastUpdated, evses: [{ uid: 'b' }] })
})
