import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { WITNESS } from './documents.js'

const base64 = (text) => Buffer.from(text, 'utf8').toString('base64')
const MODULES = ['locations', 'tariffs', 'sessions', 'cdrs']

const found = { http: 200, code: 1000 }
const missing = { http: 404, code: 2003 }

/**
 * An eMSP of a third party, written with nothing of ours and never killed: it keeps what it is sent and counts what
 * it should not be sent: a CDR that it has already, a state older than the one it has.
 */
export class Witness {
  held = new Map(MODULES.map((module) => [module, new Map()]))
  /** CDRs that were POSTed although they were taken before. */
  doubled = []
  /** States that came after a newer one of the same object. */
  disordered = []
  requests = 0
  #token = `witness-${Math.random().toString(36).slice(2)}`
  #server
  #random

  constructor(random) {
    this.#random = random
  }

  async start(port) {
    this.url = `http://127.0.0.1:${port}`
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
    await new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
  }

  async stop() {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve()))
  }

  /** Registers with a node that invited it. */
  async register(versionsUrl, tokenA) {
    const ask = async (url, method = 'GET', body) => {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Token ${base64(tokenA)}`,
          'x-request-id': crypto.randomUUID(),
          'x-correlation-id': crypto.randomUUID(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const { status_code: code, status_message: message, data } = await response.json()
      if (code !== 1000) throw new Error(`The node answers ${code} to the witness: ${message}`)
      return data
    }
    const version = (await ask(versionsUrl)).find((one) => one.version === '2.3.0')
    const { endpoints } = await ask(version.url)
    const { url } = endpoints.find(({ identifier }) => identifier === 'credentials')
    await ask(url, 'POST', this.#credentials())
  }

  #credentials() {
    const roles = [{ role: 'EMSP', ...WITNESS, business_details: { name: 'Witness' } }]
    return { token: this.#token, url: `${this.url}/versions`, roles }
  }

  async #serve(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const path = new URL(request.url, this.url).pathname.split('/').slice(1).map(decodeURIComponent)
    const answer = this.#answer(request.method, path, text === '' ? undefined : JSON.parse(text))
    await sleep(this.#random.between(0, 15))
    const { http, code, data } = answer
    response.writeHead(http, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ data, status_code: code, timestamp: new Date().toISOString() }))
  }

  #answer(method, [first, module, ...rest], body) {
    if (first === 'versions') return { ...found, data: [{ version: '2.3.0', url: `${this.url}/2.3.0` }] }
    if (module === undefined) return { ...found, data: this.#details() }
    if (module === 'credentials') return { ...found, data: this.#credentials() }
    this.requests += 1
    const objects = this.held.get(module)
    if (objects === undefined) return missing
    if (module === 'cdrs') return this.#cdr(objects, method, rest, body)
    const [, , id, uid] = rest
    if (module === 'locations' && uid !== undefined) return this.#evse(objects.get(id), method, uid, body)
    return this.#object(objects, method, id, body)
  }

  #details() {
    const of = (identifier, role) => ({ identifier, role, url: `${this.url}/2.3.0/${identifier}` })
    return {
      version: '2.3.0',
      endpoints: [of('credentials', 'SENDER'), ...MODULES.map((module) => of(module, 'RECEIVER'))],
    }
  }

  #cdr(objects, method, [, , id], body) {
    if (method === 'GET') return objects.has(id) ? { ...found, data: objects.get(id) } : missing
    if (objects.has(body.id)) this.doubled.push(body.id)
    objects.set(body.id, body)
    return { http: 201, code: 1000 }
  }

  #object(objects, method, id, body) {
    const held = objects.get(id)
    if (method === 'GET') return held === undefined ? missing : { ...found, data: held }
    if (method === 'DELETE') return objects.delete(id) ? found : missing
    if (method === 'PATCH' && held === undefined) return missing
    this.#checkOrder(id, held, body)
    objects.set(id, method === 'PATCH' ? { ...held, ...body } : body)
    return found
  }

  #evse(location, method, uid, body) {
    const evses = location?.evses ?? []
    const index = evses.findIndex((evse) => evse.uid === uid)
    if (location === undefined || (index < 0 && method !== 'PUT')) return missing
    if (method === 'GET') return { ...found, data: evses[index] }
    this.#checkOrder(uid, evses[index], body)
    evses[index < 0 ? evses.length : index] = method === 'PATCH' ? { ...evses[index], ...body } : body
    location.evses = evses
    if (body.last_updated > location.last_updated) location.last_updated = body.last_updated
    return found
  }

  #checkOrder(id, held, body) {
    if (held !== undefined && body.last_updated < held.last_updated)
      this.disordered.push(`${id}: ${body.last_updated} after ${held.last_updated}`)
  }
}
