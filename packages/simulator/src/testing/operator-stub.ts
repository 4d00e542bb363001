import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isJsonObject, type JsonObject, ocpi230, parseDocument, type Schema } from '@interwatt/protocol'
import { parseJson, textAt } from '../back-ends/json.js'

/**
 * Two nodes that are partners, as small as the simulator needs them: real HTTP, real server-sent events, every
 * document checked against the field tables. What the CPO puts reaches the eMSP, commands go the other way.
 */
export interface OperatorStub {
  readonly cpoUrl: string
  readonly emspUrl: string
  readonly key: string
  /** Everything put at the CPO's side, newest state, by path. */
  readonly objects: ReadonlyMap<string, JsonObject>
  /** Every state of a path in order, as put or patched. */
  history(prefix: string): readonly JsonObject[]
  /** Findings of documents that were refused. */
  readonly refusals: readonly string[]
  readonly requests: readonly string[]
  /** Answers this many of the next requests with 503, or breaks their connections. */
  disturb(kind: '503' | 'break', requests: number): void
  /** Ends all event streams, as a restart does. */
  dropStreams(): void
  /** Sends a command as a partner would; resolves with its id. */
  command(type: string, request: JsonObject): string
  result(commandId: string): string | undefined
  /** Sends an event to the eMSP that no object stands behind. */
  tellEmsp(type: string, data: JsonObject): void
  /** The same to the CPO. */
  tellCpo(type: string, data: JsonObject): void
  close(): Promise<void>
}

interface Command {
  readonly id: string
  readonly type: string
  readonly request: JsonObject
  state: string
  result: string | null
}

interface Entry {
  readonly side: 'cpo' | 'emsp'
  readonly seq: number
  readonly frame: string
}

const SCHEMAS: Readonly<Record<string, Schema>> = {
  tariffs: ocpi230.Tariff,
  locations: ocpi230.Location,
  tokens: ocpi230.Token,
  sessions: ocpi230.Session,
  cdrs: ocpi230.CDR,
}

/** Answers the request; what it returns lets a route end with it. */
type Reply = (status: number, content: unknown) => null

const KEY = 'stub-key'

const bodyOf = async (request: IncomingMessage): Promise<JsonObject> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const parsed = parseJson(Buffer.concat(chunks).toString('utf8'))
  return isJsonObject(parsed) ? parsed : {}
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

class Stub {
  readonly objects = new Map<string, JsonObject>()
  readonly states: { readonly path: string; readonly document: JsonObject }[] = []
  readonly refusals: string[] = []
  readonly requests: string[] = []
  readonly commands = new Map<string, Command>()
  readonly #log: Entry[] = []
  readonly #streams = new Map<ServerResponse, 'cpo' | 'emsp'>()
  #disturbance: { kind: '503' | 'break'; left: number } = { kind: '503', left: 0 }

  disturb(kind: '503' | 'break', left: number): void {
    this.#disturbance = { kind, left }
  }

  dropStreams(): void {
    for (const response of this.#streams.keys()) response.destroy()
    this.#streams.clear()
  }

  tell(side: 'cpo' | 'emsp', type: string, data: JsonObject): void {
    this.#emit(side, type, data)
  }

  command(type: string, request: JsonObject): string {
    const id = `c${this.commands.size + 1}`
    const command: Command = { id, type, request, state: 'ACCEPTED', result: null }
    this.commands.set(id, command)
    this.#emit('cpo', 'command.received', { ...command, direction: 'received', partner_id: 'p1' })
    return id
  }

  async handle(side: 'cpo' | 'emsp', request: IncomingMessage, response: ServerResponse): Promise<null> {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'http://stub')
    const path = decodeURIComponent(url.pathname.replace('/api/v1', ''))
    this.requests.push(`${side} ${request.method} ${path}`)
    const answer: Reply = (status, content) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
      return null
    }
    if (request.headers.authorization !== `Bearer ${KEY}`) return answer(401, { title: 'no key' })
    if (path === '/events') return this.#stream(side, request, response)
    if (this.#disturbance.left > 0) {
      this.#disturbance.left -= 1
      if (this.#disturbance.kind === 'break') {
        response.destroy()
        return null
      }
      return answer(503, { title: 'restarting' })
    }
    return this.#route(side, request.method ?? 'GET', path, body, answer)
  }

  #route(side: 'cpo' | 'emsp', method: string, path: string, body: JsonObject, answer: Reply): null {
    const [, collection = '', second = '', third = '', ...rest] = path.split('/')
    if (collection === 'parties') return answer(200, {})
    if (path === '/authorizations') return answer(200, this.#decide(textAt(body, 'token_uid')))
    if (collection === 'commands') {
      if (method === 'POST' && third === 'result') return this.#finish(second, body, answer)
      if (method === 'POST') return this.#send(second, body, answer)
      if (second === '') return answer(200, { items: [], next: null })
      return answer(200, this.commands.get(second))
    }
    if (rest.length > 2) return this.#evse(method, path, body, answer)
    if (method === 'GET') {
      const found = this.objects.get(path)
      return found === undefined ? answer(404, { title: 'unknown' }) : answer(200, found)
    }
    const whole = method === 'PATCH' ? this.#patched(path, body) : body
    if (whole === undefined) return answer(404, { title: 'unknown' })
    const schema = SCHEMAS[collection]
    const parsed = schema === undefined ? undefined : parseDocument(schema, whole, 'whole')
    if (parsed !== undefined && !parsed.ok) {
      this.refusals.push(`${path}: ${parsed.findings.map((f) => `${f.pointer} ${f.message}`).join('; ')}`)
      return answer(422, { title: 'invalid' })
    }
    const created = !this.objects.has(path)
    this.#store(path, whole)
    if (side === 'cpo')
      this.#emit('emsp', `${collection.replace(/s$/, '')}.${created ? 'created' : 'updated'}`, whole)
    return answer(created ? 201 : 200, {})
  }

  #store(path: string, document: JsonObject): void {
    this.objects.set(path, document)
    this.states.push({ path, document })
  }

  /** PATCH as OCPI has it: fields replace, charging periods append. */
  #patched(path: string, body: JsonObject): JsonObject | undefined {
    const stored = this.objects.get(path)
    if (stored === undefined) return undefined
    const charging_periods = [...list(stored.charging_periods), ...list(body.charging_periods)]
    return { ...stored, ...body, ...(stored.charging_periods === undefined ? {} : { charging_periods }) }
  }

  #evse(method: string, path: string, body: JsonObject, answer: Reply): null {
    const [location = '', uid = ''] = path.split('/evses/')
    const stored = this.objects.get(location)
    const evse = list(stored?.evses)
      .filter(isJsonObject)
      .find((candidate) => candidate.uid === uid)
    if (stored === undefined || evse === undefined) return answer(404, { title: 'unknown' })
    if (method === 'GET') return answer(200, evse)
    const evses = list(stored.evses).map((other) => (other === evse ? { ...evse, ...body } : other))
    this.#store(location, { ...stored, evses })
    return answer(200, {})
  }

  #decide(uid: string | undefined): JsonObject {
    const token = [...this.objects.entries()].find(
      ([path, t]) => path.startsWith('/tokens') && t.uid === uid,
    )?.[1]
    const known = { allowed: 'ALLOWED', reason: 'whitelist_always', auth_method: 'WHITELIST', token }
    return token === undefined ? { allowed: 'NOT_ALLOWED', reason: 'unknown_token', token: null } : known
  }

  #send(type: string, body: JsonObject, answer: Reply): null {
    const { country_code: _country, party_id: _party, ...request } = body
    const id = this.command(type, request)
    return answer(201, { id, direction: 'sent', state: 'ACCEPTED', response: 'ACCEPTED', result: null })
  }

  #finish(id: string, body: JsonObject, answer: Reply): null {
    const command = this.commands.get(id)
    if (command === undefined) return answer(404, { title: 'unknown' })
    command.state = 'DONE'
    command.result = textAt(body, 'result') ?? null
    this.#emit('emsp', 'command.updated', { ...command, direction: 'sent', response: 'ACCEPTED' })
    return answer(200, command)
  }

  #emit(side: 'cpo' | 'emsp', type: string, data: unknown): void {
    const seq = this.#log.length + 1
    const frame = `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ type, seq, subject: '', data })}\n\n`
    this.#log.push({ side, seq, frame })
    for (const [response, of] of this.#streams) if (of === side) response.write(frame)
  }

  #stream(side: 'cpo' | 'emsp', request: IncomingMessage, response: ServerResponse): null {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 2000\n\n')
    const last = request.headers['last-event-id']
    if (typeof last === 'string')
      for (const entry of this.#log)
        if (entry.side === side && entry.seq > Number(last)) response.write(entry.frame)
    this.#streams.set(response, side)
    response.once('close', () => this.#streams.delete(response))
    return null
  }
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}/api/v1`
}

/** Starts the stub on two loopback ports. */
export const startOperatorStub = async (): Promise<OperatorStub> => {
  const stub = new Stub()
  const servers = (['cpo', 'emsp'] as const).map((side) =>
    createServer((request, response) => void stub.handle(side, request, response)),
  )
  const [cpoUrl = '', emspUrl = ''] = await Promise.all(servers.map(listen))
  return {
    cpoUrl,
    emspUrl,
    key: KEY,
    objects: stub.objects,
    history: (prefix) =>
      stub.states.filter(({ path }) => path.startsWith(prefix)).map(({ document }) => document),
    refusals: stub.refusals,
    requests: stub.requests,
    disturb: (kind, requests) => stub.disturb(kind, requests),
    dropStreams: () => stub.dropStreams(),
    command: (type, request) => stub.command(type, request),
    result: (id) => stub.commands.get(id)?.result ?? undefined,
    tellEmsp: (type, data) => stub.tell('emsp', type, data),
    tellCpo: (type, data) => stub.tell('cpo', type, data),
    close: async () => {
      stub.dropStreams()
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}
