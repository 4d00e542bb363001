import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { ObjectStore } from '@interwatt/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEventStream } from './event-stream.js'
import { FeedWatch } from './feed-watch.js'
import { StreamReader, storeTariff } from './testing/events.js'
import { feedStores } from './testing/feed-stores.js'
import { inMemoryServices } from './testing/in-memory-services.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'
import { pick } from './testing/pick.js'

let server: OperatorServer
let objects: ObjectStore

beforeAll(async () => {
  server = await operatorServer(inMemoryServices())
  objects = feedStores(server.database).objects
})
afterAll(() => server[Symbol.asyncDispose]())

const open = async (query: string, headers: Record<string, string> = {}): Promise<StreamReader> => {
  const response = await server.call('GET', `/api/v1/events${query}`, undefined, headers)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  return new StreamReader(response)
}

const append = (type: string, subject: string): Promise<number> =>
  server.deps.events.append({ type, subject, data: { about: subject } })

test('streams what happens from now on: events and object changes in one order', async () => {
  const before = await append('command.updated', 'before')
  // NOTE: transactions of other test files on the same server may hold an entry back for a moment.
  await expect.poll(() => objects.currentSeq()).toBe(before)
  await using reader = await open('')
  const seq = await append('command.received', 'c1')
  await storeTariff(objects, 'S1', 'EUR')
  const first = await reader.next()
  expect([first?.id, first?.event]).toEqual([String(seq), 'command.received'])
  expect(JSON.parse(first?.data ?? '')).toEqual({
    type: 'command.received',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    seq,
    subject: 'c1',
    data: { about: 'c1' },
  })
  const second = await reader.next()
  expect(second?.event).toBe('tariff.created')
  expect(pick(JSON.parse(second?.data ?? ''), 'data.currency')).toBe('EUR')
})

test('goes on after Last-Event-ID: nothing is missed and nothing comes twice', async () => {
  const subjects = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6']
  const start = await append('command.updated', 'start')
  for (const subject of subjects.slice(0, 4)) await append('command.updated', subject)
  const seen: unknown[] = []
  let last = String(start)
  for (const readNow of [2, 1, 3]) {
    await using reader = await open('?types=command.updated&after=999999', { 'last-event-id': last })
    if (readNow === 3) for (const subject of subjects.slice(4)) await append('command.updated', subject)
    for (let count = 0; count < readNow; count += 1) {
      const event = await reader.next()
      last = event?.id ?? ''
      seen.push(pick(JSON.parse(event?.data ?? ''), 'subject'))
    }
  }
  expect(seen).toEqual(subjects)
})

test('passes on only the types asked for, and moves past the others', async () => {
  const start = await append('command.updated', 'start')
  await using reader = await open(`?types=partner.*,tariff.created&after=${start}`)
  await append('command.updated', 'not wanted')
  await append('partner.registered', 'p1')
  await append('authorization.decided', 'not wanted')
  await storeTariff(objects, 'S2', 'SEK')
  expect((await reader.next())?.event).toBe('partner.registered')
  expect((await reader.next())?.event).toBe('tariff.created')
})

test('catches up over many batches in order', async () => {
  const start = await append('command.updated', 'start')
  await Promise.all(Array.from({ length: 350 }, (_, index) => append('bulk.added', String(index))))
  await using reader = await open(`?types=bulk.*&after=${start}`)
  const ids: number[] = []
  for (let count = 0; count < 350; count += 1) ids.push(Number((await reader.next())?.id))
  expect(ids).toEqual([...ids].sort((a, b) => a - b))
  expect(new Set(ids).size).toBe(350)
})

test('ends the stream when the node stops, so that the reader goes elsewhere', async () => {
  const other = await operatorServer(inMemoryServices())
  const response = await other.call('GET', '/api/v1/events')
  await using reader = new StreamReader(response)
  const ended = reader.next()
  await other[Symbol.asyncDispose]()
  expect(await ended).toBeUndefined()
})

test('asks for a key like everything else', async () => {
  expect((await fetch(`${server.url}/api/v1/events`)).status).toBe(401)
})

test('sends a sign of life while nothing happens', async () => {
  const times = { heartbeatMs: 50, stallMs: 30_000 }
  const fast = await streamServer(times)
  try {
    const reader = new StreamReader(await fetch(fast.url))
    setTimeout(() => void server.deps.events.append({ type: 'beat.done', subject: 'x', data: null }), 400)
    await reader.next()
    expect(reader.comments.length).toBeGreaterThan(2)
    await reader[Symbol.asyncDispose]()
  } finally {
    await fast.close()
  }
})

test('drops a reader that takes nothing, with a last event, and never holds more than one batch for it', async () => {
  const start = await append('command.updated', 'start')
  for (let count = 0; count < 40; count += 1) {
    await server.deps.events.append({ type: 'big.added', subject: String(count), data: 'x'.repeat(500_000) })
  }
  const slow = await streamServer({ heartbeatMs: 15_000, stallMs: 300 }, start)
  try {
    const { port } = new URL(slow.url)
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    )
    socket.pause()
    expect(await slow.ended).toBe('slow')
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve())
      socket.resume()
    })
    expect(text).toMatch(/event: stream\.dropped\ndata: \{"reason":"reader too slow","resume_after":\d+\}/)
    expect((text.match(/event: big\.added/g) ?? []).length).toBeLessThan(40)
  } finally {
    await slow.close()
  }
})

const streamServer = async (times: { heartbeatMs: number; stallMs: number }, after?: number) => {
  const { events } = server.deps
  const watch = new FeedWatch(objects)
  let settle: (end: string) => void = () => {}
  const ended = new Promise<string>((resolve) => {
    settle = resolve
  })
  const http = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    const stream = openEventStream({ events, objects, watch }, response, { types: [], times })
    objects
      .currentSeq()
      .then((head) => stream.run(after ?? head))
      .then(settle)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = async (): Promise<void> => {
    http.closeAllConnections()
    http.close()
    await watch[Symbol.asyncDispose]()
  }
  return { url: `http://127.0.0.1:${address.port}/`, ended, close }
}
