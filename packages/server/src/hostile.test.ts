import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { authorizationHeader } from '@interwatt/protocol'
import { fastify } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ocpiFastifyOptions, ocpiLoggerOptions } from './fastify-options.js'
import { ask, FULL_TOKEN, startTestServer, type TestServer } from './testing/test-server.js'

const SESSION = '/ocpi/2.2.1/receiver/sessions/NL/ALF/S1'
const AUTHORIZATION = `authorization: ${authorizationHeader(FULL_TOKEN, 'base64')}`

let server: TestServer
let release: () => void = () => undefined

beforeAll(async () => {
  server = await startTestServer({
    options: { bodyTimeoutMs: 300, handlerTimeoutMs: 300, maxInFlight: 4, maxBodyBytes: 1_048_576 },
    fastifyOptions: { http: { headersTimeout: 400, connectionsCheckingInterval: 100 } },
    answer: (call) => {
      if (call.operation === 'locations.sender.list') return new Promise(() => undefined)
      if (call.operation !== 'cdrs.sender.list') return Promise.resolve({ kind: 'data' })
      return new Promise((resolve) => {
        release = () => resolve({ kind: 'data' })
      })
    },
  })
})
afterAll(() => server.close())

const open = async (): Promise<Socket> => {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Writes to a bare socket and reads until the server ends it or `untilMs` have passed. */
const speak = async (bytes: string | Buffer, untilMs = 2000): Promise<string> => {
  const socket = await open()
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.write(bytes)
  const timer = setTimeout(() => socket.destroy(), untilMs)
  await once(socket, 'close')
  clearTimeout(timer)
  return text
}

const survives = async (): Promise<void> => {
  expect((await ask(server, { path: '/ocpi/versions' })).envelope.status_code).toBe(1000)
}

test.each([
  ['400 for what is not HTTP', 'garbage\r\n\r\n', 400],
  ['400 for a header line without colon', 'GET /ocpi/versions HTTP/1.1\r\nbroken header\r\n\r\n', 400],
  [
    '400 for two lengths of one body',
    `POST ${SESSION} HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n`,
    400,
  ],
  [
    '431 for headers that are too large',
    `GET /ocpi/versions HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
    431,
  ],
  ['408 for headers that do not end', 'GET /ocpi/versions HTTP/1.1\r\nhost: x\r\n', 408],
])('TRN-033 an envelope with %s', async (_rule, bytes, status) => {
  const text = await speak(bytes)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(text).toContain('content-type: application/json')
  expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))).toMatchObject({ status_code: 2001 })
  await survives()
})

test('TRN-033 a malformed URL is answered with an envelope and the ids', async () => {
  const response = await ask(server, { path: '/ocpi/%E0%A4%A', headers: { 'x-request-id': 'r-9' } })
  expect([response.status, response.envelope.status_code]).toEqual([400, 2001])
  expect(response.headers['x-request-id']).toBe('r-9')
})

test('408 for a body that does not come, and the connection ends', async () => {
  const startedAt = performance.now()
  const text = await speak(
    `PUT ${SESSION} HTTP/1.1\r\nhost: x\r\n${AUTHORIZATION}\r\ncontent-length: 10\r\n\r\n{`,
    20_000,
  )
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  expect(text).toMatch(/^HTTP\/1.1 408 /)
  expect(text).toContain('"status_code":2001')
})

test('413 for an endless body, without reading it to its end', async () => {
  const outgoing = request({
    host: '127.0.0.1',
    port: server.port,
    method: 'PUT',
    path: SESSION,
    headers: { authorization: authorizationHeader(FULL_TOKEN, 'base64') },
  })
  outgoing.on('error', () => undefined)
  const chunk = Buffer.alloc(262_144, ' ')
  let written = 0
  let cut = false
  const pour = (): void => {
    while (!cut && written < 64 * 1_048_576) {
      written += chunk.length
      if (!outgoing.write(chunk)) {
        outgoing.once('drain', pour)
        return
      }
    }
  }
  outgoing.once('close', () => {
    cut = true
  })
  pour()
  const [response] = await once(outgoing, 'response')
  expect(response.statusCode).toBe(413)
  response.resume()
  if (!outgoing.destroyed) await once(outgoing, 'close')
  expect(written).toBeLessThan(40 * 1_048_576)
  await survives()
})

test('401 does not wait for the body of a stranger', async () => {
  const text = await speak(`PUT ${SESSION} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n{`, 300)
  expect(text).toMatch(/^HTTP\/1.1 401 /)
})

test('3000 when a handler does not come back', async () => {
  const response = await ask(server, { path: '/ocpi/2.2.1/sender/locations' })
  expect([response.status, response.envelope.status_code]).toEqual([200, 3000])
})

test('503 with Retry-After at once when too much is in flight, and recovery after it', async () => {
  const answers: Promise<{ status: number }>[] = []
  for (let index = 0; index < 4; index += 1)
    answers.push(ask(server, { path: '/ocpi/2.2.1/sender/locations' }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const refused = await ask(server, { path: '/ocpi/versions', headers: { 'x-request-id': 'r-1' } })
  expect([refused.status, refused.envelope.status_code]).toEqual([503, 3000])
  expect(refused.headers).toMatchObject({ 'retry-after': '5', 'x-request-id': 'r-1' })
  await Promise.all(answers)
  await survives()
})

test('a partner that hangs up before the answer leaves nothing behind', async () => {
  const socket = await open()
  socket.write(`GET /ocpi/2.2.1/sender/cdrs HTTP/1.1\r\nhost: x\r\n${AUTHORIZATION}\r\n\r\n`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  release()
  await survives()
})

test.each([
  ['deep nesting', '['.repeat(400_000) + ']'.repeat(400_000)],
  ['deep nesting in a field', `{"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ['a prototype', '{"__proto__":{"kwh":1},"constructor":{"prototype":1}}'],
  ['a number out of range', '{"kwh":1e999}'],
])('refuses %s', async (_kind, body) => {
  const response = await ask(server, { path: SESSION, method: 'PUT', body })
  expect(response.envelope.status_code).toBe(2001)
})

test('survives garbage of every kind', async () => {
  const starts = [
    '',
    'GET ',
    `PUT ${SESSION} HTTP/1.1\r\n`,
    `${AUTHORIZATION}\r\n`,
    'GET /ocpi/versions HTTP/1.1\r\nhost:',
  ]
  const half = `PUT ${SESSION} HTTP/1.1\r\nhost: x\r\n${AUTHORIZATION}\r\ntransfer-encoding: chunked\r\n\r\n`
  const inputs: Buffer[] = []
  for (let index = 0; index < 200; index += 1) {
    const start = [...starts, half][index % (starts.length + 1)] ?? ''
    inputs.push(Buffer.concat([Buffer.from(start), randomBytes(1 + ((index * 37) % 2000))]))
  }
  for (let index = 0; index < inputs.length; index += 20) {
    await Promise.all(inputs.slice(index, index + 20).map((input) => speak(input, 150)))
  }
  await new Promise((resolve) => setTimeout(resolve, 400))
  await survives()
})

test('TRN-014 the log has neither credentials nor query', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => lines.push(line) }
  const app = fastify({ ...ocpiFastifyOptions(), logger: { ...ocpiLoggerOptions(), level: 'trace', stream } })
  app.get('/x', async (incoming) => {
    incoming.log.info({ headers: incoming.headers, partner: { token: FULL_TOKEN } }, 'seen')
    return {}
  })
  await app.inject({ path: '/x?key=query-secret', headers: { authorization: `Token ${FULL_TOKEN}` } })
  expect(lines.join('')).toContain('seen')
  expect(lines.join('')).not.toContain(FULL_TOKEN)
  expect(lines.join('')).not.toContain('query-secret')
  await app.close()
})
