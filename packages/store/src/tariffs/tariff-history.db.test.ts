import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tariffKey, tokenKey } from '../keys/index.js'
import { createObjectStore } from '../objects/index.js'
import type { ObjectKey, ObjectStore, TariffHistory } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createTariffHistory } from './tariff-history.js'

const party = { countryCode: 'DE', partyId: 'CPO' }
const day = (n: number): string => `2026-03-${String(n).padStart(2, '0')}T10:00:00.000Z`

const upsert = (key: ObjectKey, n: number, deleted = false) => ({
  key,
  document: { price: n },
  lastUpdated: day(n),
  versionIn: '2.2.1' as const,
  unmapped: { kept: n },
  receivedFrom: 'partner',
  changedFields: null,
  deleted,
})

describe('states of a tariff (TAR-004)', () => {
  let test: TestDatabase
  let objects: ObjectStore
  let history: TariffHistory
  const write = (...upserts: ReturnType<typeof upsert>[]) =>
    objects.write({ reads: [], plan: () => ({ upserts, result: null }) })
  const prices = async (key: ObjectKey) =>
    (await history.list(key, { limit: 10 })).map(({ document }) => document.price)

  beforeAll(async () => {
    test = await testDatabase()
    objects = createObjectStore(test.database)
    history = createTariffHistory(test.database)
  })
  afterAll(() => test.drop())

  it('are kept when it is replaced and when it is deleted, the newest first', async () => {
    const key = tariffKey(party, 'T1')
    for (const n of [1, 2, 3]) await write(upsert(key, n))
    await write({ ...upsert(key, 3, true), lastUpdated: day(4) })
    const states = await history.list(key, { limit: 10 })
    expect(states.map(({ document, deletedAt }) => [document.price, deletedAt !== null])).toEqual([
      [3, true],
      [3, false],
      [2, false],
      [1, false],
    ])
    expect(states[0]).toMatchObject({ replacedAt: null })
    expect(states[3]).toMatchObject({
      lastUpdated: day(1),
      versionIn: '2.2.1',
      unmapped: { kept: 1 },
      receivedFrom: 'partner',
      deletedAt: null,
      replacedAt: expect.stringMatching(/Z$/),
    })
  })

  it('are found by the time they were in force', async () => {
    const key = tariffKey(party, 'T2')
    for (const n of [10, 12]) await write(upsert(key, n))
    await write({ ...upsert(key, 12, true), lastUpdated: day(14) })
    const at = async (time: string) => await history.at(key, time)
    expect(await at(day(9))).toBeUndefined()
    expect(await at('0000-01-01T00:00:00Z')).toBeUndefined()
    expect(await at(day(10))).toMatchObject({ document: { price: 10 } })
    expect(await at(day(11))).toMatchObject({ document: { price: 10 } })
    expect(await at(day(13))).toMatchObject({ document: { price: 12 }, deletedAt: null })
    expect(await at(day(15))).toMatchObject({ deletedAt: expect.any(String) })
  })

  it('that were written in the same moment are all kept', async () => {
    const key = tariffKey(party, 'T3')
    await Promise.all([1, 2, 3, 4].map((n) => write(upsert(key, n))))
    expect(await prices(key)).toEqual([4, 3, 2, 1])
  })

  it('are not multiplied by a write that changes nothing, nor by other objects', async () => {
    const key = tariffKey(party, 'T4')
    await write(upsert(key, 1))
    await write({ ...upsert(key, 1), lastUpdated: day(5) })
    expect(await prices(key)).toEqual([1])
    const token = tokenKey(party, 'CARD', 'RFID')
    await write(upsert(token, 1))
    await write(upsert(token, 2))
    const { rows } = await test.database.query<{ n: number }>({
      name: 'test/count-states-of-tokens',
      text: `select count(*)::int as n from tariff_states where id like 'CARD%'`,
    })
    expect(rows).toEqual([{ n: 0 }])
  })

  it('are listed page by page and dropped once they are old', async () => {
    const key = tariffKey(party, 'T5')
    for (const n of [1, 2, 3]) await write(upsert(key, n))
    const [newest, second] = await history.list(key, { limit: 2 })
    expect([newest?.document.price, second?.document.price]).toEqual([3, 2])
    const rest = await history.list(key, { limit: 2, before: second?.changedSeq ?? 0 })
    expect(rest.map(({ document }) => document.price)).toEqual([1])
    expect(await history.prune('2026-01-01T00:00:00.000Z')).toBe(0)
    await history.prune('2100-01-01T00:00:00.000Z')
    expect(await prices(key)).toEqual([3])
  })
})
