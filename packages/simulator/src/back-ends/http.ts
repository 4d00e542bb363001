import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** Keeps connections to one node open between calls. */
export interface Connections {
  /** Sends a request; resolves with the head of the answer. Rejects when the connection fails or is aborted. */
  open(call: HttpCall): Promise<IncomingMessage>
  /** Closes what is idle. */
  close(): void
}

export interface HttpCall {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Ends the request and the reading of its answer. */
  readonly signal: AbortSignal
}

/** Most connections to one node at once; an event stream takes one for itself. */
const MAX_SOCKETS = 16

/** Connections over http or https, kept alive. Redirects are not followed. */
export const createConnections = (): Connections => {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS }
  const http = new HttpAgent(options)
  const https = new HttpsAgent(options)
  return {
    open: ({ url, method, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const secure = url.startsWith('https:')
        const send = secure ? httpsRequest : httpRequest
        const request = send(url, { method, headers, signal, agent: secure ? https : http }, resolve)
        request.on('error', reject)
        request.end(body)
      }),
    close: () => {
      http.destroy()
      https.destroy()
    },
  }
}

/** The whole body as text; rejects when the connection breaks before its end. */
export const readText = async (answer: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
