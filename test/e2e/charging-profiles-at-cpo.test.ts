import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, quiet } from '../support/connect.js'
import { cdrToken, connector, evse, location, session } from '../support/documents.js'
import type { OcpiAnswer, Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Foreign Senders, an eMSP and an SCSP, steer sessions of our CPO node; the test plays the back end through the operator API. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const SCSP = { country_code: 'NL', party_id: 'SCS' }
const SECOND = { country_code: 'DE', party_id: 'MS2' }
const TIMEOUT_S = 5
const CAPABLE = ['CHARGING_PROFILE_CAPABLE']

interface Shown {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly request: Record<string, unknown>
}

const profile = (change: object = {}) => ({
  charging_rate_unit: 'A',
  charging_profile_period: [{ start_period: 0, limit: 8.5 }],
  ...change,
})
const limits = (...given: number[]) => ({
  charging_profile_period: given.map((limit, index) => ({ start_period: index * 60, limit })),
})

describe.each(['2.2.1', '2.3.0'] as const)('Senders of charging profiles in %s', (version) => {
  let node: TestNode
  let emsp: Connected
  let other: Connected
  let scsp: Connected
  let number = 0

  const at = (rest: string, from = emsp): string => from.party.at('chargingprofiles', 'RECEIVER', rest)
  /** A fresh address for a result, with a query that must stay as it is. */
  const responseUrl = (from = emsp): string => `${from.party.url}/results/${++number}?key=a%20b&n=${number}`
  const query = (given: Record<string, string>): string => `?${new URLSearchParams(given)}`
  const set = (id: string, change: object = {}, from = emsp, more: object = {}): Promise<OcpiAnswer> =>
    from.party.send('PUT', at(`/${id}`, from), {
      body: { charging_profile: profile(change), response_url: responseUrl(from), ...more },
    })
  const clear = (id: string, from = emsp): Promise<OcpiAnswer> =>
    from.party.send('DELETE', at(`/${id}${query({ response_url: responseUrl(from) })}`, from))
  const read = (id: string, given: Record<string, string> = {}, from = emsp): Promise<OcpiAnswer> =>
    from.party.send(
      'GET',
      at(`/${id}${query({ duration: '900', response_url: responseUrl(from), ...given })}`, from),
    )
  const received = async (): Promise<readonly Shown[]> =>
    ((await node.api('GET', '/charging-profiles?direction=received')).body as { items: Shown[] }).items
  const finish = async (result: string, extra: object = {}): Promise<number> => {
    const [newest] = await received()
    return (await node.api('POST', `/charging-profiles/${newest?.id}/result`, { result, ...extra })).status
  }
  const result = (answer: OcpiAnswer): unknown => data(answer).result
  const callbacks = (from = emsp): Received[] =>
    from.party.received.filter((request) => request.path.startsWith('/results/'))
  /** Results of the request that was made last. */
  const mine = (from = emsp): Received[] =>
    callbacks(from).filter(({ path }) => path === `/results/${number}`)
  const updates = (from = emsp): Received[] =>
    from.party.received.filter(
      (request) => request.method === 'PUT' && request.path.includes('chargingprofiles'),
    )
  const updateOf = (id: string) =>
    arrives(emsp.party, 'an update', ({ path }) => path === `/${version}/sender/chargingprofiles/${id}`)
  const active = (limit: number, seconds = 0) => ({
    start_date_time: later(seconds),
    charging_profile: profile({ duration: 900, ...limits(limit) }),
  })
  const report = (id: string, body: unknown) =>
    node.api('PUT', `/sessions/DE/CPO/${id}/active-charging-profile`, body)
  /** A running session of its own for a test, so that profiles and counts do not meet. */
  const running = async (change: object = {}): Promise<string> => {
    const id = `RUN${++number}`
    await node.api('PUT', `/sessions/DE/CPO/${id}`, session(id, change))
    return id
  }

  beforeAll(async () => {
    node = await startTestNode({
      env: { COMMAND_TIMEOUT_SECONDS: String(TIMEOUT_S), CHARGING_PROFILES_PER_MINUTE: '4' },
    })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const evses = [
      evse('E1', { capabilities: CAPABLE, connectors: [connector('1', { max_electric_power: 22_000 })] }),
      evse('PLAIN', { capabilities: [] }),
    ]
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses }))
    const endpoints = [
      { identifier: 'sessions', role: 'RECEIVER' },
      { identifier: 'chargingprofiles', role: 'SENDER' },
    ] as const
    const party = { country_code: 'DE', party_id: 'MSP' }
    emsp = await connect(node, { version, role: 'EMSP', party, alsoParties: [SECOND], endpoints })
    other = await connect(node, { version, role: 'EMSP', party: OTHER, endpoints })
    scsp = await connect(node, { version, role: 'SCSP', party: SCSP })
  })

  beforeEach(() => {
    for (const each of [emsp, other, scsp]) each.party.received.length = 0
  })

  afterEach(async () => {
    emsp.party.routes.clear()
    for (const { id, state } of await received())
      if (state === 'ACCEPTED')
        await node.api('POST', `/charging-profiles/${id}/result`, { result: 'REJECTED' })
  })

  afterAll(async () => {
    for (const each of [emsp, other, scsp]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('find the module where they can use it, on the side of the CPO (VER-015)', () => {
    for (const each of [emsp, scsp]) {
      expect(each.party.nodeEndpoints.has('chargingprofiles RECEIVER')).toBe(true)
      expect(each.party.nodeEndpoints.has('chargingprofiles SENDER')).toBe(false)
    }
  })

  describe('a request', () => {
    it.each([
      ['to set', (id: string) => set(id)],
      ['to read', (id: string) => read(id)],
      ['to clear', (id: string) => clear(id)],
    ])('%s is answered at once, before any charge point (CP-001 to CP-003)', async (_what, ask) => {
      const startedMs = Date.now()
      const answer = await ask(await running())
      expect(Date.now() - startedMs).toBeLessThan(2000)
      expect(codes(answer)).toEqual([200, 1000])
      expect(data(answer)).toEqual({ result: 'ACCEPTED', timeout: TIMEOUT_S })
      expect(callbacks()).toEqual([])
    })

    it('reaches the back end as an event with all it needs', async () => {
      const id = await running()
      await set(id, { duration: 600 })
      const [newest] = await received()
      expect(newest).toMatchObject({
        type: 'SET',
        state: 'ACCEPTED',
        sender: { country_code: 'DE', party_id: 'MSP' },
        session: { country_code: 'DE', party_id: 'CPO', id },
        request: { charging_profile: profile({ duration: 600 }) },
      })
      expect(JSON.stringify(newest)).not.toContain('/results/')
      await eventually('the event', async () => {
        const types = ['charging_profile.received']
        const feed = await node.node.stores.events.feed({ after: 0, limit: 1000, types })
        return feed.find(({ subject }) => subject === newest?.id)
      })
    })

    it('gets its own kind of result, bare, at the address as given (CP-004, CP-018, CP-023, CP-043)', async () => {
      const id = await running()
      const expected = [
        { result: 'ACCEPTED' },
        { result: 'ACCEPTED', profile: active(8) },
        { result: 'REJECTED' },
      ]
      await set(id)
      const url = `/results/${number}`
      await finish('ACCEPTED')
      await read(id)
      await finish('ACCEPTED', { profile: active(8) })
      await clear(id)
      await finish('REJECTED')
      await eventually('all results', () => (callbacks().length === 3 ? true : undefined))
      expect(callbacks().map(({ method, body }) => ({ method, body }))).toEqual(
        expected.map((body) => ({ method: 'POST', body })),
      )
      const [first] = callbacks()
      expect(first?.path).toBe(url)
      expect(first?.query.get('key')).toBe('a b')
      expect(first?.headers).toMatchObject({
        authorization: `Token ${Buffer.from(emsp.party.ownToken).toString('base64')}`,
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'CPO',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'MSP',
      })
      expect(first?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    })

    it('may give its address without escapes, as the specification shows it (CP-023)', async () => {
      const id = await running()
      const bare = `${emsp.party.url}/results/${++number}?request_id=5678&n=1`
      const answer = await emsp.party.send('GET', at(`/${id}?duration=900&response_url=${bare}`))
      expect(result(answer)).toBe('ACCEPTED')
      await finish('UNKNOWN')
      const callback = await arrives(emsp.party, 'the result', ({ path }) => path === `/results/${number}`)
      expect(callback.query.toString()).toBe('request_id=5678&n=1')
      expect(callback.body).toEqual({ result: 'UNKNOWN' })
    })

    it('that comes twice is executed once and answered the same', async () => {
      const id = await running()
      const body = { charging_profile: profile(), response_url: responseUrl() }
      const before = (await received()).length
      const both = await Promise.all([1, 2].map(() => emsp.party.send('PUT', at(`/${id}`), { body })))
      expect(both.map(result)).toEqual(['ACCEPTED', 'ACCEPTED'])
      expect((await received()).length).toBe(before + 1)
    })

    it('may name the same address as another: each is executed (CP-031)', async () => {
      const response_url = `${emsp.party.url}/results/always`
      const body = { charging_profile: profile(), response_url }
      const before = (await received()).length
      const id = await running()
      for (const session of [id, await running(), id]) {
        expect(result(await emsp.party.send('PUT', at(`/${session}`), { body }))).toBe('ACCEPTED')
        await finish('ACCEPTED')
      }
      expect((await received()).length).toBe(before + 3)
      const results = callbacks().filter(({ path }) => path === '/results/always')
      expect(results.length).toBe(3)
    })

    it('that no charge point answers is REJECTED in time, and what comes later is refused (CP-027)', async () => {
      const id = await running()
      const startedMs = Date.now()
      await set(id)
      const callback = await eventually('the last word', () => mine()[0])
      expect(Date.now() - startedMs).toBeLessThan(TIMEOUT_S * 1000)
      expect(callback.body).toEqual({ result: 'REJECTED' })
      expect((await received())[0]).toMatchObject({ state: 'TIMEOUT' })
      expect(await finish('ACCEPTED')).toBe(409)
      await quiet(emsp.party)
      expect(mine().length).toBe(1)
    })

    it('whose result cannot be delivered is not tried again (CP-028)', async () => {
      emsp.party.routes.set('POST /results', () => ({ http: 500 }))
      await set(await running())
      await finish('ACCEPTED')
      await quiet(emsp.party, 1200)
      expect(mine().length).toBe(1)
    })

    it('survives a restart of the node (promise 1)', async () => {
      const id = await running()
      await set(id)
      await node.restart()
      expect(await finish('ACCEPTED')).toBe(200)
      await arrives(emsp.party, 'the result', ({ path }) => path === `/results/${number}`)
      await report(id, active(9, 1))
      await updateOf(id)
    })
  })

  describe('refusals', () => {
    it('an unknown session is UNKNOWN_SESSION, and nothing follows (CP-004, CP-005)', async () => {
      for (const answer of [await set('NOPE'), await read('NOPE'), await clear('NOPE')]) {
        expect(codes(answer)).toEqual([200, 1000])
        expect(data(answer)).toEqual({ result: 'UNKNOWN_SESSION', timeout: 0 })
      }
      await quiet(emsp.party)
      expect(callbacks()).toEqual([])
    })

    it('a session of another eMSP’s customer is REJECTED (CP-006)', async () => {
      const foreign = await running({ cdr_token: cdrToken('X', OTHER) })
      const second = await running({ cdr_token: cdrToken('Y', SECOND) })
      const headers = { 'ocpi-from-country-code': 'DE', 'ocpi-from-party-id': 'MSP' }
      const to = { 'ocpi-to-country-code': 'DE', 'ocpi-to-party-id': 'CPO' }
      expect(data(await set(foreign))).toEqual({ result: 'REJECTED', timeout: 0 })
      const body = { charging_profile: profile(), response_url: responseUrl() }
      const asFirst = await emsp.party.send('PUT', at(`/${second}`), { body, headers: { ...headers, ...to } })
      expect(result(asFirst)).toBe('REJECTED')
      expect(result(await set(second))).toBe('ACCEPTED')
    })

    it('an EVSE that cannot is NOT_SUPPORTED (CP-007)', async () => {
      const id = await running({ evse_uid: 'PLAIN' })
      for (const answer of [await set(id), await read(id), await clear(id)])
        expect(data(answer)).toEqual({ result: 'NOT_SUPPORTED', timeout: 0 })
    })

    it('too many requests for a session are TOO_OFTEN, and others are not hindered (CP-008)', async () => {
      const id = await running()
      for (const [limit, expected] of [
        [8, 'ACCEPTED'],
        [9, 'ACCEPTED'],
        [10, 'ACCEPTED'],
        [11, 'ACCEPTED'],
        [12, 'TOO_OFTEN'],
      ] as const)
        expect(data(await set(id, limits(limit)))).toMatchObject({ result: expected })
      expect(result(await set(await running()))).toBe('ACCEPTED')
    })

    it.each(['COMPLETED', 'INVALID', 'RESERVATION'])(
      'a session that is %s is REJECTED (CP-029)',
      async (status) => {
        expect(result(await set(await running({ status })))).toBe('REJECTED')
      },
    )

    it('discharging a car is REJECTED (CP-022)', async () => {
      expect(result(await set(await running(), limits(16, -5)))).toBe('REJECTED')
    })

    it('none of these is answered later (CP-004)', async () => {
      await quiet(emsp.party)
      const refused = (await received()).filter(({ state }) => state === 'REFUSED')
      expect(refused.length).toBeGreaterThan(5)
      for (const { id } of refused)
        expect(
          (await node.api('POST', `/charging-profiles/${id}/result`, { result: 'REJECTED' })).status,
        ).toBe(409)
      expect(callbacks()).toEqual([])
    })
  })

  describe('wrong input', () => {
    it.each([
      ['no profile', { charging_profile: undefined }],
      ['no address', { response_url: undefined }],
      ['another unit', { charging_profile: profile({ charging_rate_unit: 'kW' }) }],
      ['two decimals', { charging_profile: profile(limits(8.15)) }],
      ['no period', { charging_profile: profile(limits()) }],
      [
        'a text for a limit',
        { charging_profile: profile({ charging_profile_period: [{ start_period: 0, limit: 'x' }] }) },
      ],
      [
        'a first period that begins later',
        { charging_profile: profile({ charging_profile_period: [{ start_period: 60, limit: 8 }] }) },
      ],
    ])('%s is 2001 and nothing happens (CP-020, CP-021, CP-025)', async (_what, change) => {
      const id = await running()
      const before = (await received()).length
      expect(codes(await set(id, {}, emsp, change))).toEqual([200, 2001])
      expect((await received()).length).toBe(before)
    })

    it.each([
      ['no duration', 'response_url=https%3A%2F%2Fa.example'],
      ['a duration of nothing', 'duration=0&response_url=https%3A%2F%2Fa.example'],
      ['a duration in words', 'duration=long&response_url=https%3A%2F%2Fa.example'],
      ['no address', 'duration=900'],
      ['an address that is none', 'duration=900&response_url=nowhere'],
      ['broken escapes', 'duration=900&response_url=https%3A%2F%2Fa.example%2F%'],
    ])('a GET with %s is 2001 (CP-025, CP-026)', async (_what, text) => {
      expect(codes(await emsp.party.send('GET', at(`/${await running()}?${text}`)))).toEqual([200, 2001])
    })

    it('a DELETE without address is 2001 (CP-025)', async () => {
      expect(codes(await emsp.party.send('DELETE', at(`/${await running()}`)))).toEqual([200, 2001])
    })

    it('a long duration is cut (CP-026)', async () => {
      expect(result(await read(await running(), { duration: '1000000000' }))).toBe('ACCEPTED')
      expect((await received())[0]?.request).toEqual({ duration: 86_400 })
    })

    it('other methods are 405, no token is 401', async () => {
      const id = await running()
      for (const method of ['POST', 'PATCH'])
        expect((await emsp.party.send(method, at(`/${id}`), { body: {} })).http).toBe(405)
      expect((await emsp.party.send('GET', at(`/${id}`), { token: null })).http).toBe(401)
    })
  })

  describe('an address for results', () => {
    it.each([
      ['at a foreign host', () => 'http://127.0.0.1:9/results/1'],
      ['by name instead of address', () => emsp.party.url.replace('127.0.0.1', 'localhost')],
      ['with a user name', () => emsp.party.url.replace('//', '//user:pw@')],
      ['of another scheme', () => 'ftp://127.0.0.1/x'],
      ['that is relative', () => '/results/1'],
      ['of 256 characters', () => `${emsp.party.url}/${'x'.repeat(256)}`.slice(0, 256)],
      ['of metadata services', () => 'http://169.254.169.254/latest/meta-data'],
    ])('%s is 2001 and nothing is executed or called (CP-024)', async (_what, url) => {
      const id = await running()
      const before = (await received()).length
      const answers = [
        await set(id, {}, emsp, { response_url: url() }),
        await read(id, { response_url: url() }),
        await emsp.party.send('DELETE', at(`/${id}${query({ response_url: url() })}`)),
      ]
      for (const answer of answers) expect(codes(answer)).toEqual([200, 2001])
      expect((await received()).length).toBe(before)
    })

    it('that redirects is not followed (CP-024)', async () => {
      const elsewhere = `${other.party.url}/results/stolen`
      emsp.party.routes.set('POST /results', () => ({ http: 302, headers: { location: elsewhere } }))
      await set(await running())
      await finish('ACCEPTED')
      await quiet(other.party)
      expect(callbacks(other)).toEqual([])
    })
  })

  describe('clearing', () => {
    it('what nobody set is UNKNOWN, without troubling the charge point (CP-010)', async () => {
      const id = await running()
      expect(result(await clear(id))).toBe('ACCEPTED')
      const callback = await arrives(emsp.party, 'the result', ({ path }) => path === `/results/${number}`)
      expect(callback.body).toEqual({ result: 'UNKNOWN' })
      const feed = await node.node.stores.events.feed({
        after: 0,
        limit: 1000,
        types: ['charging_profile.received'],
      })
      expect(JSON.stringify(feed)).not.toContain(`"id":"${id}"`)
    })

    it('what was set reaches the back end (CP-010)', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      expect(result(await clear(id))).toBe('ACCEPTED')
      expect((await received())[0]).toMatchObject({ type: 'CLEAR', state: 'ACCEPTED' })
      await finish('ACCEPTED')
      await arrives(emsp.party, 'the result', ({ path }) => path === `/results/${number}`)
    })
  })

  describe('who steers', () => {
    it('is an SCSP only by contract, and then on any session (ROL-012, CP-006)', async () => {
      const id = await running()
      expect(result(await set(id, {}, scsp))).toBe('REJECTED')
      const changed = await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: true })
      expect(changed.body).toMatchObject({ charging_profiles_allowed: true })
      expect(result(await set(id, {}, scsp))).toBe('ACCEPTED')
      await finish('ACCEPTED')
      const callback = await arrives(scsp.party, 'the result', ({ path }) => path.startsWith('/results/'))
      expect(callback.headers['ocpi-to-party-id']).toBe('SCS')
    })

    it('is one at a time; it may replace its profile, and another comes after it (CP-009, CP-045)', async () => {
      await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: true })
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      expect(result(await set(id, {}, scsp))).toBe('REJECTED')
      expect(result(await read(id, {}, scsp))).toBe('ACCEPTED')
      expect(result(await set(id, limits(6)))).toBe('ACCEPTED')
      await finish('ACCEPTED')
      await clear(id)
      await finish('ACCEPTED')
      expect(result(await set(id, limits(5), scsp))).toBe('ACCEPTED')
    })

    it('is one of two that ask at the same moment, also at two nodes of one CPO (CP-045)', async () => {
      await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: true })
      await using second = await node.beside()
      const { url } = second
      const there = (address: string): string => address.replace(node.url, url)
      const setThere = (id: string): Promise<OcpiAnswer> =>
        scsp.party.send('PUT', there(at(`/${id}`, scsp)), {
          body: { charging_profile: profile(limits(7)), response_url: responseUrl(scsp) },
        })
      for (let round = 0; round < 12; round += 1) {
        const id = await running()
        const answers = await Promise.all([set(id), setThere(id)])
        expect(answers.map(result).sort()).toEqual(['ACCEPTED', 'REJECTED'])
        const told = (await received()).filter(({ state }) => state === 'ACCEPTED')
        expect(told.length).toBe(round + 1)
      }
    })

    it('that repeats itself at another node of the CPO is taken once (CP-031)', async () => {
      await using second = await node.beside()
      const { url } = second
      for (let round = 0; round < 5; round += 1) {
        const id = await running()
        const body = { charging_profile: profile(), response_url: responseUrl() }
        const put = (address: string) => emsp.party.send('PUT', address, { body })
        const answers = await Promise.all([put(at(`/${id}`)), put(at(`/${id}`).replace(node.url, url))])
        expect(answers.map(result)).toEqual(['ACCEPTED', 'ACCEPTED'])
        expect((await received()).filter(({ state }) => state === 'ACCEPTED').length).toBe(1)
        await finish('ACCEPTED')
      }
    })
  })

  describe('an SCSP', () => {
    const seen = (id: string): Received[] =>
      scsp.party.received.filter(({ path }) => path.endsWith(`/sessions/DE/CPO/${id}`))

    it('follows running sessions by contract, without their customers, to their end (CP-041, ROL-009)', async () => {
      await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: false })
      const before = await running()
      const over = await running({ status: 'COMPLETED' })
      await quiet(scsp.party)
      expect(scsp.party.received.filter(({ path }) => path.includes('/sessions/'))).toEqual([])
      await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: true })
      const id = await running({ authorization_reference: 'SECRET-1' })
      const told = await eventually('the session', () => seen(id)[0], 20_000)
      expect(told.method).toBe('PUT')
      expect(told.headers['ocpi-to-party-id']).toBe('SCS')
      expect(told.body).toMatchObject({
        id,
        status: 'ACTIVE',
        cdr_token: { country_code: 'DE', party_id: 'MSP', uid: 'ANONYMOUS', contract_id: 'ANONYMOUS' },
      })
      await node.api('PATCH', `/sessions/DE/CPO/${id}`, { status: 'COMPLETED', last_updated: later(60) })
      const end = await eventually('the end', () =>
        seen(id).find(({ body }) => JSON.stringify(body).includes('COMPLETED')),
      )
      expect(end.method).toBe('PUT')
      expect((await eventually('what runs', () => seen(before)[0])).method).toBe('PUT')
      const texts = JSON.stringify(scsp.party.received.map(({ body }) => body))
      for (const secret of ['SECRET-1', '04AA11BB22CC33', 'DE-MSP-C00000001-5'])
        expect(texts).not.toContain(secret)
      expect(seen(over)).toEqual([])
    })
  })

  describe('the active profile', () => {
    it('goes to the Sender that set one with success, each time it changes (CP-011, CP-043)', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      const told = await report(id, active(8, 10))
      expect(told).toEqual({ status: 200, body: { changed: true, told: 1 } })
      expect((await report(id, active(8, 10))).body).toEqual({ changed: false, told: 0 })
      expect((await updateOf(id)).body).toEqual(active(8, 10))
      await report(id, active(6, 20))
      await eventually('both updates', () => (updates().length === 2 ? true : undefined))
      const [, second] = updates()
      expect(second?.body).toEqual(active(6, 20))
      expect(second?.path).toBe(`/${version}/sender/chargingprofiles/${id}`)
      expect(second?.headers).toMatchObject({
        'ocpi-from-party-id': 'CPO',
        'ocpi-to-party-id': 'MSP',
        authorization: `Token ${Buffer.from(emsp.party.ownToken).toString('base64')}`,
      })
    })

    it('goes to nobody who never set one with success (CP-012, CP-013)', async () => {
      const id = await running()
      await set(id)
      await finish('REJECTED')
      await read(id)
      await finish('ACCEPTED', { profile: active(16) })
      expect((await report(id, active(8, 30))).body).toEqual({ changed: true, told: 0 })
      await quiet(emsp.party)
      expect(updates()).toEqual([])
    })

    it('shows the most the EVSE can give when nothing limits it, and frees the session (CP-016, CP-046)', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      const released = await node.api('DELETE', `/sessions/DE/CPO/${id}/active-charging-profile`)
      expect(released.body).toEqual({ changed: true, told: 1 })
      const update = await updateOf(id)
      expect(update.body).toMatchObject({
        charging_profile: {
          charging_rate_unit: 'W',
          charging_profile_period: [{ start_period: 0, limit: 22_000 }],
        },
      })
      await node.api('PATCH', `/partners/${scsp.id}`, { charging_profiles_allowed: true })
      expect(result(await set(id, {}, scsp))).toBe('ACCEPTED')
    })

    it('waits for a Sender that is away, in its newest state (promise 2)', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      let down = true
      emsp.party.routes.set(`PUT /${version}/sender/chargingprofiles`, () => ({ http: down ? 503 : 200 }))
      await report(id, active(8, 10))
      await updateOf(id)
      down = false
      emsp.party.received.length = 0
      await report(id, active(4, 20))
      const update = await updateOf(id)
      expect(update.body).toEqual(active(4, 20))
      await quiet(emsp.party, 1500)
      expect(updates().length).toBe(1)
    })

    it('waits for a Sender that is suspended', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      await node.api('POST', `/partners/${emsp.id}/suspend`)
      await report(id, active(8, 10))
      await quiet(emsp.party)
      expect(updates()).toEqual([])
      await node.api('POST', `/partners/${emsp.id}/resume`)
      expect((await updateOf(id)).body).toEqual(active(8, 10))
    })

    it('is not told once the session is over (CP-047)', async () => {
      const id = await running()
      await set(id)
      await finish('ACCEPTED')
      await node.api('PATCH', `/sessions/DE/CPO/${id}`, { status: 'COMPLETED', last_updated: later(60) })
      expect((await report(id, active(8, 10))).status).toBe(409)
      await quiet(emsp.party)
      expect(updates()).toEqual([])
    })

    it('is refused when older than what is known, unreadable, or of nobody here (CP-037)', async () => {
      const id = await running()
      await report(id, active(8, 10))
      expect((await report(id, active(6, 5))).status).toBe(409)
      expect((await report(id, { start_date_time: later(20) })).status).toBe(422)
      expect((await report(id, { ...active(8.15, 30) })).status).toBe(422)
      expect((await report('NOPE', active(8))).status).toBe(404)
      expect((await node.api('GET', `/sessions/DE/CPO/${id}/active-charging-profile`)).body).toMatchObject({
        partner_id: null,
        profile: active(8, 10),
      })
    })
  })

  describe('a result of the back end', () => {
    it.each([
      ['no such result', { result: 'TIMEOUT' }, 400],
      ['no profile with ACCEPTED', { result: 'ACCEPTED' }, 422],
      ['a profile with REJECTED', { result: 'REJECTED', profile: active(8) }, 400],
      ['a profile that is none', { result: 'ACCEPTED', profile: { charging_profile: {} } }, 422],
      ['a profile of two decimals', { result: 'ACCEPTED', profile: active(8.15) }, 422],
    ])('with %s is refused and the request stays open (CP-018)', async (_what, body, status) => {
      await read(await running())
      const [newest] = await received()
      expect((await node.api('POST', `/charging-profiles/${newest?.id}/result`, body)).status).toBe(status)
      expect((await node.api('GET', `/charging-profiles/${newest?.id}`)).body).toMatchObject({
        state: 'ACCEPTED',
      })
      await finish('REJECTED')
    })

    it('is taken once, and for a request that exists', async () => {
      await set(await running())
      expect(await finish('ACCEPTED')).toBe(200)
      expect(await finish('ACCEPTED')).toBe(409)
      const unknown = await node.api('POST', '/charging-profiles/none/result', { result: 'ACCEPTED' })
      expect(unknown.status).toBe(404)
    })
  })
})
