import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createDeliveryPost } from './https-post.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port }: AddressInfo = address
  return `http://127.0.0.1:${port}/hook`
}

const open = createDeliveryPost({ allowPrivate: true })
const closed = createDeliveryPost({ allowPrivate: false })

test('posts headers and body and answers with the status', async () => {
  let seen = ''
  const url = await serve((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => {
      seen += `${request.method} ${request.headers['webhook-id']} ${chunk}`
    })
    request.on('end', () => response.writeHead(204).end())
  })
  await expect(open(url, { 'webhook-id': 'msg_1' }, '{"é":1}', 2_000)).resolves.toEqual({ status: 204 })
  expect(seen).toBe('POST msg_1 {"é":1}')
})

test('does not follow a redirect', async () => {
  let calls = 0
  const url = await serve((_request, response) => {
    calls += 1
    response.writeHead(302, { location: '/hook' }).end()
  })
  await expect(open(url, {}, '{}', 2_000)).resolves.toEqual({ status: 302 })
  expect(calls).toBe(1)
})

test('stops reading an answer that does not end', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200)
    const chunk = 'x'.repeat(16 * 1024)
    const feed = (): void => {
      while (!response.destroyed && response.write(chunk)) {}
    }
    response.on('drain', feed)
    feed()
  })
  await expect(open(url, {}, '{}', 5_000)).resolves.toEqual({ status: 200 })
})

test('gives up on a receiver that is silent past the time limit', async () => {
  const url = await serve(() => {})
  await expect(open(url, {}, '{}', 200)).rejects.toThrow('No answer within 200 ms.')
})

test('takes the status of a receiver that drips its answer, and hangs up at the time limit', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const startedMs = performance.now()
  await expect(open(url, {}, '{}', 300)).resolves.toEqual({ status: 200 })
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})

test.each([
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://10.1.2.3/',
  'https://localhost/',
  'https://169.254.169.254/',
])('refuses the private address %s unless private addresses are permitted', async (url) => {
  await expect(closed(url, {}, '{}', 2_000)).rejects.toThrow('not be called')
})

test('refuses http unless private addresses are permitted', async () => {
  await expect(closed('http://192.0.32.8/', {}, '{}', 2_000)).rejects.toThrow('https')
})
