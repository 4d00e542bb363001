import { createServer } from 'node:http'

/** One delivery as it arrived. */
export interface Delivered {
  readonly headers: Record<string, string>
  readonly body: string
}

/** A receiver of webhooks on loopback. */
export interface Receiver {
  readonly url: string
  readonly received: readonly Delivered[]
  /** Resolves when so many deliveries have arrived, at most ten seconds later. */
  calls(count: number): Promise<readonly Delivered[]>
  close(): Promise<void>
}

/** Starts a receiver that answers each delivery with a status, 204 when none is given. */
export const receiver = async (
  answer: (index: number) => number | Promise<number> = () => 204,
): Promise<Receiver> => {
  const received: Delivered[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    received.push({ headers, body })
    response.writeHead(await answer(received.length - 1)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    async calls(count) {
      for (let wait = 0; wait < 200 && received.length < count; wait += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      if (received.length < count) throw new Error(`${received.length} of ${count} deliveries arrived`)
      return received
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
