import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authorizationHeader, versions } from '@interwatt/protocol'
import { fastify } from 'fastify'
import { ocpiFastifyOptions } from '../fastify-options.js'
import type { ServerMessage } from '../message.js'
import type { ServerOptions } from '../options.js'
import type { Call, Caller, Exchange, Handlers, Reply } from '../ports.js'
import { registerOcpi } from '../register.js'

export const FULL_TOKEN = 'full-token-of-partner-one'
export const REGISTRATION_TOKEN = 'registration-token-a'

const roles = [{ role: 'CPO', party: { countryCode: 'NL', partyId: 'ALF' } }]
const callers: Readonly<Record<string, Omit<Caller, 'token'>>> = {
  [FULL_TOKEN]: {
    partnerId: 'p1',
    partnerName: 'One',
    access: 'full',
    version: '2.2.1',
    roles,
    isHub: false,
  },
  'token-on-230': {
    partnerId: 'p2',
    partnerName: 'Two',
    access: 'full',
    version: '2.3.0',
    roles,
    isHub: false,
  },
  [REGISTRATION_TOKEN]: {
    partnerId: 'p3',
    partnerName: 'A',
    access: 'registration',
    version: null,
    roles: [],
    isHub: false,
  },
}

/** How the test server behaves. */
export interface TestServerSettings {
  readonly options?: Partial<ServerOptions>
  readonly answer?: (call: Call) => Promise<Reply>
  readonly offers?: (module: string, side: string) => boolean
  readonly publicUrl?: string
  readonly port?: number
  readonly fastifyOptions?: { readonly requestTimeout?: number; readonly http?: object }
}

/** A real OCPI server on a loopback port, with handlers in memory that keep every call. */
export const startTestServer = async (settings: TestServerSettings = {}) => {
  const calls: Call[] = []
  const exchanges: Exchange[] = []
  const messages: ServerMessage[] = []
  const errors: unknown[] = []
  const candidates: (readonly string[])[] = []
  const answer = async (call: Call): Promise<Reply> => {
    calls.push(call)
    return settings.answer === undefined ? { kind: 'data' } : settings.answer(call)
  }
  const operations = versions.flatMap((version) => version.modules.flatMap((module) => module.endpoints))
  const handlers = Object.fromEntries(
    operations.map(({ operation }) => [operation, answer]),
  ) as unknown as Handlers
  const app = fastify({ ...ocpiFastifyOptions(), ...settings.fastifyOptions })
  const ports = {
    handlers,
    publicUrl: settings.publicUrl ?? 'https://node.example/base',
    authenticate: async (tokens: readonly string[]) => {
      candidates.push(tokens)
      const token = tokens.find((each) => Object.hasOwn(callers, each))
      const caller = token === undefined ? undefined : callers[token]
      return caller === undefined || token === undefined ? undefined : { ...caller, token }
    },
    offers: (_caller: Caller, _version: string, module: string, side: string) =>
      settings.offers?.(module, side) ?? true,
    onFindings: () => undefined,
    onExchange: (exchange: Exchange) => {
      exchanges.push(exchange)
    },
    onMessage: (message: ServerMessage) => {
      messages.push(message)
    },
    onError: (error: unknown) => {
      errors.push(error)
    },
  }
  registerOcpi(app, ports, settings.options)
  await app.listen({ port: settings.port ?? 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    port,
    url: `http://127.0.0.1:${port}`,
    calls,
    exchanges,
    messages,
    errors,
    candidates,
    close: () => app.close(),
  }
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** A raw request: nothing of ours writes it. `token: null` leaves the header out. */
export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly token?: string | null
}

/** A raw response with its body read as an envelope. */
export interface RawResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly envelope: {
    readonly data?: unknown
    readonly status_code?: unknown
    readonly status_message?: string
    readonly timestamp?: string
  }
}

/** Sends a request with node:http on a connection of its own. */
export const ask = async (server: { readonly port: number }, raw: RawRequest): Promise<RawResponse> => {
  const { method = 'GET', path, headers = {}, body, token = FULL_TOKEN } = raw
  const outgoing = request({
    host: '127.0.0.1',
    port: server.port,
    method,
    path,
    agent: false,
    headers: {
      ...(token === null ? {} : { authorization: authorizationHeader(token, 'base64') }),
      ...headers,
    },
  })
  outgoing.end(body)
  const [incoming] = await once(outgoing, 'response')
  let text = ''
  for await (const chunk of incoming) text += chunk
  return {
    status: incoming.statusCode,
    headers: incoming.headers,
    text,
    envelope: text === '' ? {} : JSON.parse(text),
  }
}
