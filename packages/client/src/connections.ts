import { Agent, buildConnector } from 'undici'
import { type AddressGuard, ForbiddenAddress } from './address-guard.js'
import type { ClientTimeouts } from './options.js'

/** The partner could not be reached: nothing was sent. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected'
}

/** Connections to a partner at once, to each of its addresses. */
const CONNECTIONS_PER_ORIGIN = 16
/** Addresses of one partner that connections are kept to. */
const ORIGINS_MAX = 32

/** Keeps connections apart by partner, so that none waits for another. */
export interface Connections {
  of(partnerId: string): Agent
  forget(partnerId: string): void
  close(): Promise<void>
}

/** Connections whose every socket went through the guard. */
export const createConnections = (guard: AddressGuard, timeouts: ClientTimeouts): Connections => {
  const agents = new Map<string, Agent>()
  const connect = guardedConnector(guard, timeouts.connectMs)
  const open = (partnerId: string): Agent => {
    const agent = new Agent({
      connect,
      connections: CONNECTIONS_PER_ORIGIN,
      pipelining: 1,
      maxOrigins: ORIGINS_MAX,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyMs,
      keepAliveTimeout: 30_000,
      keepAliveMaxTimeout: 300_000,
    })
    agents.set(partnerId, agent)
    return agent
  }
  return {
    of: (partnerId) => agents.get(partnerId) ?? open(partnerId),
    forget: (partnerId) => {
      // Requests under way finish; a failure to close leaves nothing behind.
      agents
        .get(partnerId)
        ?.close()
        .catch(() => undefined)
      agents.delete(partnerId)
    },
    close: async () => {
      const all = [...agents.values()]
      agents.clear()
      await Promise.all(all.map((agent) => agent.close()))
    },
  }
}

const guardedConnector = (guard: AddressGuard, timeoutMs: number): buildConnector.connector => {
  const connect = buildConnector({ lookup: guard.lookup, timeout: timeoutMs, keepAlive: true })
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error !== null) {
        callback(
          error instanceof ForbiddenAddress ? error : new NotConnected(error.message, { cause: error }),
          null,
        )
      } else if (guard.permits(socket.remoteAddress)) {
        callback(null, socket)
      } else {
        socket.destroy()
        callback(new ForbiddenAddress('the address of the connection is not a public one'), null)
      }
    })
  }
}
