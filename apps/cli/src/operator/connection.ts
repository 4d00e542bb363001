import { type Finding, findingCodes, isJsonObject } from '@interwatt/protocol'
import { Failure, type FailureOptions, reasonOf } from '../failure.js'
import { listAt, textAt } from '../read-json.js'

/** Where a node is and who asks. */
export interface ConnectionOptions {
  /** Address of the node, with or without `/api/v1`. */
  readonly url: string
  readonly key: string | undefined
  /** Longest wait for one answer, in milliseconds. Default 120,000: a registration asks the partner several times. */
  readonly timeoutMs?: number
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A running node's operator API. Every call answers the parsed body, or throws a Failure that says why not. */
export interface OperatorConnection {
  /** Address of the node without path. */
  readonly url: string
  /** `path` is below `/api/v1`. */
  call(method: Method, path: string, body?: unknown): Promise<unknown>
  /** Text of a path outside `/api/v1`, such as `/metrics`. */
  text(path: string): Promise<string>
}

const DEFAULT_TIMEOUT_MS = 120_000

const isFinding = (value: unknown): value is Finding =>
  isJsonObject(value) &&
  typeof value.pointer === 'string' &&
  typeof value.message === 'string' &&
  typeof value.rule === 'string' &&
  findingCodes.some((code) => code === value.code) &&
  (value.severity === 'error' || value.severity === 'warning')

/** Findings of a problem or bulk answer; anything else in the list is left out. */
export const findingsAt = (body: unknown): readonly Finding[] => listAt(body, 'findings').filter(isFinding)

const HINTS: Readonly<Record<number, string>> = {
  401: 'Pass the operator key with --key or INTERWATT_API_KEY. "interwatt serve" prints it at its first start.',
  404: 'Check the id, and that the address is that of an Interwatt node.',
  429: 'Wait a minute, then try again.',
}

/** What a node said no with: title, detail and findings of its problem document. */
const refusal = (status: number, body: unknown): Failure => {
  const title = textAt(body, 'title') || `HTTP ${status}`
  const detail = textAt(body, 'detail')
  const hint = HINTS[status]
  const options: FailureOptions = { findings: findingsAt(body), ...(hint === undefined ? {} : { hint }) }
  return new Failure(detail === '' ? title : `${title}: ${detail}`, options)
}

const unreachable = (url: string, error: unknown): Failure => {
  const late = error instanceof Error && error.name === 'TimeoutError'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const message = late
    ? `The node at ${url} did not answer in time.`
    : `No node answers at ${url}: ${reasonOf(cause)}.`
  const hint = 'Start one with "interwatt serve", or give the address of another with --url or INTERWATT_URL.'
  return new Failure(message, { hint, cause: error })
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const originOf = (url: string): string => {
  if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol))
    return url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')
  throw new Failure(`"${url}" is not an address.`, {
    hint: 'Give the address of the node, such as http://localhost:8080.',
    exitCode: 2,
  })
}

/** Connects to the operator API of a node; nothing is sent before the first call. */
export const connectOperator = (options: ConnectionOptions): OperatorConnection => {
  const url = originOf(options.url)
  const exchange = async (method: Method, path: string, body?: unknown): Promise<[number, string]> => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (options.key !== undefined) headers.authorization = `Bearer ${options.key}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return [response.status, await response.text()]
    } catch (error) {
      throw unreachable(url, error)
    }
  }
  return {
    url,
    async call(method, path, body) {
      const [status, text] = await exchange(method, `/api/v1${path}`, body)
      const answer = parse(text)
      if (status >= 400) throw refusal(status, answer)
      if (text !== '' && answer === undefined)
        throw new Failure(`${url} does not answer as an Interwatt node.`, { hint: 'Check --url.' })
      return answer
    },
    async text(path) {
      const [status, text] = await exchange('GET', path)
      if (status >= 400) throw refusal(status, parse(text))
      return text
    },
  }
}
