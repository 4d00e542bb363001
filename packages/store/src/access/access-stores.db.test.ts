import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuthorizationRecord, Webhook } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createApiKeyStore, createAuthorizationStore, createWebhookStore } from './index.js'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const AT = '2026-03-01T10:00:00.123Z'

const webhook = (id: string): Webhook => ({
  id,
  url: 'https://a.example/hook',
  secret: 'sealed',
  types: ['command.*', 'cdr.created'],
  cursor: 2 ** 40,
  failures: 0,
  retryAt: null,
  lastError: null,
  disabledAt: null,
  createdAt: AT,
})

test('keeps operator keys, oldest first, and removes each once', async () => {
  const keys = createApiKeyStore(database.database)
  const second = {
    id: 'b',
    name: 'second',
    role: 'read-only' as const,
    hash: 'h2',
    createdAt: '2026-03-02T10:00:00.000Z',
  }
  const first = { id: 'a', name: 'first', role: 'admin' as const, hash: 'h1', createdAt: AT }
  await keys.add(second)
  await keys.add(first)
  expect(await keys.list()).toEqual([first, second])
  expect([await keys.remove('a'), await keys.remove('a')]).toEqual([true, false])
  expect(await keys.list()).toEqual([second])
})

test('refuses a second key of one hash', async () => {
  const keys = createApiKeyStore(database.database)
  await keys.add({ id: 'c', name: 'x', role: 'admin', hash: 'same', createdAt: AT })
  await expect(keys.add({ id: 'd', name: 'y', role: 'admin', hash: 'same', createdAt: AT })).rejects.toThrow(
    'api_keys_hash_key',
  )
})

test('gives a webhook back as it was added', async () => {
  const webhooks = createWebhookStore(database.database)
  await webhooks.add(webhook('w1'))
  expect(await webhooks.get('w1')).toEqual(webhook('w1'))
  expect(await webhooks.get('nobody')).toBeUndefined()
})

test('changes only the named fields of a webhook, to null as well', async () => {
  const webhooks = createWebhookStore(database.database)
  await webhooks.add(webhook('w2'))
  await webhooks.update('w2', { failures: 3, retryAt: AT, lastError: 'no answer' })
  await webhooks.update('w2', { cursor: 7, retryAt: null, disabledAt: AT })
  expect(await webhooks.get('w2')).toEqual({
    ...webhook('w2'),
    cursor: 7,
    failures: 3,
    lastError: 'no answer',
    disabledAt: AT,
  })
})

test('lists and removes webhooks', async () => {
  const webhooks = createWebhookStore(database.database)
  await webhooks.add({ ...webhook('w3'), createdAt: '2026-03-05T10:00:00.000Z' })
  expect((await webhooks.list()).map(({ id }) => id).at(-1)).toBe('w3')
  expect([await webhooks.remove('w3'), await webhooks.remove('w3')]).toEqual([true, false])
})

test('leases a webhook to one worker at a time, again to the same, and to another when the lease ran out', async () => {
  const webhooks = createWebhookStore(database.database)
  await webhooks.add(webhook('w4'))
  expect(await webhooks.lease('w4', 'node-1', 60_000)).toBe(true)
  expect(await webhooks.lease('w4', 'node-2', 60_000)).toBe(false)
  expect(await webhooks.lease('w4', 'node-1', 1)).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await webhooks.lease('w4', 'node-2', 60_000)).toBe(true)
  expect(await webhooks.lease('nobody', 'node-1', 60_000)).toBe(false)
})

test('gives a lease to exactly one of many that ask at once', async () => {
  const webhooks = createWebhookStore(database.database)
  await webhooks.add(webhook('w5'))
  const asked = Array.from({ length: 8 }, (_, worker) => webhooks.lease('w5', `node-${worker}`, 60_000))
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
})

test('keeps decisions on tokens, newest first (tokens 3.4)', async () => {
  const authorizations = createAuthorizationStore(database.database)
  const record: AuthorizationRecord = {
    id: 'd1',
    at: AT,
    direction: 'asked',
    partnerId: 'p1',
    tokenUid: '04AB',
    tokenType: 'RFID',
    allowed: 'ALLOWED',
    reason: 'realtime',
    durationMs: 12.5,
    authorizationReference: null,
    locationId: 'LOC1',
  }
  const later = { ...record, id: 'd2', at: '2026-03-01T10:00:01.000Z' }
  await authorizations.add(record)
  await authorizations.add(later)
  expect(await authorizations.list(10)).toEqual([later, record])
  expect(await authorizations.list(1)).toEqual([later])
})
