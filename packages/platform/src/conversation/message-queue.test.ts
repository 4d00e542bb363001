import { type MessageGap, type NewMessage, StoreUnavailable } from '@interwatt/store'
import { expect, test } from 'vitest'
import { MessageQueue, QUEUE_LIMITS, type QueueLimits } from './message-queue.js'
import { createStrangerLimit } from './stranger-limit.js'

const message = (requestId: string, requestBody: string | null = null): NewMessage => ({
  at: '2026-03-01T10:00:00.000Z',
  direction: 'in',
  partnerId: 'p1',
  partnerName: 'Partner',
  method: 'GET',
  origin: null,
  path: '/',
  version: null,
  module: null,
  side: null,
  operation: 'unknown',
  object: null,
  httpStatus: 200,
  statusCode: 1000,
  outcome: 'ok',
  failure: null,
  durationMs: 1,
  requestId,
  correlationId: 'c',
  attempt: 1,
  findings: [],
  requestBytes: 0,
  responseBytes: 0,
  requestHeaders: {},
  requestBody,
  requestCut: false,
  requestHidden: false,
  responseHeaders: {},
  responseBody: null,
  responseCut: false,
})

const queueWith = (
  limits: Partial<QueueLimits>,
  add: (messages: readonly NewMessage[]) => Promise<void> = async () => undefined,
) => {
  const stored: string[] = []
  const gaps: MessageGap[] = []
  const dropped: string[] = []
  const errors: unknown[] = []
  const queue = new MessageQueue(
    {
      async add(messages, gapped) {
        await add(messages)
        stored.push(...messages.map(({ requestId }) => requestId))
        gaps.push(...gapped)
      },
      onStored: () => undefined,
      onDropped: (reason, count) => dropped.push(`${reason} ${count}`),
      onError: (error) => errors.push(error),
    },
    { ...QUEUE_LIMITS, flushEveryMs: 60_000, ...limits },
  )
  return { queue, stored, gaps, dropped, errors }
}

test('messages are stored in order, in batches', async () => {
  const sizes: number[] = []
  const { queue, stored } = queueWith({ batchMessages: 100 }, async (batch) => void sizes.push(batch.length))
  const ids = Array.from({ length: 250 }, (_, index) => String(index))
  for (const id of ids) queue.push(message(id))
  await queue.flush()
  expect(stored).toEqual(ids)
  expect(sizes).toEqual([100, 100, 50])
})

test('a full queue drops the newest, counts it and stores the gap', async () => {
  const { queue, stored, dropped, gaps } = queueWith({ messages: 3 })
  for (const id of ['1', '2', '3', '4', '5']) queue.push(message(id))
  expect(dropped).toEqual(['queue 1', 'queue 1'])
  await queue.flush()
  expect(stored).toEqual(['1', '2', '3'])
  expect(gaps).toEqual([
    { reason: 'queue', fromAt: '2026-03-01T10:00:00.000Z', untilAt: '2026-03-01T10:00:00.000Z', count: 2 },
  ])
  queue.push(message('6'))
  await queue.flush()
  expect(stored).toEqual(['1', '2', '3', '6'])
})

test('memory is bounded, not only the number', async () => {
  const { queue, dropped } = queueWith({ bytes: 100_000 })
  queue.push(message('1', 'x'.repeat(60_000)))
  queue.push(message('2', 'x'.repeat(60_000)))
  queue.push(message('3'))
  expect(dropped).toEqual(['queue 1'])
  expect(queue.length).toBe(2)
})

test('a database that does not answer loses the batch and nothing else; the gap is told when it is back', async () => {
  let isDown = true
  const { queue, stored, dropped, gaps, errors } = queueWith({}, async () => {
    if (isDown) throw new StoreUnavailable('down')
  })
  queue.push(message('1'))
  queue.push(message('2'))
  await queue.flush()
  expect([dropped, errors.length]).toEqual([['database 2'], 1])
  isDown = false
  queue.push(message('3'))
  await queue.flush()
  expect(stored).toEqual(['3'])
  expect(gaps).toMatchObject([{ reason: 'database', count: 2 }])
})

test('a message the database cannot hold costs itself only', async () => {
  const { queue, stored, dropped } = queueWith({}, async (batch) => {
    if (batch.some(({ requestId }) => requestId === 'bad'))
      throw Object.assign(new Error('cannot be stored'), { code: '22P05' })
  })
  for (const id of ['1', '2', 'bad', '3', '4']) queue.push(message(id))
  await queue.flush()
  expect(stored.toSorted()).toEqual(['1', '2', '3', '4'])
  expect(dropped).toEqual(['database 1'])
})

test('a queue that ends stores what waits', async () => {
  const { queue, stored } = queueWith({})
  queue.push(message('1'))
  await queue[Symbol.asyncDispose]()
  expect(stored).toEqual(['1'])
})

test('strangers are recorded so many times in a minute', () => {
  let now = 0
  const admits = createStrangerLimit(() => now, 3)
  const count = (): number => Array.from({ length: 10 }, () => admits()).filter(Boolean).length
  expect(count()).toBe(3)
  now = 59_999
  expect(count()).toBe(0)
  now = 60_000
  expect(count()).toBe(3)
})
