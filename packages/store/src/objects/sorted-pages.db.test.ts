import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cdrKey, sessionKey } from '../keys/index.js'
import type { Document, ObjectKey, ObjectStore, PageQuery } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { InvalidCursor } from './cursor.js'
import { createObjectStore } from './object-store.js'

const party = { countryCode: 'DE', partyId: 'CPO' }
let fresh: TestDatabase
let store: ObjectStore

const put = (key: ObjectKey, document: Document) =>
  store.write({
    reads: [key],
    plan: () => ({
      upserts: [
        {
          key,
          document,
          lastUpdated: '2026-01-01T00:00:00.000Z',
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: 'p1',
          changedFields: null,
        },
      ],
      result: undefined,
    }),
  })

beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
  const energies = [3, 10.5, 2, 10.5, 100, 0]
  for (const [index, energy] of energies.entries())
    await put(cdrKey(party, `c${index}`), {
      id: `c${index}`,
      end_date_time: `2026-01-0${6 - index}T00:00:00Z`,
      total_energy: energy,
      total_cost: { before_taxes: energy * 2 },
      ...(index < 2 ? { session_id: `s${index}` } : {}),
    })
  await put(cdrKey(party, 'odd'), { id: 'odd', total_energy: 'a lot', end_date_time: 7 })
  for (const [id, status] of Object.entries({ s0: 'COMPLETED', s3: 'COMPLETED', s4: 'ACTIVE' }))
    await put(sessionKey(party, id), { id, status, kwh: 1, start_date_time: '2026-01-01T00:00:00Z' })
})
afterAll(() => fresh.drop())

/** Ids of the whole list, two at a time. */
const crawl = async (query: Omit<PageQuery, 'limit'>): Promise<readonly string[]> => {
  const found: string[] = []
  let after: string | undefined
  do {
    const page = await store.page({ ...query, limit: 2, ...(after === undefined ? {} : { after }) })
    found.push(...page.items.map(({ key }) => key.id))
    after = page.next
  } while (after !== undefined)
  return found
}

describe('a sorted list', () => {
  test('gives everything once, by number and not by text, equal ones in the order they came', async () => {
    const found = await crawl({ kind: 'cdr', sort: 'energy' })
    expect(found).toEqual(['ODD', 'C5', 'C2', 'C0', 'C1', 'C3', 'C4'])
    const reversed = await crawl({ kind: 'cdr', sort: 'energy', newestFirst: true })
    expect(reversed).toEqual(found.toReversed())
  })

  test('knows the order of time and of totals', async () => {
    const byEnd = await crawl({ kind: 'cdr', sort: 'end' })
    expect(byEnd.filter((id) => id !== 'ODD')).toEqual(['C5', 'C4', 'C3', 'C2', 'C1', 'C0'])
    expect((await crawl({ kind: 'cdr', sort: 'total', newestFirst: true }))[0]).toBe('C4')
  })

  test('goes on in the order its cursor was given out for, and in no other', async () => {
    const { next = '' } = await store.page({ kind: 'cdr', sort: 'energy', limit: 2 })
    const other: PageQuery = { kind: 'cdr', limit: 2, after: next }
    await expect(store.page(other)).rejects.toThrow(InvalidCursor)
    const { next: plain = '' } = await store.page({ kind: 'cdr', limit: 2 })
    await expect(store.page({ kind: 'cdr', sort: 'energy', limit: 2, after: plain })).rejects.toThrow(
      InvalidCursor,
    )
  })
})

test('sessions without CDR are those that ended and no CDR names', async () => {
  expect(await crawl({ kind: 'session', withoutCdr: true })).toEqual(['S3'])
})
