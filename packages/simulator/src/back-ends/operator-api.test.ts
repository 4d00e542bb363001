import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { randomStream } from '../world/random.js'
import { createConnections } from './http.js'
import { createOperatorApi, path } from './operator-api.js'

type Step = 'ok' | 'break' | 'hang' | number

let server: Server
let steps: Step[]
let calls: string[]
let apiUrl: string
const stop = new AbortController()
const connections = createConnections()

beforeEach(async () => {
  calls = []
  server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    const step = steps.shift() ?? 'ok'
    if (step === 'break') return response.destroy()
    if (step === 'hang') return
    response.writeHead(step === 'ok' ? 200 : step, { 'content-type': 'application/json' })
    response.end(JSON.stringify(step === 'ok' ? { id: 'x' } : { title: 'No', detail: 'because' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  apiUrl = `http://127.0.0.1:${address.port}/api/v1`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const api = (signal = stop.signal) =>
  createOperatorApi({
    apiUrl,
    apiKey: 'secret',
    connections,
    signal,
    random: randomStream(1),
    timeoutMs: 150,
    patienceMs: 2_000,
    sleepMs: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs / 20)),
  })

describe('the operator API', () => {
  it('tries again after 5xx, 429, broken and silent connections', async () => {
    steps = [500, 429, 'break', 'hang', 503]
    expect(await api().call('PUT', path('tokens', 'DE', 'a/b'), { a: 1 })).toEqual({
      kind: 'ok',
      status: 200,
      body: { id: 'x' },
    })
    expect(calls.length).toBe(6)
    expect(calls[0]).toBe('PUT /api/v1/tokens/DE/a%2Fb Bearer secret')
  })

  it('does not repeat a refusal, and says why', async () => {
    steps = [422]
    expect(await api().call('PUT', '/x', {})).toMatchObject({
      kind: 'refused',
      status: 422,
      reason: 'No: because',
    })
    expect(calls.length).toBe(1)
  })

  it('does not send a command twice when its outcome is unknown', async () => {
    steps = ['break']
    const answer = await api().call('POST', '/commands/START_SESSION', {}, { retry: 'unsent' })
    expect(answer.kind).toBe('unreachable')
    expect(calls.length).toBe(1)
  })

  it('ends at once when the world stops', async () => {
    steps = ['hang']
    const stopping = new AbortController()
    const answer = api(stopping.signal).call('GET', '/x')
    setTimeout(() => stopping.abort(), 20)
    expect((await answer).kind).toBe('unreachable')
    expect(calls.length).toBe(1)
  })
})
