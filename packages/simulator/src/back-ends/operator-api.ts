import type { IncomingMessage } from 'node:http'
import { linkAbort } from '../abort.js'
import type { RandomStream } from '../world/random.js'
import { type Connections, readText } from './http.js'
import { parseJson, textAt } from './json.js'

/** A node's operator API as one party uses it. */
export interface Door {
  /** Base of the operator API, e.g. `http://127.0.0.1:8080/api/v1`; no trailing slash. */
  readonly apiUrl: string
  readonly apiKey: string
}

export type Answer =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  /** The node said no; asking again does not help. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly body?: unknown }
  /** No usable answer within the time given, or the world was stopped; what the node did is unknown. */
  | { readonly kind: 'unreachable'; readonly reason: string }

export type Method = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'

export interface CallOptions {
  /** `always` for what may be repeated; `unsent` repeats only what surely never reached the node. */
  readonly retry?: 'always' | 'unsent'
}

export interface OperatorApi {
  call(method: Method, path: string, body?: unknown, options?: CallOptions): Promise<Answer>
}

export interface OperatorApiOptions extends Door {
  readonly connections: Connections
  readonly signal: AbortSignal
  /** Spreads the retries. */
  readonly random: RandomStream
  /** Longest time for one answer, in milliseconds. Default 15,000. */
  readonly timeoutMs?: number
  /** After this time no further try begins, in milliseconds. Default 120,000. */
  readonly patienceMs?: number
  sleepMs(delayMs: number, signal: AbortSignal): Promise<void>
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** Refused before anything was sent. */
const UNSENT_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

type Attempt = Answer | { readonly kind: 'again'; readonly unsent: boolean; readonly reason: string }

const reasonOf = (body: unknown, status: number): string => {
  const said = [textAt(body, 'title'), textAt(body, 'detail')].filter((part) => part !== undefined)
  return said.length === 0 ? `HTTP ${status}` : said.join(': ')
}

const read = async (answer: IncomingMessage): Promise<Attempt> => {
  const status = answer.statusCode ?? 0
  const body = parseJson(await readText(answer))
  if (status >= 200 && status < 300) return { kind: 'ok', status, body }
  const reason = reasonOf(body, status)
  if (status === 429 || status === 503) return { kind: 'again', unsent: true, reason }
  if (status >= 500) return { kind: 'again', unsent: false, reason }
  return { kind: 'refused', status, reason, body }
}

const failureOf = (error: unknown): Attempt => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection'
  return { kind: 'again', unsent: UNSENT_CODES.includes(code), reason: code }
}

/** Headers every call to a door carries. */
export const doorHeaders = (door: Door): Record<string, string> => ({
  authorization: `Bearer ${door.apiKey}`,
})

const jsonHeaders = (json: string): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(json)),
})

/**
 * Calls the operator API over keep-alive connections. Lost connections, 429 and 5xx are tried again with growing,
 * spread pauses until the patience ends; nothing is thrown and nothing goes on after the signal.
 */
export const createOperatorApi = (options: OperatorApiOptions): OperatorApi => {
  const { timeoutMs = 15_000, patienceMs = 120_000, signal } = options
  const attempt = async (method: Method, path: string, body: unknown): Promise<Attempt> => {
    const limit = linkAbort(signal)
    const timer = setTimeout(limit.abort, timeoutMs)
    try {
      const json = body === undefined ? undefined : JSON.stringify(body)
      const answer = await options.connections.open({
        url: `${options.apiUrl}${path}`,
        method,
        headers: {
          ...doorHeaders(options),
          ...(json === undefined ? {} : jsonHeaders(json)),
        },
        ...(json === undefined ? {} : { body: json }),
        signal: limit.signal,
      })
      return await read(answer)
    } catch (error) {
      return failureOf(error)
    } finally {
      clearTimeout(timer)
      limit.release()
    }
  }
  return {
    call: async (method, path, body, { retry = 'always' } = {}) => {
      const startedMs = performance.now()
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        if (signal.aborted) return { kind: 'unreachable', reason: 'stopped' }
        const result = await attempt(method, path, body)
        if (result.kind !== 'again') return result
        const repeatable = retry === 'always' || result.unsent
        if (!repeatable || performance.now() - startedMs > patienceMs)
          return { kind: 'unreachable', reason: result.reason }
        await options.sleepMs(pauseMs * (0.5 + options.random.next() / 2), signal)
      }
    },
  }
}

/** Path segments, escaped. */
export const path = (...segments: readonly string[]): string =>
  segments.map((segment) => `/${encodeURIComponent(segment)}`).join('')
