import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OperatorAccount } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createAccountStore, createOperatorSessionStore } from './index.js'

let database: TestDatabase
const [AT, LATER, END] = ['2026-03-01T10:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-01T14:00:00.000Z']

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const account = (id: string, change: Partial<OperatorAccount> = {}): OperatorAccount => ({
  id,
  login: `${id}@example.com`,
  name: id,
  role: 'support',
  password: null,
  invitationHash: `code of ${id}`,
  invitationExpiresAt: END,
  invitedBy: 'k1',
  createdAt: AT,
  lastSignInAt: null,
  disabledAt: null,
  ...change,
})

test('gives an account back as it was added, by id and by login', async () => {
  const accounts = createAccountStore(database.database)
  expect(await accounts.add(account('a1'))).toBe(true)
  expect(await accounts.get('a1')).toEqual(account('a1'))
  expect(await accounts.byLogin('a1@example.com')).toEqual(account('a1'))
  expect(await accounts.byLogin('nobody@example.com')).toBeUndefined()
  expect(await accounts.list()).toContainEqual(account('a1'))
})

test('keeps one account of a login', async () => {
  const accounts = createAccountStore(database.database)
  await accounts.add(account('a2'))
  expect(await accounts.add(account('other', { login: 'a2@example.com' }))).toBe(false)
})

test('takes a code once, also when it comes twice at the same time, and not after its end', async () => {
  const accounts = createAccountStore(database.database)
  await accounts.add(account('a3'))
  expect(await accounts.byInvitation('code of a3', END)).toBeUndefined()
  expect(await accounts.accept('code of a3', END, 'late')).toBeUndefined()
  const both = await Promise.all(['one', 'two'].map((hash) => accounts.accept('code of a3', LATER, hash)))
  expect(both.filter((each) => each !== undefined)).toHaveLength(1)
  expect(await accounts.get('a3')).toMatchObject({ invitationHash: null, invitationExpiresAt: null })
})

test('changes only the fields that are named, to null as well', async () => {
  const accounts = createAccountStore(database.database)
  await accounts.add(account('a4'))
  expect(await accounts.update('a4', { role: 'admin', disabledAt: LATER })).toBe(true)
  await accounts.update('a4', { disabledAt: null, lastSignInAt: LATER })
  expect(await accounts.get('a4')).toEqual(account('a4', { role: 'admin', lastSignInAt: LATER }))
  expect(await accounts.update('nobody', { name: 'x' })).toBe(false)
})

test('a sign-in of an account has its name and role, and counts no more while it is disabled', async () => {
  const accounts = createAccountStore(database.database)
  const sessions = createOperatorSessionStore(database.database)
  await accounts.add(account('a5', { name: 'Ann' }))
  const session = { hash: 's5', keyId: null, accountId: 'a5', createdAt: AT, expiresAt: END }
  await sessions.add(session)
  expect(await sessions.find('s5', LATER)).toEqual({
    ...session,
    name: 'Ann',
    role: 'support',
    login: 'a5@example.com',
  })
  await accounts.update('a5', { disabledAt: LATER })
  expect(await sessions.find('s5', LATER)).toBeUndefined()
})

test('ends all sign-ins of an account but one', async () => {
  const accounts = createAccountStore(database.database)
  const sessions = createOperatorSessionStore(database.database)
  await accounts.add(account('a6'))
  for (const hash of ['s6', 's7'])
    await sessions.add({ hash, keyId: null, accountId: 'a6', createdAt: AT, expiresAt: END })
  expect(await accounts.endSessions('a6', 's6')).toBe(1)
  expect(await sessions.find('s6', LATER)).toBeDefined()
  expect(await accounts.endSessions('a6')).toBe(1)
})
