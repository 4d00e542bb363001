import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Forwarder, startForwarder } from './forwarder.js'

let behind: Server
let forwarder: Forwarder
const received: string[] = []

beforeEach(async () => {
  received.length = 0
  behind = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      received.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
      response.writeHead(201, { 'x-said': 'yes' }).end('made')
    })
  })
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
  const { port } = behind.address() as AddressInfo
  forwarder = await startForwarder({ host: '127.0.0.1', port: 0 }, `http://127.0.0.1:${port}`)
})
afterEach(async () => {
  await forwarder.close()
  behind.closeAllConnections()
  behind.close()
})

const post = (path: string, body: string, signal?: AbortSignal) =>
  fetch(`${forwarder.url}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: 'Token x' },
    ...(signal === undefined ? {} : { signal }),
  })

it('passes everything on as it is', async () => {
  const answer = await post('/a?b=1', 'hello')
  expect([answer.status, answer.headers.get('x-said'), await answer.text()]).toEqual([201, 'yes', 'made'])
  expect(received).toEqual(['POST /a?b=1 Token x hello'])
})

it('answers for the one behind it where the request has the text, and only there', async () => {
  forwarder.disturb({ containing: 'MARK', trouble: { http: 503 } })
  forwarder.disturb({ containing: 'OTHER', trouble: { ocpi: 3000 } })
  expect((await post('/a', 'with MARK')).status).toBe(503)
  expect(await (await post('/OTHER', '')).json()).toMatchObject({ status_code: 3000 })
  expect((await post('/a', 'without')).status).toBe(201)
  expect(received.length).toBe(1)
})

it('cuts the connection, or never answers', async () => {
  forwarder.disturb({ containing: 'CUT', trouble: 'cut' })
  forwarder.disturb({ containing: 'HANG', trouble: 'hang' })
  await expect(post('/a', 'CUT')).rejects.toThrow('fetch failed')
  await expect(post('/a', 'HANG', AbortSignal.timeout(200))).rejects.toThrow(/timeout|aborted/)
  expect(received).toEqual([])
})
