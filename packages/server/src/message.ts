import type { IncomingHttpHeaders } from 'node:http'
import type { Finding, ModuleId, Side, VersionId } from '@interwatt/protocol'
import type { Answer } from './answer.js'
import type { Known, Plan } from './context.js'
import type { Caller, Exchange } from './ports.js'

/**
 * One finished request of a partner with everything that was said. NOTE: it holds secrets: whoever keeps it removes them
 * first. Nothing of it is copied, so it costs nothing to make and must not be changed.
 */
export interface ServerMessage extends Exchange {
  /** Undefined for a request without a token that somebody has. */
  readonly caller: Caller | undefined
  /** Version, module and side of the address; undefined where it names none. */
  readonly version: VersionId | undefined
  readonly module: ModuleId | 'versions' | undefined
  readonly side: Side | undefined
  readonly params: Readonly<Record<string, string>>
  /** Query as it was written, without its question mark. */
  readonly queryText: string
  readonly requestHeaders: IncomingHttpHeaders
  /** Undefined when none was read: there was none, or the request was refused before. */
  readonly requestText: string | undefined
  /** The body, parsed; undefined when there is none or it is no JSON. */
  readonly json: unknown
  readonly responseHeaders: Readonly<Record<string, string | number>>
  readonly responseBody: string | Buffer
  /** Deviations that were noticed, tolerated ones and those it was refused for. */
  readonly findings: readonly Finding[]
}

/** What is noted of a request while it runs, and stays when a step refuses it. */
export interface Noted {
  requestText: string | undefined
  readonly findings: Finding[]
}

/** A request and its answer as one message. What a refused request was for is looked up, as far as its address tells. */
export const messageOf = (
  known: Known,
  answer: Answer,
  { exchange, plan }: { readonly exchange: Exchange; readonly plan: Plan },
): ServerMessage => {
  const { noted } = known
  const meant = known.target === undefined ? plan.routes.find(known.method, known.rawPath) : undefined
  const target = known.target ?? meant?.target
  return {
    ...exchange,
    caller: known.caller,
    version: target?.version?.id,
    module: target?.endpoint?.module ?? (target?.operation.startsWith('versions.') ? 'versions' : undefined),
    side: target?.endpoint?.side,
    params: known.params ?? meant?.params ?? {},
    queryText: known.queryText,
    requestHeaders: known.headers,
    requestText: noted.requestText,
    json: known.json,
    responseHeaders: answer.headers,
    responseBody: answer.body,
    findings: noted.findings,
  }
}
