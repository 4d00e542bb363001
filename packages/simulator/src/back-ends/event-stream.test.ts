import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { type DoorEvent, followEvents, parseFrame } from './event-stream.js'
import { createConnections } from './http.js'

it('reads id and data, joins lines, skips comments', () => {
  expect(parseFrame('id: 7\nevent: x\ndata: {"a":\ndata: 1}')).toEqual({ id: '7', text: '{"a":\n1}' })
  expect(parseFrame(': still here')).toBeUndefined()
  expect(parseFrame('retry: 2000')).toBeUndefined()
})

it('goes on after the last event when the connection broke, even inside a frame', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const last = request.headers['last-event-id']
    asked.push(typeof last === 'string' ? last : undefined)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const frame = (id: number) => `id: ${id}\ndata: ${JSON.stringify({ type: 'x', subject: `s${id}` })}\n\n`
    if (asked.length === 1) {
      response.write(`${frame(1)}${frame(2)}${frame(3).slice(0, 15)}`)
      setTimeout(() => response.destroy(), 30)
    } else response.write(frame(3))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = new AbortController()
  const connections = createConnections()
  const events: DoorEvent[] = []
  const lost: string[] = []
  await followEvents({
    apiUrl: `http://127.0.0.1:${address.port}`,
    apiKey: 'k',
    connections,
    types: ['*'],
    signal: stop.signal,
    onEvent: (event) => {
      events.push(event)
      if (event.subject === 's3') stop.abort()
    },
    onConnect: () => undefined,
    onLost: (reason) => lost.push(reason),
    sleepMs: (delayMs) => new Promise((resolve) => setTimeout(resolve, Math.min(delayMs, 10))),
  })
  connections.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(events.map(({ subject }) => subject)).toEqual(['s1', 's2', 's3'])
  expect(asked).toEqual([undefined, '2'])
  expect(lost.length).toBe(1)
})
