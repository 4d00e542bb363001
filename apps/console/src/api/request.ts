import { textAt } from './fields.js'
import { type Doc, isDoc, type Json, Misread, type Reader } from './reading.js'

/** Something wrong in a request, as the node says it. */
export interface Complaint {
  readonly pointer: string
  readonly message: string
  readonly rule: string
}

/** The node said no, or did not answer. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'

  constructor(
    /** HTTP status; 0 when the node could not be reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly complaints: readonly Complaint[] = [],
    /** Where a registration with a partner ended; empty for everything else. */
    readonly step: string = '',
    /** Why it ended there, the rule that decides, and what can be done; empty for everything else. */
    readonly reason: { readonly failure: string; readonly rule: string; readonly remedy: string } = {
      failure: '',
      rule: '',
      remedy: '',
    },
  ) {
    super(detail)
  }
}

/** The base of the operator API on the node this page came from. */
export const API = '/api/v1'

let csrf = ''
let onSignedOut: () => void = () => undefined

/** Sets what writes have to carry. */
export const setCsrf = (value: string): void => {
  csrf = value
}

/** Is called whenever the node says that nobody is signed in. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

/** Parameters of an address; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** An address below the base of the API; segments are escaped. */
export const address = (segments: readonly string[], query: Query = {}): string => {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  ).toString()
  return `/${segments.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

const complaintsOf = (problem: Doc): readonly Complaint[] =>
  (Array.isArray(problem.findings) ? problem.findings : []).map((finding: Json) => ({
    pointer: textAt(finding, 'pointer'),
    message: textAt(finding, 'message'),
    rule: textAt(finding, 'rule'),
  }))

const failureOf = async (answer: Response): Promise<ApiFailure> => {
  const problem: Json = await answer.json().catch(() => undefined)
  if (!isDoc(problem))
    return new ApiFailure(answer.status, 'Unexpected answer', `The node answered with HTTP ${answer.status}.`)
  const { status } = answer
  return new ApiFailure(
    status,
    textAt(problem, 'title'),
    textAt(problem, 'detail'),
    complaintsOf(problem),
    textAt(problem, 'step'),
    {
      failure: textAt(problem, 'failure'),
      rule: textAt(problem, 'rule'),
      remedy: textAt(problem, 'remedy'),
    },
  )
}

/** Where people sign in: a no there does not end a sign-in. */
const ENTRANCES = ['/session', '/accounts/activation']

const UNREACHABLE = 'The node does not answer. It may be restarting, or the connection is lost.'

/** An open answer of the node; throws `ApiFailure`. */
export const open = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const answer = await fetch(`${API}${path}`, { ...init, credentials: 'same-origin' }).catch(
    (error: unknown) => {
      if (init.signal?.aborted === true) throw error
      throw new ApiFailure(0, 'No connection', UNREACHABLE)
    },
  )
  if (answer.ok) return answer
  if (answer.status === 401 && !ENTRANCES.includes(path)) onSignedOut()
  throw await failureOf(answer)
}

/** What is sent besides the address. */
export interface Sending {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: Json
  readonly signal?: AbortSignal
}

const initOf = ({ method = 'GET', body, signal }: Sending): RequestInit => ({
  method,
  headers: {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' ? {} : { 'x-interwatt-csrf': csrf }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(signal === undefined ? {} : { signal }),
})

/** Asks the node and reads its answer; throws `ApiFailure`, also when the answer is not what was expected. */
export const ask = async <T>(path: string, read: Reader<T>, sending: Sending = {}): Promise<T> => {
  const answer = await open(path, initOf(sending))
  const body: Json = answer.status === 204 ? null : await answer.json().catch(() => undefined)
  try {
    return read(body, '')
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    const detail = `${error.message} Reload the page: the node may be newer than this console.`
    throw new ApiFailure(answer.status, 'Unexpected answer', detail)
  }
}
