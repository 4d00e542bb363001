import { expect, test } from 'vitest'
import { upsertRefusal } from '../sql/sync/upsert-refusal.js'
import { testDatabase } from '../testing/index.js'
import { createHealthStore } from './health-store.js'

test('objects that the version of a partner cannot say are refused by nobody', async () => {
  const fresh = await testDatabase()
  const refuse = (id: string, message: string, at: string) =>
    fresh.database.query(upsertRefusal, ['p1', 'tariff', 'DE', 'ABC', id, 1, 200, 2001, message, at])
  await refuse('T1', 'withheld: the target version knows tariffs for everybody only', '2026-03-01T10:02:00Z')
  expect(await createHealthStore(fresh.database).refusals()).toEqual([])
  await refuse('T2', 'currency is not taken', '2026-03-01T10:01:00Z')
  expect(await createHealthStore(fresh.database).refusals()).toMatchObject([
    { partnerId: 'p1', count: 1, example: 'currency is not taken' },
  ])
  await fresh.drop()
})
