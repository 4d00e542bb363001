import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createApiKeyStore, createOperatorSessionStore } from './index.js'

let database: TestDatabase
const [AT, LATER, END] = ['2026-03-01T10:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-01T14:00:00.000Z']

beforeAll(async () => {
  database = await testDatabase()
  const keys = createApiKeyStore(database.database)
  await keys.add({ id: 'k1', name: 'desk', role: 'support', hash: 'h1', createdAt: AT })
  await keys.add({ id: 'k2', name: 'gone', role: 'admin', hash: 'h2', createdAt: AT })
})
afterAll(() => database.drop())

test('finds a sign-in with the name and role of its key, until it expires or is ended', async () => {
  const sessions = createOperatorSessionStore(database.database)
  await sessions.add({ hash: 's1', keyId: 'k1', accountId: null, createdAt: AT, expiresAt: END })
  expect(await sessions.find('s1', LATER)).toEqual({
    hash: 's1',
    keyId: 'k1',
    accountId: null,
    createdAt: AT,
    expiresAt: END,
    name: 'desk',
    login: null,
    role: 'support',
  })
  expect(await sessions.find('s1', END)).toBeUndefined()
  expect([await sessions.remove('s1'), await sessions.remove('s1')]).toEqual([true, false])
  expect(await sessions.find('s1', LATER)).toBeUndefined()
})

test('ends the sign-ins of a key that is withdrawn', async () => {
  const sessions = createOperatorSessionStore(database.database)
  await sessions.add({ hash: 's2', keyId: 'k2', accountId: null, createdAt: AT, expiresAt: END })
  await createApiKeyStore(database.database).remove('k2')
  expect(await sessions.find('s2', LATER)).toBeUndefined()
})

test('drops what expired before a time, and keeps the rest', async () => {
  const sessions = createOperatorSessionStore(database.database)
  await sessions.add({ hash: 'old', keyId: 'k1', accountId: null, createdAt: AT, expiresAt: LATER })
  await sessions.add({ hash: 'new', keyId: 'k1', accountId: null, createdAt: AT, expiresAt: END })
  expect(await sessions.prune(END)).toBe(1)
  expect(await sessions.find('new', AT)).toBeDefined()
})
