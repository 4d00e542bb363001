import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { createAddressGuard } from '@interwatt/client'
import type { PostDelivery } from './ports.js'

/** Bytes of an answer that are read; the rest is cut off. */
const ANSWER_LIMIT_BYTES = 64 * 1024

/** Which receivers may be called. */
export interface DeliveryOptions {
  /** Permits http besides https, and addresses that are not public. */
  readonly allowPrivate: boolean
}

/** A receiver that may not be called. */
export class ForbiddenReceiver extends Error {
  override readonly name = 'ForbiddenReceiver'
}

/** Reads at most the limit of an answer, so that the connection can be used again, and throws it away. */
const discard = (answer: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    let bytes = 0
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > ANSWER_LIMIT_BYTES) answer.destroy()
    })
    answer.once('close', resolve)
    answer.once('error', () => resolve())
  })

const agentOptions = { keepAlive: true, maxSockets: 8, maxFreeSockets: 2, timeout: 30_000 }

/** POST through node:http and node:https: kept connections, no redirects, one time limit over everything. */
export const createDeliveryPost = ({ allowPrivate }: DeliveryOptions): PostDelivery => {
  const guard = createAddressGuard({ allowPrivateAddresses: allowPrivate })
  const agents = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) }
  return async (address, headers, body, timeoutMs) => {
    const url = new URL(address)
    const refusal = guard.refusalOf(url)
    if (refusal !== undefined) throw new ForbiddenReceiver(`The webhook may not be called: ${refusal}.`)
    const payload = Buffer.from(body)
    const signal = AbortSignal.timeout(timeoutMs)
    const secure = url.protocol === 'https:'
    const request = (secure ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': payload.length },
      agent: secure ? agents.https : agents.http,
      lookup: guard.lookup,
      signal,
    })
    try {
      return await exchange(request, payload)
    } catch (cause) {
      throw new Error(failureOf(cause, signal.aborted, timeoutMs), { cause })
    }
  }
}

const failureOf = (cause: unknown, late: boolean, timeoutMs: number): string => {
  if (late) return `No answer within ${timeoutMs} ms.`
  // NOTE: the guard of the look-up speaks through the socket, so its error is known by name only.
  const forbidden = cause instanceof Error && cause.name === 'ForbiddenAddress'
  return forbidden ? `The webhook may not be called: ${cause.message}.` : 'No connection to the receiver.'
}

const exchange = async (request: ClientRequest, payload: Buffer): Promise<{ readonly status: number }> => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
    request.end(payload)
  })
  await discard(answer)
  return { status: answer.statusCode ?? 0 }
}
