import { checkDocument, schemaOf } from '@interwatt/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, later } from '../support/connect.js'
import { cdrToken, session, session221, token } from '../support/documents.js'
import type { Received, StubAnswer } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Our node as eMSP and as SCSP steers sessions of a foreign CPO. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const ELSE = { country_code: 'NL', party_id: 'ELS' }

const profile = (limit = 8.5) => ({
  charging_rate_unit: 'A',
  charging_profile_period: [{ start_period: 0, limit }],
})
const active = (limit: number, seconds = 0) => ({
  start_date_time: later(seconds),
  charging_profile: { ...profile(limit), duration: 900 },
})

describe.each([
  { version: '2.2.1' as const, aSession: session221 },
  { version: '2.3.0' as const, aSession: session },
])('our Sender of charging profiles and a foreign CPO in $version', ({ version, aSession }) => {
  let node: TestNode
  let cpo: Connected
  let other: Connected
  const path = (rest: string): string => `/${version}/receiver/chargingprofiles${rest}`
  const api = async (method: string, address: string, body?: unknown) => {
    const answer = await node.api(method, address, body)
    return { status: answer.status, body: (answer.body ?? {}) as Record<string, unknown> }
  }
  const set = (body: unknown = profile(), id = 'S1') =>
    api('PUT', `/sessions/DE/CPO/${id}/charging-profile`, body)
  const clear = (id = 'S1') => api('DELETE', `/sessions/DE/CPO/${id}/charging-profile`)
  const read = (duration?: number) =>
    api(
      'POST',
      `/sessions/DE/CPO/S1/active-charging-profile${duration === undefined ? '' : `?duration=${duration}`}`,
    )
  const known = () => api('GET', '/sessions/DE/CPO/S1/active-charging-profile')
  const follow = async (request: { body: Record<string, unknown> }) =>
    (await api('GET', `/charging-profiles/${String(request.body.id)}`)).body
  const sent = (): Received[] => cpo.party.received.filter((request) => request.path.startsWith(path('')))
  const last = (): Received => sent().at(-1) as Received
  const responseUrl = (): string => {
    const { body, query } = last()
    return query.get('response_url') ?? String((body as { response_url: string }).response_url)
  }
  const answer = (given: StubAnswer) => {
    for (const method of ['GET', 'PUT', 'DELETE']) cpo.party.routes.set(`${method} ${path('')}`, () => given)
  }
  const accepted = (timeout = 30) => ({ data: { result: 'ACCEPTED', timeout } })
  const tell = (body: unknown, url = responseUrl(), from = cpo) => from.party.send('POST', url, { body })
  const update = (body: unknown, id = 'S1', from = cpo, headers = {}) =>
    from.party.send('PUT', from.party.at('chargingprofiles', 'SENDER', `/${id}`), { body, headers })
  const events = async (type: string) =>
    (await node.node.stores.events.feed({ after: 0, limit: 1000, types: [type] })).map(({ data }) => data)

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    await node.api('PUT', '/tokens/DE/MSP/T1', token('T1'))
    const endpoints = [
      { identifier: 'sessions', role: 'SENDER' },
      { identifier: 'chargingprofiles', role: 'RECEIVER' },
    ] as const
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await connect(node, { version, role: 'CPO', party, endpoints })
    other = await connect(node, { version, role: 'CPO', party: OTHER, endpoints })
    for (const [id, change] of [
      ['S1', {}],
      ['OVER', { status: 'COMPLETED' }],
      ['THEIRS', { cdr_token: cdrToken('X', ELSE) }],
    ] as const) {
      const url = cpo.party.at('sessions', 'RECEIVER', `/DE/CPO/${id}`)
      expect(codes(await cpo.party.send('PUT', url, { body: aSession(id, change) }))).toEqual([201, 1000])
    }
  })

  beforeEach(() => answer(accepted()))

  afterEach(() => cpo.party.routes.clear())

  afterAll(async () => {
    for (const each of [cpo, other]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('offers its side of the module to the CPO (CP-032)', () => {
    expect(cpo.party.nodeEndpoints.has('chargingprofiles SENDER')).toBe(true)
    expect(cpo.party.nodeEndpoints.has('chargingprofiles RECEIVER')).toBe(false)
  })

  describe('a request', () => {
    it('sets a profile with PUT, in the version of the CPO, from and to the parties (CP-030, CP-043, CP-044)', async () => {
      const request = await set()
      expect(request.status).toBe(201)
      expect(request.body).toMatchObject({
        type: 'SET',
        direction: 'sent',
        state: 'ACCEPTED',
        response: 'ACCEPTED',
        sender: { country_code: 'DE', party_id: 'MSP' },
      })
      expect(JSON.stringify(request.body)).not.toContain('response_url')
      expect(last()).toMatchObject({ method: 'PUT', path: path('/S1') })
      expect(checkDocument(schemaOf(version, 'set_charging_profile') as never, last().body, 'whole')).toEqual(
        [],
      )
      expect(last().body).toMatchObject({ charging_profile: profile() })
      expect(last().headers).toMatchObject({
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'MSP',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'CPO',
      })
    })

    it('clears with DELETE and reads with GET, the address escaped in the query (CP-030, CP-036)', async () => {
      await clear()
      expect(last()).toMatchObject({ method: 'DELETE', path: path('/S1') })
      expect(responseUrl().startsWith(`${node.url}/`)).toBe(true)
      await read()
      expect(last()).toMatchObject({ method: 'GET', path: path('/S1') })
      expect(last().query.get('duration')).toBe('900')
      await read(60)
      expect(last().query.get('duration')).toBe('60')
      expect([...last().query.keys()].sort()).toEqual(['duration', 'response_url'])
    })

    it('carries an address that is ours, short, unguessable and new each time (CP-031)', async () => {
      const urls: string[] = []
      for (const ask of [set, set, clear, read]) {
        await ask()
        urls.push(responseUrl())
      }
      expect(new Set(urls).size).toBe(4)
      for (const url of urls) {
        expect(url.length).toBeLessThanOrEqual(255)
        expect(url.split('/').at(-1)).toMatch(/^[A-Za-z0-9_-]{43}$/)
      }
    })

    it.each([
      ['no list of periods', { charging_rate_unit: 'A' }],
      ['two decimals', profile(8.15)],
      ['another unit', { ...profile(), charging_rate_unit: 'kW' }],
    ])('with %s does not leave (CP-020, CP-021)', async (_what, body) => {
      const before = sent().length
      expect((await set(body)).status).toBe(422)
      expect(sent().length).toBe(before)
    })

    it('for a session that is over, unknown, or of another’s customer does not leave (CP-034)', async () => {
      const before = sent().length
      expect((await set(profile(), 'OVER')).status).toBe(409)
      expect((await set(profile(), 'NOPE')).status).toBe(404)
      expect((await set(profile(), 'THEIRS')).status).toBe(422)
      expect((await clear('THEIRS')).status).toBe(422)
      expect(sent().length).toBe(before)
    })

    it.each(['REJECTED', 'NOT_SUPPORTED', 'TOO_OFTEN', 'UNKNOWN_SESSION'])(
      'that is %s ends there, and its address takes nothing',
      async (response) => {
        answer({ data: { result: response, timeout: 0 } })
        const request = await set()
        expect(request.body).toMatchObject({ state: 'REFUSED', response })
        expect((await tell({ result: 'ACCEPTED' })).http).toBe(404)
        expect(await follow(request)).toMatchObject({ state: 'REFUSED', result: null })
      },
    )

    it('without a usable answer is FAILED; a result in time still counts', async () => {
      answer({ http: 500 })
      const request = await set()
      expect(request.body).toMatchObject({ state: 'FAILED' })
      expect(codes(await tell({ result: 'ACCEPTED' }))).toEqual([200, 1000])
      expect(await follow(request)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
      answer({ data: { surprise: true } })
      expect((await set()).body).toMatchObject({ state: 'FAILED' })
    })

    it('is waited for without a timeout in the answer (CMD-069)', async () => {
      answer({ data: { result: 'ACCEPTED' } })
      expect((await set()).body).toMatchObject({ state: 'ACCEPTED' })
    })
  })

  describe('a result', () => {
    it('of each kind comes at the address of its request, and is told apart (CP-031, CP-033)', async () => {
      const setting = await set()
      const done = await tell({ result: 'ACCEPTED' })
      expect(codes(done)).toEqual([200, 1000])
      expect(done.envelope).not.toHaveProperty('data')
      const clearing = await clear()
      await tell({ result: 'UNKNOWN' })
      const reading = await read()
      await tell({ result: 'ACCEPTED', profile: active(6, 100) })
      expect(await follow(setting)).toMatchObject({
        type: 'SET',
        state: 'DONE',
        result: 'ACCEPTED',
        profile: null,
      })
      expect(await follow(clearing)).toMatchObject({ type: 'CLEAR', state: 'DONE', result: 'UNKNOWN' })
      expect(await follow(reading)).toMatchObject({
        type: 'READ',
        state: 'DONE',
        result: 'ACCEPTED',
        profile: active(6, 100),
      })
      expect((await known()).body).toMatchObject({ partner_id: cpo.id, profile: active(6, 100) })
      await eventually('the event', async () =>
        (await events('charging_profile.updated')).find(
          (event) => JSON.stringify(event).includes('"READ"') && JSON.stringify(event).includes('"DONE"'),
        ),
      )
    })

    it('may come in an envelope', async () => {
      const request = await set()
      await tell({ data: { result: 'ACCEPTED' }, status_code: 1000, timestamp: later(0) })
      expect(await follow(request)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })

    it('may come before the answer to the request', async () => {
      cpo.party.routes.set(`PUT ${path('')}`, async ({ body }) => {
        await tell({ result: 'ACCEPTED' }, String((body as { response_url: string }).response_url))
        return accepted()
      })
      expect((await set()).body).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })

    it('from elsewhere, at another address or of another kind changes nothing (CP-031)', async () => {
      const request = await set()
      const url = responseUrl()
      const guesses = [
        url.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
        url.replace('/SET/', '/CLEAR/'),
        url.replace('/SET/', '/READ/'),
        url.replace('/SET/', '/OTHER/'),
      ]
      for (const guess of guesses) expect((await tell({ result: 'ACCEPTED' }, guess)).http).toBe(404)
      expect((await tell({ result: 'ACCEPTED' }, url, other)).http).toBe(404)
      const nobody = await cpo.party.send('POST', url, { token: null, body: { result: 'ACCEPTED' } })
      expect(codes(nobody)).toEqual([401, 2000])
      expect(await follow(request)).toMatchObject({ state: 'ACCEPTED', result: null })
      expect((await tell({ result: 'REJECTED' }, url)).http).toBe(200)
    })

    it('counts once: a used address changes nothing (CP-031)', async () => {
      const request = await set()
      const both = await Promise.all([tell({ result: 'ACCEPTED' }), tell({ result: 'REJECTED' })])
      expect(both.map(({ http }) => http).sort()).toEqual([200, 404])
      const first = await follow(request)
      expect((await tell({ result: first.result === 'ACCEPTED' ? 'REJECTED' : 'ACCEPTED' })).http).toBe(404)
      expect(await follow(request)).toEqual(first)
    })

    it('after the deadline changes nothing: the outcome stays unknown (CP-031, CP-035)', async () => {
      answer(accepted(5))
      const request = await set()
      await eventually(
        'the end of the wait',
        async () => ((await follow(request)).state === 'TIMEOUT' ? true : undefined),
        10_000,
      )
      expect((await tell({ result: 'ACCEPTED' })).http).toBe(404)
      expect(await follow(request)).toMatchObject({ state: 'TIMEOUT', result: null })
    })

    it.each([
      ['no result', {}],
      ['a result that is none', { result: 'TIMEOUT' }],
      ['a list', []],
    ])('with %s is 2001, and the request goes on waiting', async (_what, body) => {
      const request = await set()
      expect(codes(await tell(body))).toEqual([200, 2001])
      expect(await follow(request)).toMatchObject({ state: 'ACCEPTED' })
      expect((await tell({ result: 'ACCEPTED' })).http).toBe(200)
    })

    it('is taken after a restart (promise 1)', async () => {
      const request = await set()
      await node.restart()
      expect((await tell({ result: 'ACCEPTED' })).http).toBe(200)
      expect(await follow(request)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })
  })

  describe('an update of the active profile', () => {
    it('is stored and told, the newest wins, in whatever order they come (CP-033, CP-037)', async () => {
      const first = await update(active(10, 200))
      expect(codes(first)).toEqual([200, 1000])
      expect(first.envelope).not.toHaveProperty('data')
      expect(codes(await update(active(9, 300), 's1'))).toEqual([200, 1000])
      expect(codes(await update(active(16, 250)))).toEqual([200, 1000])
      expect((await known()).body).toMatchObject({ profile: active(9, 300), session: { id: 'S1' } })
      const seen = await eventually('the event of the newest', async () => {
        const all = await events('charging_profile.active')
        return JSON.stringify(all.at(-1) ?? null).includes('"limit":9') ? all : undefined
      })
      expect(seen.at(-1)).toMatchObject({ partner_id: cpo.id, profile: active(9, 300) })
      expect(seen.filter((event) => JSON.stringify(event).includes('"limit":16'))).toEqual([])
    })

    it('of a session of somebody else, or of none, is 404 (promise 3)', async () => {
      const before = (await known()).body
      expect((await update(active(1, 900), 'S1', other)).http).toBe(404)
      expect((await update(active(1, 900), 'NOPE')).http).toBe(404)
      const foreign = { 'ocpi-from-country-code': 'NL', 'ocpi-from-party-id': 'OTH' }
      expect((await update(active(1, 900), 'S1', cpo, foreign)).http).toBe(404)
      expect((await known()).body).toEqual(before)
    })

    it('that cannot be read is 2001; other methods are 405 (CP-033)', async () => {
      expect(codes(await update({ charging_profile: profile() }))).toEqual([200, 2001])
      const url = cpo.party.at('chargingprofiles', 'SENDER', '/S1')
      for (const method of ['GET', 'DELETE', 'PATCH', 'POST'])
        expect((await cpo.party.send(method, url, method === 'PATCH' ? { body: {} } : {})).http).toBe(405)
    })

    it('that is odd is kept, and noted as a finding (CP-020)', async () => {
      expect(codes(await update(active(8.25, 400)))).toEqual([200, 1000])
      const found = await eventually('the finding', async () => {
        const { items } = (await api('GET', `/partners/${cpo.id}/findings`)).body as {
          items: { rule: string }[]
        }
        return items.find(({ rule }) => rule === 'CP-020')
      })
      expect(found).toMatchObject({ operation: 'chargingprofiles.sender.update', severity: 'warning' })
    })
  })

  it('as SCSP steers what the CPO sends it, whoever the customer is (CP-034, ROL-012)', async () => {
    await node.api('PUT', '/parties/DE/SCS', { roles: ['SCSP'], business_details: { name: 'Steering' } })
    const request = await set(profile(), 'THEIRS')
    expect(request.body).toMatchObject({
      state: 'ACCEPTED',
      sender: { country_code: 'DE', party_id: 'SCS' },
    })
    expect(last().headers['ocpi-from-party-id']).toBe('SCS')
    expect((await set()).body).toMatchObject({ sender: { party_id: 'MSP' } })
  })

  it('lists what was sent, newest first, page by page', async () => {
    const one = (await api('GET', '/charging-profiles?direction=sent&limit=1')).body as {
      items: { id: string }[]
      next: string
    }
    expect(one.items.length).toBe(1)
    const two = (await api('GET', `/charging-profiles?limit=1&cursor=${one.next}`)).body as typeof one
    expect(two.items[0]?.id).not.toBe(one.items[0]?.id)
    expect((await api('GET', '/charging-profiles?direction=received')).body.items).toEqual([])
  })
})
