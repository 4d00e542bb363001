import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { openDatabase } from './database.js'
import { StoreUnavailable } from './unavailable.js'

let fresh: TestDatabase
beforeAll(async () => {
  fresh = await testDatabase({ poolSize: 2 })
  await fresh.database.query({
    text: 'create table notes (id integer primary key, n bigint, at timestamptz)',
  })
})
afterAll(() => fresh.drop())

const ownPid = { text: 'select pg_backend_pid() as pid' }
const kill = { text: 'select pg_terminate_backend($1)' }
const insert = { text: 'insert into notes (id) values ($1)' }
const count = { text: 'select count(*) as found from notes where id = $1' }

test('statements are planned for their values: a plan made for an empty table must not be kept', async () => {
  const { rows } = await fresh.database.query({ text: 'show plan_cache_mode' })
  expect(rows).toEqual([{ plan_cache_mode: 'force_custom_plan' }])
})

test('counts are numbers and times ISO text in UTC', async () => {
  const { rows } = await fresh.database.query({
    text: `select 9007199254740991::bigint as n, '2026-01-02 03:04:05.678+02'::timestamptz as at`,
  })
  expect(rows).toEqual([{ n: Number.MAX_SAFE_INTEGER, at: '2026-01-02T01:04:05.678Z' }])
})

test('a transaction that throws leaves nothing', async () => {
  const failed = fresh.database.transaction(async (tx) => {
    await tx.query(insert, [1])
    throw new Error('changed my mind')
  })
  await expect(failed).rejects.toThrow('changed my mind')
  expect((await fresh.database.query(count, [1])).rows).toEqual([{ found: 0 }])
})

test('a transaction whose failed statement was swallowed is not reported as committed', async () => {
  const swallowed = fresh.database.transaction(async (tx) => {
    await tx.query(insert, [2])
    await tx.query({ text: 'select 1/0' }).catch(() => {})
  })
  await expect(swallowed).rejects.toThrow(/rolled back/)
  expect((await fresh.database.query(count, [2])).rows).toEqual([{ found: 0 }])
})

test('a connection that is cut rejects its statement as StoreUnavailable and is replaced', async () => {
  const cut = fresh.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ pid: number }>(ownPid)
    await fresh.database.query(kill, [rows[0]?.pid])
    await tx.query(ownPid)
  })
  await expect(cut).rejects.toThrow(StoreUnavailable)
  const again = Array.from({ length: 4 }, () => fresh.database.query({ text: 'select 1 as n' }))
  for (const { rows } of await Promise.all(again)) expect(rows).toEqual([{ n: 1 }])
})

test('a statement error is the statement’s own, not an outage', async () => {
  const failed = fresh.database.query({ text: 'select nonsense' })
  await expect(failed).rejects.toThrow(/nonsense/)
  await expect(failed).rejects.not.toBeInstanceOf(StoreUnavailable)
})

test('listening goes on after its connection is cut, and says that something may have been missed', async () => {
  await using other = await openDatabase({ url: fresh.url, poolSize: 1 })
  const heard: string[] = []
  const stop = fresh.database.listen('test_channel', (payload) => heard.push(payload))
  const until = async (condition: () => boolean): Promise<void> => {
    const deadline = Date.now() + 10_000
    while (!condition() && Date.now() < deadline) await sleep(10)
    expect(condition()).toBe(true)
  }
  await until(() => heard.length === 1)
  await other.query({ text: `select pg_notify('test_channel', 'one')` })
  await until(() => heard.includes('one'))
  await other.query({
    text: `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()`,
  })
  await until(() => heard.filter((payload) => payload === '').length === 2)
  await other.query({ text: `select pg_notify('test_channel', 'two')` })
  await until(() => heard.includes('two'))
  stop()
  expect(heard).toEqual(['', 'one', '', 'two'])
})
