import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database/index.js'
import { migrations } from '../migrations/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { DatabaseTooNew, migrate } from './migrate.js'

let fresh: TestDatabase
beforeAll(async () => {
  fresh = await testDatabase()
})
afterAll(() => fresh.drop())

const applied = async (): Promise<number[]> => {
  const { rows } = await fresh.database.query<{ id: number }>({
    text: 'select id from schema_migrations order by id',
  })
  return rows.map(({ id }) => id)
}

test('a migrated database has every step once, also after several nodes migrate at once', async () => {
  await Promise.all([migrate(fresh.database), migrate(fresh.database), migrate(fresh.database)])
  expect(await applied()).toEqual([...migrations.map(({ id }) => id)].sort((a, b) => a - b))
})

test('refuses a database newer than the code and says which release to start', async () => {
  const newer = { id: 9_999, name: 'from-the-future', sql: 'create table future (id integer)' }
  await migrate(fresh.database, [...migrations, newer])
  await expect(migrate(fresh.database)).rejects.toThrow(DatabaseTooNew)
  await expect(migrate(fresh.database)).rejects.toThrow(/9999 from-the-future/)
  await fresh.database.query({ text: 'delete from schema_migrations where id = 9999' })
})

test('a failing step leaves nothing of itself and keeps the steps before it', async () => {
  const good = { id: 9_001, name: 'good', sql: 'create table good (id integer)' }
  const bad = { id: 9_002, name: 'bad', sql: 'create table half (id integer); select 1/0' }
  await expect(migrate(fresh.database, [...migrations, good, bad])).rejects.toThrow(/division by zero/)
  const { rows } = await fresh.database.query({
    text: `select to_regclass('good') is not null as good, to_regclass('half') is not null as half`,
  })
  expect(rows[0]).toEqual({ good: true, half: false })
})

test('an unreachable database is named without its password', async () => {
  const failed = openDatabase({ url: 'postgresql://user:hunter2@127.0.0.1:1/nowhere' })
  await expect(failed).rejects.toThrow(/127\.0\.0\.1:1\/nowhere/)
  await expect(failed).rejects.not.toThrow(/hunter2/)
})
