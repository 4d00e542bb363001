import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cdr, location, session, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** What two nodes say to each other stands in the conversation of both (promise 8). */
let cpo: TestNode
let emsp: TestNode
/** Id of the eMSP at the CPO, and of the CPO at the eMSP. */
let emspId: string
let cpoId: string

const details = { name: 'Test company' }

interface Shown {
  readonly id: number
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly partner_id: string | null
  readonly method: string
  readonly path: string
  readonly module: string | null
  readonly operation: string
  readonly object: { kind: string; country_code: string | null; party_id: string | null; id: string } | null
  readonly http_status: number | null
  readonly status_code: number | null
  readonly outcome: string
  readonly request_id: string
  readonly correlation_id: string
  readonly attempt: number
}
interface Page {
  readonly items: readonly Shown[]
  readonly next: string | null
  readonly recording: { enabled: boolean; dropped: Record<string, number>; gaps: unknown[] }
}
interface Step {
  readonly kind: string
  readonly text: string
  readonly at: string
  readonly messages: readonly number[]
  readonly events: readonly number[]
}

const get = async <T>(node: TestNode, path: string): Promise<T> => (await node.api('GET', path)).body as T
const messages = async (node: TestNode, query = ''): Promise<readonly Shown[]> =>
  (await get<Page>(node, `/messages?limit=1000${query}`)).items

const start = { token: { uid: '04AA11BB22CC33', type: 'RFID' }, location_id: 'LOC1', evse_uid: 'E2' }

beforeAll(async () => {
  cpo = await startTestNode()
  emsp = await startTestNode()
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: details })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: details })
  await cpo.api('PUT', '/locations/DE/CPO/LOC1', location())
  await emsp.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token('04AA11BB22CC33', { whitelist: 'NEVER' }))
  const invited = (await emsp.api('POST', '/partners', { name: 'The CPO' })).body as Record<string, string>
  cpoId = String(invited.id)
  const { body } = await cpo.api('POST', '/partners', {
    name: 'The eMSP',
    versions_url: invited.versions_url,
    token_a: invited.token_a,
  })
  emspId = String((body as { id: string }).id)
  const known = async (node: TestNode, path: string) =>
    eventually(path, async () => (await node.api('GET', path)).status === 200 || undefined)
  await known(emsp, '/locations/DE/CPO/LOC1')
  await known(cpo, '/tokens/DE/MSP/04AA11BB22CC33')
  const decision = (await cpo.api('POST', '/authorizations', { token_uid: '04AA11BB22CC33', type: 'RFID' }))
    .body as { allowed: string; authorization_reference: string }
  expect(decision.allowed).toBe('ALLOWED')
  const sent = (await emsp.api('POST', '/commands/START_SESSION', start)).body as Record<string, unknown>
  const reference = (sent.request as Record<string, unknown>).authorization_reference
  const received = await get<{ items: { id: string }[] }>(cpo, '/commands?direction=received')
  await cpo.api('POST', `/commands/${received.items[0]?.id}/result`, { result: 'ACCEPTED' })
  const own = { authorization_reference: reference, auth_method: 'COMMAND', evse_uid: 'E2' }
  await cpo.api('PUT', '/sessions/DE/CPO/S1', session('S1', own))
  await known(emsp, '/sessions/DE/CPO/S1')
  await cpo.api('PUT', '/cdrs/DE/CPO/CDR1', cdr('CDR1', { authorization_reference: reference }))
  await known(emsp, '/cdrs/DE/CPO/CDR1')
})

afterAll(async () => {
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
})

describe('the conversation', () => {
  it('has every request on both sides, with the same ids', async () => {
    const sent = (await messages(cpo, '&direction=out')).filter(({ http_status }) => http_status !== null)
    const arrived = new Map((await messages(emsp, '&direction=in')).map((each) => [each.request_id, each]))
    expect(sent.length).toBeGreaterThan(5)
    for (const each of sent) {
      const other = arrived.get(each.request_id)
      expect([each.operation, other?.correlation_id]).toEqual([each.operation, each.correlation_id])
      expect(other).toMatchObject({
        method: each.method,
        http_status: each.http_status,
        status_code: each.status_code,
        outcome: each.outcome,
        object: each.object,
      })
    }
  })

  it.each([
    ['direction=in&module=tokens', { direction: 'in', module: 'tokens' }],
    ['kind=location&object_id=loc1&party=DE*CPO', { object: { kind: 'location', id: 'LOC1' } }],
    [
      'kind=session&party=DE-CPO',
      { object: { kind: 'session', country_code: 'DE', party_id: 'CPO', id: 'S1' } },
    ],
    ['kind=cdr', { object: { kind: 'cdr', id: 'CDR1' } }],
    ['status=1000', { status_code: 1000 }],
    ['status=200', { http_status: 200 }],
    ['outcome=ok', { outcome: 'ok' }],
    ['text=START_SESSION', { module: 'commands' }],
  ])('is filtered by %s', async (query, expected) => {
    const found = await messages(cpo, `&${query}`)
    expect(found.length).toBeGreaterThan(0)
    for (const each of found) expect(each).toMatchObject(expected)
  })

  it('is filtered by partner, request, correlation and time, and paged from the newest on', async () => {
    const all = await messages(cpo)
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a))
    expect(await messages(cpo, `&partner=${emspId}`)).toEqual(
      all.filter((each) => each.partner_id === emspId),
    )
    const one = all[3] as Shown
    expect(await messages(cpo, `&request_id=${one.request_id}`)).toEqual([one])
    expect(await messages(cpo, `&correlation_id=${one.correlation_id}`)).toContainEqual(one)
    const until = await messages(cpo, `&to=${one.at}`)
    expect(until.every(({ at }) => at < one.at)).toBe(true)
    const since = await messages(cpo, `&from=${one.at}`)
    expect(since.length + until.length).toBe(all.length)
    const pages: Shown[] = []
    let cursor = ''
    do {
      const page: Page = await get(cpo, `/messages?limit=7&to=${all[0]?.at}${cursor}`)
      pages.push(...page.items)
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(pages).toEqual(all.filter(({ at }) => at < String(all[0]?.at)))
  })

  it('shows one message whole: headers, bodies, lengths', async () => {
    const [pushed] = await messages(emsp, '&kind=session&direction=in')
    const whole = await get<Record<string, Record<string, unknown>>>(emsp, `/messages/${pushed?.id}`)
    const body = JSON.parse(String(whole.request?.body)) as Record<string, unknown>
    expect(body).toMatchObject({ id: 'S1', evse_uid: 'E2' })
    expect(whole.request).toMatchObject({ bytes: Buffer.byteLength(String(whole.request?.body)), cut: false })
    expect(whole.request?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': pushed?.request_id,
      'ocpi-from-party-id': 'CPO',
    })
    expect(JSON.parse(String(whole.response?.body))).toMatchObject({ status_code: 1000 })
    expect(JSON.stringify(whole)).not.toMatch(/authorization"/i)
  })

  it('is copied as a curl command that a shell understands, without the token', async () => {
    const [pushed] = await messages(cpo, '&kind=session&direction=out')
    const response = await fetch(`${cpo.url}/api/v1/messages/${pushed?.id}/curl`, {
      headers: { authorization: `Bearer ${cpo.apiKey}` },
    })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await response.text()
    expect(text).toContain(`'${emsp.url}${pushed?.path}'`)
    const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${text}`
    const env = { PATH: process.env.PATH, OCPI_TOKEN: 'the-token' }
    const words = execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0')
    expect(words).toContain('authorization: Token the-token')
    expect(JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '')).toMatchObject({ id: 'S1' })
  })

  it('puts the messages of a correlation in order, on both sides', async () => {
    const sent = await get<{ items: { correlation_id: string }[] }>(emsp, '/commands?direction=sent')
    const id = sent.items[0]?.correlation_id
    const here = await get<Page>(emsp, `/correlations/${id}`)
    const there = await get<Page>(cpo, `/correlations/${id}`)
    expect(here.items.map(({ direction, operation }) => `${direction} ${operation}`)).toEqual([
      'out commands.receiver.startSession',
      'in commands.sender.result',
    ])
    expect(there.items.map(({ direction, operation }) => `${direction} ${operation}`)).toEqual([
      'in commands.receiver.startSession',
      'out result',
    ])
    expect(here.items.map(({ request_id }) => request_id)).toEqual(
      there.items.map(({ request_id }) => request_id),
    )
    expect((await cpo.api('GET', '/correlations/nobody-knows-it')).status).toBe(404)
  })
})

describe('the story of a session', () => {
  const story = async (node: TestNode): Promise<readonly Step[]> =>
    (await get<{ steps: Step[] }>(node, '/sessions/DE/CPO/S1/story')).steps

  it('tells support of the eMSP what happened, in order', async () => {
    const steps = await story(emsp)
    const texts = steps.map(({ text }) => text)
    const asked = texts.findIndex((text) =>
      text.startsWith(
        'We asked The CPO to start charging at location LOC1, EVSE E2. The answer was ACCEPTED.',
      ),
    )
    const result = texts.findIndex((text) =>
      /came to its end\. The result was ACCEPTED after \d+ s\./.test(text),
    )
    const told = texts.findIndex((text) =>
      /^The CPO told us that session S1 is \w+ with [\d.]+ kWh\.$/.test(text),
    )
    const billed = texts.findIndex((text) => /^The CPO sent us the CDR CDR1 of 20 kWh\.$/.test(text))
    expect([asked, result, told, billed].every((index) => index >= 0)).toBe(true)
    expect([asked, result, told, billed]).toEqual([asked, result, told, billed].toSorted((a, b) => a - b))
    expect(texts).toContain('The CDR CDR1 says 20 kWh, 9 EUR before taxes.')
  })

  it('names the messages that carried each step, and the events', async () => {
    const steps = await story(emsp)
    const ids = new Set((await messages(emsp)).map(({ id }) => id))
    for (const kind of ['command', 'command_result', 'session', 'cdr'])
      expect(steps.some((step) => step.kind === kind && step.messages.length > 0)).toBe(true)
    expect(steps.flatMap((step) => step.messages).every((id) => ids.has(id))).toBe(true)
    expect(steps.some((step) => step.events.length > 0)).toBe(true)
  })

  it('tells the CPO the same from its side, with the question about the card', async () => {
    const texts = (await story(cpo)).map(({ text }) => text)
    expect(texts).toContainEqual(
      expect.stringMatching(/^The eMSP asked us to start charging at location LOC1, EVSE E2\./),
    )
    expect(texts).toContainEqual(expect.stringMatching(/^We told The eMSP that session S1 /))
    expect(texts).toContainEqual(expect.stringMatching(/^We sent The eMSP the CDR CDR1/))
    expect((await cpo.api('GET', '/sessions/DE/CPO/NONE/story')).status).toBe(404)
  })
})

describe('a request sent again', () => {
  const newest = async (): Promise<Shown> => {
    const [pushed] = await messages(cpo, '&kind=session&direction=out')
    return pushed as Shown
  }

  it('is refused for a partner that is not there for tests', async () => {
    const { status, body } = await cpo.api('POST', `/messages/${(await newest()).id}/replay`)
    expect([status, body]).toMatchObject([403, { title: 'Not a test partner' }])
    expect(JSON.stringify(body)).toContain('"instance"')
  })

  it('goes to a partner that an operator marked, as it was, under a correlation of its own', async () => {
    const marked = await cpo.api('PATCH', `/partners/${emspId}`, { test_partner: true })
    expect(marked.body).toMatchObject({ test_partner: true })
    const before = await newest()
    const { status, body } = await cpo.api('POST', `/messages/${before.id}/replay`)
    expect([status, body]).toMatchObject([200, { outcome: 'ok', status_code: 1000 }])
    const { correlation_id, message } = body as { correlation_id: string; message: Shown }
    expect(message).toMatchObject({ operation: 'repeat', module: 'sessions', path: before.path })
    const [arrived] = await messages(emsp, `&correlation_id=${correlation_id}`)
    const first = await get<{ request: { body: string } }>(cpo, `/messages/${before.id}`)
    const again = await get<{ request: { body: string } }>(emsp, `/messages/${arrived?.id}`)
    expect(again.request.body).toBe(first.request.body)
  })

  it.each([
    ['a request of the partner', '&direction=in', 409, 'Not a request of this node'],
    ['an exchange of credentials', '&direction=out&module=credentials', 409, 'The request held a secret'],
    ['a result whose address is a secret', '&direction=out&text=hidden', 409, 'The request held a secret'],
  ])('is refused for %s', async (_what, query, expected, title) => {
    const [found] = await messages(cpo, query)
    const { status, body } = await cpo.api('POST', `/messages/${found?.id}/replay`)
    expect([status, (body as { title: string }).title]).toEqual([expected, title])
  })

  it('is refused for messages nobody knows', async () => {
    expect((await cpo.api('POST', '/messages/999999999/replay')).status).toBe(404)
  })
})

describe('a page that follows', () => {
  const read = async (
    path: string,
    lastId: string | undefined,
    work: () => Promise<unknown>,
    want: number,
  ) => {
    const stop = new AbortController()
    const response = await fetch(`${cpo.url}/api/v1${path}`, {
      headers: {
        authorization: `Bearer ${cpo.apiKey}`,
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
      },
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await work()
    let text = ''
    const events: Shown[] = []
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8')
      events.splice(0)
      for (const [, data] of text.matchAll(/^data: (.*)\n\n/gm)) events.push(JSON.parse(data ?? ''))
      if (events.length >= want) break
    }
    stop.abort()
    return events
  }

  it('gets messages as they are recorded, those it asked for', async () => {
    const change = () => cpo.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    const [event] = await read('/messages/live?module=locations&direction=out', undefined, change, 1)
    expect(event).toMatchObject({ module: 'locations', object: { kind: 'evse', id: 'LOC1/E1' } })
  })

  it('goes on after Last-Event-ID: nothing is missed and nothing comes twice', async () => {
    const all = (await messages(cpo)).toReversed()
    const middle = all[Math.floor(all.length / 2)] as Shown
    const rest = all.filter(({ id }) => id > middle.id)
    const events = await read('/messages/live?after=0', String(middle.id), async () => undefined, rest.length)
    expect(events.slice(0, rest.length)).toEqual(rest)
  })
})

describe('strangers', () => {
  it('are recorded without partner, and only so many of them', async () => {
    const knock = (index: number) =>
      fetch(`${cpo.url}/ocpi/2.3.0/sender/locations?n=${index}`, {
        headers: { authorization: 'Token bm9ib2R5' },
      })
    const [first] = await Promise.all(Array.from({ length: 100 }, (_, index) => knock(index)))
    expect(first?.status).toBe(401)
    const page = await get<Page>(cpo, '/messages?partner=none&limit=1000')
    expect(page.items.length).toBeGreaterThan(0)
    // At a turn of the minute there may be twice as many.
    expect(page.items.length + Number(page.recording.dropped.strangers)).toBe(100)
    expect(page.recording.dropped.strangers).toBeGreaterThan(0)
    expect(page.items[0]).toMatchObject({
      partner_id: null,
      http_status: 401,
      outcome: 'refused',
      module: 'locations',
    })
    expect(JSON.stringify(page.recording.gaps)).toContain('strangers')
    const metrics = await fetch(`${cpo.url}/metrics`, { headers: { authorization: `Bearer ${cpo.apiKey}` } })
    expect(await metrics.text()).toMatch(/interwatt_messages_dropped_total\{reason="strangers"\} \d/)
  })
})

describe('wrong input', () => {
  it.each([
    '/messages?direction=sideways',
    '/messages?outcome=perhaps',
    '/messages?status=7',
    '/messages?status=abc',
    '/messages?party=GERMANY',
    '/messages?from=yesterday',
    '/messages?to=1900-01-01T00:00:00Z',
    '/messages?cursor=abc',
    '/messages?limit=0',
    '/messages?limit=1001',
    '/messages?text=',
    '/messages?text=%00',
    '/messages?unknown=1',
    '/messages/abc',
    '/messages/-1',
    '/messages/1%27',
    '/messages/9999999999999999',
    '/messages/abc/curl',
    '/messages/live?direction=sideways',
    '/messages/live?after=-1',
    '/messages/live?from=2026-01-01T00:00:00Z',
    '/sessions/GERMANY/CPO/S1/story',
  ])('%s is answered 400', async (path) => {
    expect(await cpo.api('GET', path)).toMatchObject({ status: 400, body: { status: 400 } })
  })

  it('a number that no message has is answered 404', async () => {
    for (const path of ['/messages/999999999', '/messages/999999999/curl'])
      expect((await cpo.api('GET', path)).status).toBe(404)
  })

  it('a Last-Event-ID that is none is answered 400', async () => {
    const response = await fetch(`${cpo.url}/api/v1/messages/live`, {
      headers: { authorization: `Bearer ${cpo.apiKey}`, 'last-event-id': 'abc' },
    })
    expect(response.status).toBe(400)
  })

  it.each(['/messages', '/messages/1', '/messages/live', '/correlations/1'])(
    '%s asks for a key',
    async (path) => {
      expect((await fetch(`${cpo.url}/api/v1${path}`)).status).toBe(401)
    },
  )

  it('a partner is marked by true or false only', async () => {
    expect((await cpo.api('PATCH', `/partners/${emspId}`, { test_partner: 'yes' })).status).toBe(400)
    expect(cpoId).not.toBe(emspId)
  })
})
