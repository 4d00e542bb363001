import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../failure.js'
import { connectOperator } from './connection.js'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A node that gives one answer and remembers what it was asked. */
const answering = async (status: number, body: string) => {
  const asked: IncomingMessage[] = []
  const opened = createServer((request, response) => {
    asked.push(request)
    response.writeHead(status).end(body)
  })
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, asked }
}

const failureOf = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => (error instanceof Failure ? error : Promise.reject(error)),
  )

describe('the connection to a node', () => {
  it('sends the key and takes the address with or without /api/v1', async () => {
    const node = await answering(200, '{"items":[]}')
    await connectOperator({ url: `${node.url}/api/v1/`, key: 'secret' }).call('GET', '/partners')
    expect(node.asked[0]?.url).toBe('/api/v1/partners')
    expect(node.asked[0]?.headers.authorization).toBe('Bearer secret')
  })

  it('tells title, detail and findings of a problem document', async () => {
    const finding = {
      pointer: '/id',
      code: 'missing',
      message: 'id is missing',
      rule: 'LOC-1',
      severity: 'error',
    }
    const problem = { title: 'Unprocessable', detail: 'Not a location.', findings: [finding, 'noise'] }
    const node = await answering(422, JSON.stringify(problem))
    const failure = await failureOf(connectOperator({ url: node.url, key: 'k' }).call('PUT', '/x', {}))
    expect(failure.message).toBe('Unprocessable: Not a location.')
    expect(failure.findings).toEqual([finding])
  })

  it('says how to give a key when the node wants one', async () => {
    const node = await answering(401, '{"title":"Unauthorized"}')
    const failure = await failureOf(connectOperator({ url: node.url, key: 'k' }).call('GET', '/x'))
    expect(failure.hint).toContain('INTERWATT_API_KEY')
  })

  it('says that nobody answers, without the key', async () => {
    const node = await answering(200, '')
    server?.close()
    const failure = await failureOf(connectOperator({ url: node.url, key: 'top-secret' }).call('GET', '/x'))
    expect(failure.message).toContain(`No node answers at ${node.url}`)
    expect(failure.message + failure.hint).not.toContain('top-secret')
  })

  it('gives up on a node that does not answer in time', async () => {
    const silent = createServer(() => {})
    server = silent
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const node = connectOperator({ url: `http://127.0.0.1:${port}`, key: 'k', timeoutMs: 50 })
    expect((await failureOf(node.call('GET', '/x'))).message).toContain('in time')
  })

  it('refuses an answer that is not of a node', async () => {
    const node = await answering(200, '<html>')
    const failure = await failureOf(connectOperator({ url: node.url, key: 'k' }).call('GET', '/x'))
    expect(failure.message).toContain('does not answer as an Interwatt node')
  })
})
