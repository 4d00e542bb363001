import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Document } from '@interwatt/store'

/** One request as a partner received it. */
export interface Received {
  readonly method: string
  /** Below the stub's base, decoded, with the query. */
  readonly path: string
  readonly body: Document | undefined
  readonly headers: IncomingMessage['headers']
}

/** What a stub does instead of answering as OCPI asks; undefined answers normally. */
export type Misbehaviour =
  | { readonly kind: 'answer'; readonly http: number; readonly code: number; readonly message?: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  /** Stores what was sent, then cuts the connection instead of answering. */
  | { readonly kind: 'lose_answer' }
  | { readonly kind: 'garbage'; readonly bytes: number }
  | { readonly kind: 'slow'; readonly delayMs: number }

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A partner over real HTTP: keeps what it is sent, serves lists, and misbehaves when told to. */
export class StubPartner {
  readonly received: Received[] = []
  readonly objects = new Map<string, Document>()
  readonly lists: Record<string, Document[]> = {}
  pageSize = 2
  /** Host that links lead to; the stub itself when left out. */
  linkTo: string | undefined
  /** The last page links to the second one. */
  linkBack = false
  behave: (request: Received) => Misbehaviour | undefined = () => undefined
  /** Most requests that were open at once for one path. */
  mostPerPath = 0
  private readonly openPaths = new Map<string, number>()
  private server: Server | undefined
  private port = 0

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Starts listening, on the same port again after a stop. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.server = server
    this.port = (server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  /** Requests with a method other than GET, in order of arrival. */
  get writes(): readonly Received[] {
    return this.received.filter((one) => one.method !== 'GET')
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const received: Received = {
      method: request.method ?? '',
      path: decodeURIComponent(request.url ?? ''),
      body: text === '' ? undefined : (JSON.parse(text) as Document),
      headers: request.headers,
    }
    this.received.push(received)
    const open = (this.openPaths.get(received.path) ?? 0) + 1
    this.openPaths.set(received.path, open)
    this.mostPerPath = Math.max(this.mostPerPath, open)
    try {
      await this.respond(received, response)
    } finally {
      this.openPaths.set(received.path, (this.openPaths.get(received.path) ?? 1) - 1)
    }
  }

  private async respond(received: Received, response: ServerResponse): Promise<void> {
    const odd = this.behave(received)
    switch (odd?.kind) {
      case 'hang':
        return
      case 'reset':
        response.socket?.resetAndDestroy()
        return
      case 'garbage':
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end('x'.repeat(odd.bytes))
        return
      case 'answer':
        envelope(response, odd.http, { code: odd.code, message: odd.message ?? 'no' })
        return
      case 'lose_answer':
        this.store(received)
        response.socket?.destroy()
        return
      case 'slow':
        await delay(odd.delayMs)
    }
    this.answer(received, response)
  }

  private answer(received: Received, response: ServerResponse): void {
    const { method, path } = received
    if (method === 'GET') this.answerGet(path, response)
    else this.answerWrite(received, response)
  }

  private answerGet(path: string, response: ServerResponse): void {
    const list = /^\/sender\/(\w+)(?:\?(.*))?$/.exec(path)
    const found = this.objects.get(path)
    if (list !== null) this.page(list[1] ?? '', list[2] ?? '', response)
    else if (path === '/versions') envelope(response, 200, { data: [] })
    else if (found !== undefined) envelope(response, 200, { data: found })
    else envelope(response, 404, { code: 2003 })
  }

  private answerWrite(received: Received, response: ServerResponse): void {
    const { method, path } = received
    const known = this.objects.has(path)
    if (method === 'PATCH' && !known) {
      envelope(response, 404, { code: 2003 })
      return
    }
    this.store(received)
    if (method === 'POST') response.setHeader('location', `${this.url}${cdrPath(received)}`)
    envelope(response, method === 'DELETE' || known ? 200 : 201, {})
  }

  private store(received: Received): void {
    const { method, path, body } = received
    if (method === 'DELETE') this.objects.delete(path)
    else if (method === 'POST') this.objects.set(cdrPath(received), body ?? {})
    else if (method === 'PATCH') this.objects.set(path, { ...this.objects.get(path), ...body })
    else this.objects.set(path, body ?? {})
    const evses = method === 'PUT' && Array.isArray(body?.evses) ? body.evses : []
    for (const evse of evses) this.objects.set(`${path}/${evse.uid}`, evse)
  }

  private page(module: string, search: string, response: ServerResponse): void {
    const query = new URLSearchParams(search)
    const from = query.get('date_from') ?? ''
    const all = (this.lists[module] ?? []).filter((one) => String(one.last_updated) >= from)
    const offset = Number(query.get('offset') ?? 0)
    const end = offset + this.pageSize
    response.setHeader('x-total-count', String(all.length))
    response.setHeader('x-limit', String(this.pageSize))
    if (end < all.length || this.linkBack) {
      query.set('offset', String(end < all.length ? end : this.pageSize))
      response.setHeader('link', `<${this.linkTo ?? this.url}/sender/${module}?${query}>; rel="next"`)
    }
    envelope(response, 200, { data: all.slice(offset, end) })
  }
}

const cdrPath = ({ path, body }: Received): string =>
  `${path}/${body?.country_code}/${body?.party_id}/${body?.id}`

const envelope = (
  response: ServerResponse,
  http: number,
  answer: { readonly code?: number; readonly message?: string; readonly data?: unknown },
): void => {
  const { code = 1000, message, data } = answer
  response.writeHead(http, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({ data, status_code: code, status_message: message, timestamp: new Date().toISOString() }),
  )
}
