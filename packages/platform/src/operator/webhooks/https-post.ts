import { type LookupAddress, lookup as resolveName } from 'node:dns'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { PostDelivery } from './ports.js'

/** Bytes of an answer that are read; the rest is cut off. */
const ANSWER_LIMIT_BYTES = 64 * 1024

/** Which receivers may be called. */
export interface DeliveryAddresses {
  /** Judges a resolved IP address; called at connect time, so a changed name cannot slip through. */
  allows(address: string): boolean
  /** Permits http besides https. */
  readonly allowHttp: boolean
}

/** A receiver that may not be called. */
export class ForbiddenReceiver extends Error {
  override readonly name = 'ForbiddenReceiver'
}

const FORBIDDEN = 'The address of this webhook may not be called.'

const guardedLookup =
  (addresses: DeliveryAddresses): LookupFunction =>
  (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const first = found?.[0]
      if (error !== null || first === undefined) {
        callback(error ?? new Error('The name of the receiver has no address.'), '', 4)
      } else if (!found.every(({ address }) => addresses.allows(address))) {
        callback(new ForbiddenReceiver(FORBIDDEN), '', 4)
      } else if (options.all === true) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }

const checkLiteral = (url: URL, addresses: DeliveryAddresses): void => {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  // NOTE: a literal address is never looked up, so the guard of the look-up does not see it.
  if (isIP(host) !== 0 && !addresses.allows(host)) throw new ForbiddenReceiver(FORBIDDEN)
  if (url.protocol !== 'https:' && !addresses.allowHttp)
    throw new ForbiddenReceiver('Webhooks are delivered by https.')
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

/** POST through node:http and node:https: kept connections, no redirects, one time limit over everything. */
export const createDeliveryPost = (
  addresses: DeliveryAddresses,
): { readonly post: PostDelivery; close(): void } => {
  const lookup = guardedLookup(addresses)
  const options = { keepAlive: true, maxSockets: 8, maxFreeSockets: 2, timeout: 30_000 }
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) }
  const post: PostDelivery = async (address, headers, body, timeoutMs) => {
    const url = new URL(address)
    checkLiteral(url, addresses)
    const payload = Buffer.from(body)
    const secure = url.protocol === 'https:'
    const signal = AbortSignal.timeout(timeoutMs)
    const request = (secure ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': payload.length },
      agent: secure ? agents.https : agents.http,
      lookup,
      signal,
    })
    try {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve)
        request.on('error', reject)
        request.end(payload)
      })
      await discard(answer)
      return { status: answer.statusCode ?? 0 }
    } catch (cause) {
      if (cause instanceof ForbiddenReceiver) throw cause
      throw new Error(
        signal.aborted ? `No answer within ${timeoutMs} ms.` : 'No connection to the receiver.',
        { cause },
      )
    }
  }
  return {
    post,
    close: () => {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}
