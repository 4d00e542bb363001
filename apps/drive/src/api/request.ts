import { language } from '../texts/say.js'
import { ApiFailure, failureFrom } from './failure.js'
import { type Json, Misread, type Reader } from './reading.js'

/** The base of the driver API on the node this app came from. */
export const API = '/driver/v1'

/** Waits before a read is tried again, in milliseconds. */
const RETRY_WAITS_MS = [400, 1_500]
/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 20_000

/** What is done when a request needs a sign-in and there is none. */
export interface SignInAsker {
  /** Asks for a sign-in over the page; resolves true when somebody signed in. */
  ask(): Promise<boolean>
  /** Is told that a read needed a sign-in: the one there was has ended. */
  ended(): void
}

let asker: SignInAsker = { ask: async () => false, ended: () => undefined }

/** Sets who is asked when a request needs a sign-in and there is none. */
export const whenSignInNeeded = (wanted: SignInAsker): void => {
  asker = wanted
}

/** Parameters of an address; what is undefined, null or empty is left out, lists are repeated. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>

/** An address below the base of the API; segments are escaped. */
export const address = (segments: readonly string[], query: Query = {}): string => {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => {
      if (value === undefined || value === null || value === '') return []
      return typeof value === 'object' ? value.map((item) => [name, item]) : [[name, String(value)]]
    }),
  ).toString()
  return `/${segments.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

/** An address with the language of the app, so that the node says everything in it. */
export const inLanguage = (path: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}lang=${language()}`

/** What is sent besides the address. */
export interface Sending {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: Json
  readonly signal?: AbortSignal
  /** True asks for a sign-in over the page when there is none, and goes on after it. Writes do so unless told otherwise. */
  readonly signIn?: boolean
}

const initOf = ({ method = 'GET', body, signal }: Sending): RequestInit => {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  return {
    method,
    headers: {
      ...(method === 'GET' ? {} : { 'x-interwatt-app': 'drive', 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    credentials: 'same-origin',
  }
}

/** An open answer of the node; throws `ApiFailure`, or the reason of `signal` when that ended it. */
export const open = async (path: string, init: RequestInit): Promise<Response> => {
  const answer = await fetch(`${API}${path}`, init).catch((error: unknown) => {
    const givenUp =
      init.signal?.aborted === true && !(error instanceof DOMException && error.name === 'TimeoutError')
    if (givenUp) throw error
    throw new ApiFailure(0, '', '')
  })
  if (answer.ok) return answer
  throw failureFrom(answer.status, await answer.json().catch(() => undefined))
}

const isPassing = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 0 || [502, 503, 504].includes(error.status))

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))

/** Sends a request; a read that met a passing trouble is tried again, a write never. */
const send = async (path: string, sending: Sending): Promise<Response> => {
  const waits = (sending.method ?? 'GET') === 'GET' ? RETRY_WAITS_MS : []
  for (const waitMs of waits) {
    try {
      return await open(path, initOf(sending))
    } catch (error) {
      if (!isPassing(error) || !navigator.onLine) throw error
      await pause(waitMs)
    }
  }
  return open(path, initOf(sending))
}

const sendSignedIn = async (path: string, sending: Sending): Promise<Response> => {
  const mayAsk = sending.signIn ?? (sending.method ?? 'GET') !== 'GET'
  try {
    return await send(path, sending)
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status !== 401 || sending.signIn === false) throw error
    if (!mayAsk) asker.ended()
    if (!mayAsk || !(await asker.ask())) throw error
    return send(path, sending)
  }
}

/** The body of an answer, read; throws `ApiFailure` when it is not what was expected. */
const bodyOf = async <T>(answer: Response, read: Reader<T>): Promise<T> => {
  const body: Json = answer.status === 204 ? null : await answer.json().catch(() => undefined)
  try {
    return read(body, '')
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    throw new ApiFailure(answer.status, '', error.message)
  }
}

/**
 * Asks the node and reads its answer; throws `ApiFailure`, also when the answer is not what was expected. A write without a sign-in
 * opens the sign-in over the page and goes on after it; what was typed stays.
 */
export const ask = async <T>(path: string, read: Reader<T>, sending: Sending = {}): Promise<T> =>
  bodyOf(await sendSignedIn(inLanguage(path), sending), read)
