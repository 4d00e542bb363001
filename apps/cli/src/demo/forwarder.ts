import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Disturbance, NetworkTrouble } from '@interwatt/simulator'

/** Stands before a platform and passes requests on, but for those that are to meet trouble. */
export interface Forwarder {
  readonly url: string
  /** Requests whose address or body contains the text meet the trouble from now on. */
  disturb(disturbance: Pick<Disturbance, 'containing' | 'trouble'>): void
  close(): Promise<void>
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const envelope = (statusCode: number): string =>
  JSON.stringify({
    status_code: statusCode,
    status_message: 'Disturbed on the way.',
    timestamp: new Date().toISOString(),
  })

/** NOTE: who is to hang gets no answer at all; the connection ends with the forwarder or with the patience of the caller. */
const suffer = (trouble: NetworkTrouble, response: ServerResponse): void => {
  if (trouble === 'hang') return
  if (trouble === 'cut') {
    response.destroy()
    return
  }
  const type = { 'content-type': 'application/json' }
  if ('http' in trouble)
    response.writeHead(trouble.http, { 'content-type': 'text/plain' }).end('Disturbed on the way.')
  else response.writeHead(200, type).end(envelope(trouble.ocpi))
}

const passOn = (target: string, incoming: IncomingMessage, body: Buffer, response: ServerResponse): void => {
  const { method, headers, url = '/' } = incoming
  const outgoing = request(new URL(url, target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  outgoing.end(body)
}

/** Starts a forwarder on a port of the host; throws when it cannot listen. */
export const startForwarder = async (
  { host, port }: { readonly host: string; readonly port: number },
  target: string,
): Promise<Forwarder> => {
  const disturbances: Pick<Disturbance, 'containing' | 'trouble'>[] = []
  const server = createServer((incoming, response) => {
    bodyOf(incoming).then(
      (body) => {
        const said = `${incoming.url ?? ''}\n${body.toString('utf8')}`
        const found = disturbances.find(({ containing }) => said.includes(containing))
        if (found === undefined) passOn(target, incoming, body, response)
        else suffer(found.trouble, response)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    disturb: (disturbance) => {
      disturbances.push(disturbance)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
