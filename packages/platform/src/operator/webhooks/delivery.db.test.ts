import type { Webhook } from '@interwatt/store'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMetrics } from '../metrics.js'
import { storeTariff } from '../testing/events.js'
import { feedStores } from '../testing/feed-stores.js'
import { inMemoryServices } from '../testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from '../testing/operator-server.js'
import { pick, pickText } from '../testing/pick.js'
import { type Receiver, receiver } from '../testing/receiver.js'
import { createWebhookDelivery, type WebhookDelivery, type WebhookDeliveryDeps } from './delivery.js'
import { createDeliveryPost } from './https-post.js'

let server: OperatorServer
let delivery: WebhookDelivery | undefined
let now: number
const receivers: Receiver[] = []
const more: WebhookDelivery[] = []

beforeEach(async () => {
  now = Date.now()
  server = await operatorServer(inMemoryServices(), { allowPrivateWebhooks: true })
})
afterEach(async () => {
  for (const open of receivers.splice(0)) await open.close()
  for (const other of more.splice(0)) await other.stop()
  await delivery?.stop()
  delivery = undefined
  await server[Symbol.asyncDispose]()
})

const deliver = (change: Partial<WebhookDeliveryDeps> = {}): WebhookDelivery => {
  const made = createWebhookDelivery({
    ...feedStores(server.database),
    webhooks: server.deps.webhooks,
    secrets: server.deps.secrets,
    post: createDeliveryPost({ allowPrivate: true }),
    metrics: createMetrics(),
    onError: (error) => {
      throw error
    },
    now: () => now,
    random: () => 0.5,
    ...change,
  })
  made.start()
  return made
}

const listen = async (answer?: (index: number) => number | Promise<number>): Promise<Receiver> => {
  const open = await receiver(answer)
  receivers.push(open)
  return open
}

const subscribe = async (url: string, types?: string[]): Promise<{ id: string; secret: string }> => {
  const response = await server.call('POST', '/api/v1/webhooks', {
    url,
    ...(types === undefined ? {} : { types }),
  })
  expect(response.status).toBe(201)
  const body: unknown = await response.json()
  return { id: pickText(body, 'id'), secret: pickText(body, 'secret') }
}

const append = (type: string, subject = 's'): Promise<number> =>
  server.deps.events.append({ type, subject, data: { subject } })

const until = async (id: string, reached: (webhook: Webhook) => boolean): Promise<Webhook> => {
  for (let wait = 0; wait < 200; wait += 1) {
    const webhook = await server.deps.webhooks.get(id)
    if (webhook !== undefined && reached(webhook)) return webhook
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`not reached: ${JSON.stringify(await server.deps.webhooks.get(id))}`)
}

test('delivers in order, signed so that a Standard Webhooks library accepts it', async () => {
  const open = await listen()
  const before = await append('command.updated', 'before')
  await expect.poll(() => server.deps.objects.currentSeq()).toBe(before)
  const { id, secret } = await subscribe(open.url)
  const seqs = [await append('command.received', 'c1'), await append('command.updated', 'c1')]
  delivery = deliver()
  await storeTariff(feedStores(server.database).objects, 'T1', 'EUR')
  const calls = await open.calls(3)
  for (const call of calls) {
    expect(() => new Verifier(secret).verify(call.body, call.headers)).not.toThrow()
  }
  expect(calls.map(({ body }) => pick(JSON.parse(body), 'type'))).toEqual([
    'command.received',
    'command.updated',
    'tariff.created',
  ])
  expect(calls[0]?.headers['webhook-id']).toBe(`msg_${id}_${seqs[0]}`)
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
    seq: seqs[0],
    subject: 'c1',
    data: { subject: 'c1' },
  })
})

test('keeps the secret sealed and shows it once', async () => {
  const { id, secret } = await subscribe('http://127.0.0.1:9/')
  const stored = await server.deps.webhooks.get(id)
  expect(stored?.secret).not.toContain(secret.slice(6))
  for (const path of ['/api/v1/webhooks', `/api/v1/webhooks/${id}`]) {
    expect(await (await server.call('GET', path)).text()).not.toMatch(/secret|whsec/)
  }
})

test('delivers only the types asked for and moves past the others', async () => {
  const open = await listen()
  const { id } = await subscribe(open.url, ['partner.*'])
  await append('command.updated')
  await append('partner.registered')
  const last = await append('command.updated')
  delivery = deliver()
  await until(id, (webhook) => webhook.cursor >= last)
  expect(open.received.map(({ body }) => pick(JSON.parse(body), 'type'))).toEqual(['partner.registered'])
})

test('tries a failed delivery again with the same id, and nothing overtakes it', async () => {
  const open = await listen((index) => (index < 2 ? 500 : 204))
  const { id } = await subscribe(open.url)
  await append('command.received', 'first')
  const last = await append('command.received', 'second')
  delivery = deliver()
  const failed = await until(id, (webhook) => webhook.failures === 1)
  expect(failed.lastError).toBe('The receiver answered 500.')
  expect(Date.parse(failed.retryAt ?? '') - now).toBe(5_000)
  now += 5_000
  await until(id, (webhook) => webhook.failures === 2)
  now += 10_000
  const healed = await until(id, (webhook) => webhook.cursor >= last)
  expect([healed.failures, healed.retryAt, healed.lastError]).toEqual([0, null, null])
  expect(open.received.map(({ body }) => pick(JSON.parse(body), 'subject'))).toEqual([
    'first',
    'first',
    'first',
    'second',
  ])
  const ids = open.received.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids.slice(0, 3)).size).toBe(1)
  expect(ids[3]).not.toBe(ids[0])
})

test('disables a webhook after a day of failures, says so in the feed, and goes on when enabled', async () => {
  let status = 503
  const open = await listen(() => status)
  const { id } = await subscribe(open.url)
  const seq = await append('command.received', 'kept')
  await server.deps.webhooks.update(id, { failures: 16 })
  delivery = deliver()
  const disabled = await until(id, (webhook) => webhook.disabledAt !== null)
  expect(disabled.cursor).toBeLessThan(seq)
  const feed = () => server.deps.events.feed({ after: seq, limit: 10, types: ['webhook.*'] })
  await expect
    .poll(feed, { timeout: 10_000 })
    .toMatchObject([{ type: 'webhook.disabled', subject: id, data: { last_error: expect.any(String) } }])
  expect(JSON.stringify(await feed())).not.toContain(open.url)
  status = 200
  expect((await server.call('POST', `/api/v1/webhooks/${id}/enable`)).status).toBe(200)
  await until(id, (webhook) => webhook.cursor >= seq)
  expect(pick(JSON.parse(open.received.at(-2)?.body ?? ''), 'subject')).toBe('kept')
})

test('disables at once a receiver that says it is gone (410)', async () => {
  const open = await listen(() => 410)
  const { id } = await subscribe(open.url)
  await append('command.received')
  delivery = deliver()
  await until(id, (webhook) => webhook.disabledAt !== null)
  expect(open.received).toHaveLength(1)
})

test('a receiver that hangs delays no other', async () => {
  let release: (status: number) => void = () => {}
  const hanging = await listen(
    () =>
      new Promise((resolve) => {
        release = resolve
      }),
  )
  const quick = await listen()
  const { id } = await subscribe(hanging.url)
  await subscribe(quick.url)
  delivery = deliver()
  for (let count = 0; count < 5; count += 1) await append('command.received', String(count))
  await quick.calls(5)
  await hanging.calls(1)
  expect(hanging.received).toHaveLength(1)
  expect((await server.deps.webhooks.get(id))?.cursor).toBe(0)
  release(200)
})

test('two nodes deliver each entry once', async () => {
  const open = await listen()
  const { id } = await subscribe(open.url)
  delivery = deliver({ workerId: 'node-1' })
  more.push(deliver({ workerId: 'node-2' }))
  let last = 0
  for (let count = 0; count < 30; count += 1) last = await append('command.received', String(count))
  await until(id, (webhook) => webhook.cursor >= last)
  expect(open.received.map(({ body }) => pick(JSON.parse(body), 'subject'))).toEqual(
    Array.from({ length: 30 }, (_, count) => String(count)),
  )
})

test('starts where the subscriber says', async () => {
  const open = await listen()
  const start = await append('command.received', 'seen')
  await append('command.received', 'missed')
  await server.call('POST', '/api/v1/webhooks', { url: open.url, after: start })
  delivery = deliver()
  const [call] = await open.calls(1)
  expect(pick(JSON.parse(call?.body ?? ''), 'subject')).toBe('missed')
})

test('ends deliveries when the webhook is removed', async () => {
  const open = await listen()
  const { id } = await subscribe(open.url)
  delivery = deliver()
  await append('command.received')
  await open.calls(1)
  expect((await server.call('DELETE', `/api/v1/webhooks/${id}`)).status).toBe(204)
  const other = await listen()
  await subscribe(other.url)
  await append('command.received')
  await other.calls(1)
  expect(open.received).toHaveLength(1)
})
