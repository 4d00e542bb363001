import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the stub received it. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A partner made of node:http: answers as the test says and keeps what it received. */
export const startStubPartner = async (
  answer: (received: Received, response: ServerResponse) => void,
): Promise<{ url: string; port: number; received: Received[]; close(): Promise<void> }> => {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    const each = { method, url, headers, body }
    received.push(each)
    answer(each, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, port, received, close }
}

/** Answers with JSON. */
export const reply = (
  response: ServerResponse,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** An envelope that says it worked. */
export const success = (data?: unknown) => ({ status_code: 1000, timestamp: '2024-01-01T00:00:00Z', data })
