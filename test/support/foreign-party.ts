import { createServer, type IncomingMessage, type Server } from 'node:http'
import { freePort } from './node.js'

/** One HTTP request a foreign party got, with its parsed body. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** What a foreign party answers: an envelope made of `data`, or anything else by `raw`. */
export interface StubAnswer {
  readonly http?: number
  readonly code?: number
  readonly data?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Text instead of an envelope. */
  readonly raw?: string
  /** Never answers; the connection is cut after this many milliseconds. */
  readonly hangMs?: number
}

export type StubRoute = (request: Received) => StubAnswer | Promise<StubAnswer>

/** Versions a foreign party speaks, one at a time. */
export type ForeignVersion = '2.1.1' | '2.2.1' | '2.3.0'

export interface ForeignOptions {
  readonly version: ForeignVersion
  readonly role: 'CPO' | 'EMSP' | 'NSP' | 'SCSP' | 'HUB' | 'PTP'
  readonly party: { readonly country_code: string; readonly party_id: string }
  /** Further parties in the same role on this platform. */
  readonly alsoParties?: readonly { readonly country_code: string; readonly party_id: string }[]
  /** Modules and sides it lists; the usual ones of its role when left out. */
  readonly endpoints?: readonly { readonly identifier: string; readonly role: 'SENDER' | 'RECEIVER' }[]
}

const USUAL = {
  CPO: [
    ['locations', 'SENDER'],
    ['tariffs', 'SENDER'],
    ['sessions', 'SENDER'],
    ['cdrs', 'SENDER'],
    ['tokens', 'RECEIVER'],
    ['commands', 'RECEIVER'],
  ],
  EMSP: [
    ['locations', 'RECEIVER'],
    ['tariffs', 'RECEIVER'],
    ['sessions', 'RECEIVER'],
    ['cdrs', 'RECEIVER'],
    ['tokens', 'SENDER'],
    ['commands', 'SENDER'],
  ],
  NSP: [
    ['locations', 'RECEIVER'],
    ['tariffs', 'RECEIVER'],
  ],
  HUB: [
    ['locations', 'SENDER'],
    ['hubclientinfo', 'SENDER'],
  ],
  SCSP: [
    ['sessions', 'RECEIVER'],
    ['chargingprofiles', 'SENDER'],
  ],
  PTP: [
    ['locations', 'RECEIVER'],
    ['tariffs', 'RECEIVER'],
    ['sessions', 'RECEIVER'],
    ['cdrs', 'RECEIVER'],
    ['commands', 'SENDER'],
    ['payments', 'SENDER'],
  ],
} as const

/** The answer of a node to a raw OCPI request. */
export interface OcpiAnswer {
  readonly http: number
  readonly headers: Headers
  /** Parsed envelope; undefined when the body is no JSON. */
  readonly envelope:
    | {
        readonly status_code: number
        readonly status_message?: string
        readonly data?: unknown
        readonly timestamp: string
      }
    | undefined
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** How a token is written in the header: plain in 2.1.1, Base64 since (TRN-003, TRN-004). */
export const written = (version: ForeignVersion, token: string): string =>
  `Token ${version === '2.1.1' ? token : base64(token)}`

/** The side on which a node in a role offers a module; the addresses of 2.1.1 say the role, and details no side. */
const sideOf = (role: 'CPO' | 'EMSP', module: string): 'SENDER' | 'RECEIVER' =>
  USUAL[role].find(([identifier]) => identifier === module)?.[1] ?? 'SENDER'

/**
 * A CPO or eMSP written with nothing but an HTTP library: it serves versions, details and credentials, records what it gets, answers
 * the rest with 1000, and sends what a test asks it to.
 */
export class ForeignParty implements AsyncDisposable {
  readonly received: Received[] = []
  /** Answers by `METHOD path prefix`; the longest match wins over the built-in behaviour. */
  readonly routes = new Map<string, StubRoute>()
  /** The token the node must present to us. */
  ownToken = `foreign-own-${Math.random().toString(36).slice(2)}`
  /** The token we present to the node. */
  nodeToken = ''
  /** Endpoint URLs of the node, by `module SIDE`. */
  readonly nodeEndpoints = new Map<string, string>()
  nodeCredentials = ''
  /** Refuses every token that is not ours, written as the version has it. */
  strictToken = false

  private constructor(
    readonly options: ForeignOptions,
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(options: ForeignOptions): Promise<ForeignParty> {
    const port = await freePort()
    const server = createServer()
    const party = new ForeignParty(options, `http://127.0.0.1:${port}`, server)
    server.on('request', (request, response) => {
      party.#serve(request).then(({ http, headers, text, hangMs }) => {
        if (hangMs !== undefined) {
          setTimeout(() => response.destroy(), hangMs)
          return
        }
        response.writeHead(http, { 'content-type': 'application/json', ...headers })
        response.end(text)
      })
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return party
  }

  get versionsUrl(): string {
    return `${this.url}/versions`
  }

  endpointUrl(identifier: string, role: string): string {
    return `${this.url}/${this.options.version}/${role.toLowerCase()}/${identifier}`
  }

  credentials(token = this.ownToken): unknown {
    const { version, role, party, alsoParties = [] } = this.options
    const business_details = { name: `Foreign ${role}` }
    if (version === '2.1.1') return { token, url: this.versionsUrl, business_details, ...party }
    return {
      token,
      url: this.versionsUrl,
      roles: [party, ...alsoParties].map((each) => ({ role, ...each, business_details })),
    }
  }

  details(): unknown {
    const { version, role, endpoints } = this.options
    const listed = endpoints ?? USUAL[role].map(([identifier, side]) => ({ identifier, role: side }))
    return {
      version,
      endpoints: [
        { identifier: 'credentials', ...this.#sided('SENDER'), url: `${this.url}/${version}/credentials` },
        ...listed.map(({ identifier, role: side }) => ({
          identifier,
          ...this.#sided(side),
          url: this.endpointUrl(identifier, side),
        })),
      ],
    }
  }

  /** 2.1.1 has no side in version details. */
  #sided(role: 'SENDER' | 'RECEIVER'): { role?: 'SENDER' | 'RECEIVER' } {
    return this.options.version === '2.1.1' ? {} : { role }
  }

  async #serve(
    request: IncomingMessage,
  ): Promise<{ http: number; headers: Record<string, string>; text: string; hangMs?: number }> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const url = new URL(request.url ?? '/', this.url)
    const received: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    this.received.push(received)
    const answer = await this.#answer(received)
    const envelope = {
      data: answer.data,
      status_code: answer.code ?? 1000,
      timestamp: new Date().toISOString(),
    }
    return {
      http: answer.http ?? 200,
      headers: { ...answer.headers },
      text: answer.raw ?? JSON.stringify(envelope),
      ...(answer.hangMs === undefined ? {} : { hangMs: answer.hangMs }),
    }
  }

  async #answer(received: Received): Promise<StubAnswer> {
    const name = `${received.method} ${received.path}`
    if (this.strictToken && received.headers.authorization !== written(this.options.version, this.ownToken))
      return { http: 401, code: 2000 }
    const match = [...this.routes.keys()]
      .filter((key) => name.startsWith(key))
      .sort((a, b) => b.length - a.length)[0]
    const route = match === undefined ? undefined : this.routes.get(match)
    if (route) return route(received)
    if (received.path === '/versions')
      return { data: [{ version: this.options.version, url: `${this.url}/${this.options.version}` }] }
    if (received.path === `/${this.options.version}`) return { data: this.details() }
    if (received.path === `/${this.options.version}/credentials`) return this.#acceptCredentials(received)
    if (received.method === 'GET') return { data: [], headers: { 'x-total-count': '0', 'x-limit': '100' } }
    return { http: received.method === 'POST' ? 201 : 200 }
  }

  #acceptCredentials(received: Received): StubAnswer {
    if (received.method === 'DELETE') return {}
    const { body } = received
    if (typeof body === 'object' && body !== null && 'token' in body) this.nodeToken = String(body.token)
    this.ownToken = `foreign-own-${Math.random().toString(36).slice(2)}`
    return { data: this.credentials() }
  }

  /** Reads the node's versions and details with a token and remembers the endpoints. */
  async discover(versionsUrl: string, token: string): Promise<void> {
    const list = await this.send('GET', versionsUrl, { token })
    const entries = Array.isArray(list.envelope?.data) ? list.envelope.data : []
    const entry = entries.find((candidate: { version: string }) => candidate.version === this.options.version)
    const details = await this.send('GET', String(entry?.url), { token })
    const data = details.envelope?.data as { endpoints: { identifier: string; role?: string; url: string }[] }
    const nodeRole = this.options.role === 'CPO' ? 'EMSP' : 'CPO'
    this.nodeEndpoints.clear()
    for (const { identifier, role, url } of data.endpoints) {
      if (identifier === 'credentials') this.nodeCredentials = url
      else this.nodeEndpoints.set(`${identifier} ${role ?? sideOf(nodeRole, identifier)}`, url)
    }
  }

  /** Registers with the node as Sender: discovery, POST, and the new token kept. */
  async register(versionsUrl: string, tokenA: string): Promise<OcpiAnswer> {
    await this.discover(versionsUrl, tokenA)
    const answer = await this.send('POST', this.nodeCredentials, { token: tokenA, body: this.credentials() })
    const data = answer.envelope?.data
    if (typeof data === 'object' && data !== null && 'token' in data) {
      this.nodeToken = String(data.token)
      await this.discover(versionsUrl, this.nodeToken)
    }
    return answer
  }

  /** URL of a module of the node. */
  at(module: string, side: 'SENDER' | 'RECEIVER', path = ''): string {
    const url = this.nodeEndpoints.get(`${module} ${side}`)
    if (url === undefined)
      throw new Error(
        `The node does not list ${module} ${side}; it lists ${[...this.nodeEndpoints.keys()].join(', ')}`,
      )
    return url + path
  }

  /** Sends one request. `bodyText` goes out as it is; `token` replaces the registered one, `null` sends none. */
  async send(
    method: string,
    url: string,
    options: {
      readonly token?: string | null
      readonly body?: unknown
      readonly bodyText?: string
      readonly headers?: Readonly<Record<string, string>>
    } = {},
  ): Promise<OcpiAnswer> {
    const token = options.token === undefined ? this.nodeToken : options.token
    const text = options.bodyText ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: written(this.options.version, token) }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        'x-request-id': crypto.randomUUID(),
        'x-correlation-id': crypto.randomUUID(),
        ...options.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    })
    const answer = await response.text()
    let envelope: OcpiAnswer['envelope']
    try {
      envelope = JSON.parse(answer)
    } catch {
      envelope = undefined
    }
    return { http: response.status, headers: response.headers, envelope }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }
}
