import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Finding, Routing } from '@interwatt/protocol'
import type { Noted } from './message.js'
import type { ServerOptions } from './options.js'
import type { Caller, PageRequest, Reply, ServerPorts } from './ports.js'
import type { RouteTable, Target } from './route-table.js'

/** What the steps share: made once, at registration. */
export interface Plan {
  readonly ports: ServerPorts
  readonly options: ServerOptions
  readonly routes: RouteTable
}

/** A request as it came in. */
export interface Arrived {
  readonly method: string
  /** Path as sent, percent escapes and all, without query. */
  readonly rawPath: string
  readonly queryText: string
  readonly headers: IncomingHttpHeaders
  readonly stream: IncomingMessage
  readonly noted: Noted
}

// What each step of the pipeline adds, in order.

export interface Correlated extends Arrived {
  readonly requestId: string
  readonly correlationId: string
}
export interface Authenticated extends Correlated {
  readonly caller: Caller
}
export interface Routed extends Authenticated {
  readonly target: Target
  readonly params: Readonly<Record<string, string>>
}
export interface Directed extends Routed {
  readonly routing: Routing
}
export interface Asked extends Directed {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly page: PageRequest | undefined
}
export interface Uploaded extends Asked {
  /** Parsed JSON body, undefined when there is none. */
  readonly json: unknown
}
export interface Validated extends Uploaded {
  /** The body in the partner's version, repaired where that was possible. */
  readonly received: unknown
  readonly findings: readonly Finding[]
}
export interface Lifted extends Validated {
  /** The body in canonical shape. */
  readonly body: unknown
  /** What the canonical shape cannot carry, for the way back. */
  readonly unmapped: unknown
}
export interface Handled extends Lifted {
  readonly reply: Reply
}

/** What is known of a request when its answer is written, however far it came. */
export type Known = Correlated & Partial<Handled>
