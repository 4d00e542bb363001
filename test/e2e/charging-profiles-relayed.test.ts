import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, introduce, later, quiet } from '../support/connect.js'
import { cdrToken, connector, evse, location, session, session221, token } from '../support/documents.js'
import type { OcpiAnswer, Received, StubAnswer } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Our eMSP node between a foreign SCSP, which steers, and the CPO of the session. */
const CPO = { country_code: 'DE', party_id: 'CPO' }
const SCSP = { country_code: 'NL', party_id: 'SCS' }
const SECOND = { country_code: 'NL', party_id: 'SC2' }
const ELSE = { country_code: 'NL', party_id: 'ELS' }

const profile = (limit = 8.5) => ({
  charging_rate_unit: 'A',
  charging_profile_period: [{ start_period: 0, limit }],
})
const active = (limit: number, seconds = 0) => ({
  start_date_time: later(seconds),
  charging_profile: { ...profile(limit), duration: 900 },
})

/** What an SCSP written with plain HTTP asks of the node. */
class Steering {
  static #number = 0

  constructor(readonly connected: Connected) {}

  #url(): string {
    return `${this.connected.party.url}/results/${++Steering.#number}?key=a%20b`
  }

  #at(rest: string): string {
    return this.connected.party.at('chargingprofiles', 'RECEIVER', rest)
  }

  set(id: string, limit = 8.5): Promise<OcpiAnswer> {
    const body = { charging_profile: profile(limit), response_url: this.#url() }
    return this.connected.party.send('PUT', this.#at(`/${id}`), { body })
  }

  clear(id: string): Promise<OcpiAnswer> {
    const query = new URLSearchParams({ response_url: this.#url() })
    return this.connected.party.send('DELETE', this.#at(`/${id}?${query}`))
  }

  read(id: string): Promise<OcpiAnswer> {
    const query = new URLSearchParams({ duration: '600', response_url: this.#url() })
    return this.connected.party.send('GET', this.#at(`/${id}?${query}`))
  }

  /** Results of the request made last. */
  get results(): Received[] {
    return this.connected.party.received.filter(({ path }) => path === `/results/${Steering.#number}`)
  }

  result(): Promise<Received> {
    return eventually('a result', () => this.results[0])
  }
}

const forOurCustomer = async (node: TestNode): Promise<void> => {
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'eMSP' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
}

const allow = (node: TestNode, { id }: Connected, charging_profiles_allowed: boolean) =>
  node.api('PATCH', `/partners/${id}`, { charging_profiles_allowed })

describe.each([
  { version: '2.2.1' as const, aSession: session221 },
  { version: '2.3.0' as const, aSession: session },
])('an eMSP between an SCSP and a CPO in $version', ({ version, aSession }) => {
  let node: TestNode
  let cpo: Connected
  let scsp: Connected
  let second: Connected
  let steering: Steering
  let number = 0

  const path = `/${version}/receiver/chargingprofiles`
  const relayed = (): Received[] => cpo.party.received.filter((request) => request.path.startsWith(path))
  const last = (): Received => relayed().at(-1) as Received
  const responseUrl = (): string => {
    const { body, query } = last()
    return query.get('response_url') ?? String((body as { response_url: string }).response_url)
  }
  const answering = (given: StubAnswer) => {
    for (const method of ['GET', 'PUT', 'DELETE']) cpo.party.routes.set(`${method} ${path}`, () => given)
  }
  const tell = (body: unknown, url = responseUrl()) => cpo.party.send('POST', url, { body })
  const running = async (change: object = {}): Promise<string> => {
    const id = `RUN${++number}`
    const url = cpo.party.at('sessions', 'RECEIVER', `/DE/CPO/${id}`)
    expect(codes(await cpo.party.send('PUT', url, { body: aSession(id, change) }))).toEqual([201, 1000])
    return id
  }
  const update = (id: string, body: unknown) =>
    cpo.party.send('PUT', cpo.party.at('chargingprofiles', 'SENDER', `/${id}`), { body })
  const updates = (id: string, from = scsp): Received[] =>
    from.party.received.filter(({ path: asked }) => asked === `/${version}/sender/chargingprofiles/${id}`)

  beforeAll(async () => {
    node = await startTestNode({ env: { CHARGING_PROFILES_PER_MINUTE: '4' } })
    await forOurCustomer(node)
    const endpoints = [
      { identifier: 'sessions', role: 'SENDER' },
      { identifier: 'chargingprofiles', role: 'RECEIVER' },
    ] as const
    cpo = await connect(node, { version, role: 'CPO', party: CPO, endpoints })
    scsp = await connect(node, { version, role: 'SCSP', party: SCSP })
    second = await connect(node, { version, role: 'SCSP', party: SECOND })
    steering = new Steering(scsp)
    for (const each of [scsp, second]) await allow(node, each, true)
  })

  beforeEach(() => {
    for (const each of [cpo, scsp, second]) each.party.received.length = 0
    answering({ data: { result: 'ACCEPTED', timeout: 30 } })
  })

  afterEach(() => allow(node, scsp, true))

  afterAll(async () => {
    for (const each of [cpo, scsp, second]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('offers the side of a receiver to the SCSP, and to no CPO (CP-032)', () => {
    expect(scsp.party.nodeEndpoints.has('chargingprofiles RECEIVER')).toBe(true)
    expect(cpo.party.nodeEndpoints.has('chargingprofiles RECEIVER')).toBe(false)
  })

  it.each([
    ['PUT', (id: string) => steering.set(id, 6)],
    ['DELETE', (id: string) => steering.clear(id)],
    ['GET', (id: string) => steering.read(id)],
  ])('asks the CPO with %s under its own name and address (CP-038, CP-040)', async (method, ask) => {
    const id = await running()
    const answer = await ask(id)
    expect(codes(answer)).toEqual([200, 1000])
    expect(data(answer)).toEqual({ result: 'ACCEPTED', timeout: 30 })
    expect(relayed().length).toBe(1)
    expect(last()).toMatchObject({ method, path: `${path}/${id}` })
    expect(last().headers).toMatchObject({ 'ocpi-from-party-id': 'MSP', 'ocpi-to-party-id': 'CPO' })
    expect(responseUrl().startsWith(`${node.url}/`)).toBe(true)
    const seen = JSON.stringify([last().path, [...last().query], last().headers, last().body])
    expect(seen).not.toContain(scsp.party.url)
    expect(seen).not.toContain('SCS')
    if (method === 'PUT') expect(last().body).toMatchObject({ charging_profile: profile(6) })
    if (method === 'GET') expect(last().query.get('duration')).toBe('600')
  })

  it.each(['REJECTED', 'NOT_SUPPORTED', 'TOO_OFTEN', 'UNKNOWN_SESSION'])(
    'relays %s, the answer at once, and waits for nothing then (CP-038)',
    async (result) => {
      answering({ data: { result, timeout: 0 } })
      expect(data(await steering.set(await running()))).toEqual({ result, timeout: 0 })
      await quiet(scsp.party, 300)
      expect(steering.results).toEqual([])
    },
  )

  it('answers REJECTED for a CPO that fails', async () => {
    answering({ http: 500, code: 3000 })
    expect(data(await steering.set(await running()))).toMatchObject({ result: 'REJECTED' })
  })

  it('relays the result to the address of the SCSP as it was given, once (CP-038, CP-023)', async () => {
    await steering.set(await running())
    expect(codes(await tell({ result: 'ACCEPTED' }))).toEqual([200, 1000])
    const result = await steering.result()
    expect(result).toMatchObject({ method: 'POST', body: { result: 'ACCEPTED' } })
    expect(result.query.get('key')).toBe('a b')
    expect(result.headers).toMatchObject({ 'ocpi-from-party-id': 'MSP', 'ocpi-to-party-id': 'SCS' })
    expect((await tell({ result: 'REJECTED' })).http).toBe(404)
    await quiet(scsp.party, 300)
    expect(steering.results.length).toBe(1)
  })

  it('relays the profile that a GET brought, and what a DELETE came to (CP-038, CP-004)', async () => {
    const id = await running()
    await steering.read(id)
    await tell({ result: 'ACCEPTED', profile: active(7) })
    expect((await steering.result()).body).toMatchObject({ result: 'ACCEPTED', profile: active(7) })
    await steering.clear(id)
    await tell({ result: 'UNKNOWN' })
    expect((await steering.result()).body).toEqual({ result: 'UNKNOWN' })
  })

  it('relays a result that comes before the answer of the CPO', async () => {
    const id = await running()
    cpo.party.routes.set(`PUT ${path}`, async () => {
      await tell({ result: 'ACCEPTED' })
      return { data: { result: 'ACCEPTED', timeout: 30 } }
    })
    expect(data(await steering.set(id))).toMatchObject({ result: 'ACCEPTED' })
    expect((await steering.result()).body).toEqual({ result: 'ACCEPTED' })
  })

  it('says REJECTED when the CPO never gives a result (CP-027)', async () => {
    answering({ data: { result: 'ACCEPTED', timeout: 5 } })
    expect(data(await steering.set(await running()))).toEqual({ result: 'ACCEPTED', timeout: 5 })
    expect((await steering.result()).body).toEqual({ result: 'REJECTED' })
  })

  it('tells the SCSP that has set a profile of changes the CPO tells, and no other (CP-038, CP-011)', async () => {
    const id = await running()
    await update(id, active(16, 1))
    await steering.set(id)
    await tell({ result: 'ACCEPTED' })
    await steering.result()
    expect(codes(await update(id, active(10, 10)))).toEqual([200, 1000])
    const told = await eventually('the update', () => updates(id)[0])
    expect(told).toMatchObject({ method: 'PUT', body: active(10, 10) })
    expect(told.headers).toMatchObject({ 'ocpi-from-party-id': 'MSP', 'ocpi-to-party-id': 'SCS' })
    await quiet(scsp.party, 300)
    expect(updates(id).length).toBe(1)
    expect(updates(id, second)).toEqual([])
  })

  it('asks the CPO nothing for a session it does not know (CP-005)', async () => {
    expect(data(await steering.set('NOPE'))).toEqual({ result: 'UNKNOWN_SESSION', timeout: 0 })
    expect(relayed()).toEqual([])
  })

  it('asks the CPO nothing for a session of another provider’s customer (promise 3)', async () => {
    const id = await running({ cdr_token: cdrToken('X', ELSE) })
    expect(data(await steering.set(id))).toEqual({ result: 'UNKNOWN_SESSION', timeout: 0 })
    expect(relayed()).toEqual([])
  })

  it.each([
    ['without a contract with us', async () => allow(node, scsp, false), {}],
    ['when the session is over', async () => undefined, { status: 'COMPLETED' }],
  ])('refuses %s (CP-034)', async (_what, prepare, change) => {
    const id = await running(change)
    await prepare()
    expect(data(await steering.set(id))).toEqual({ result: 'REJECTED', timeout: 0 })
    expect(relayed()).toEqual([])
  })

  it('refuses an SCSP where another steers: to the CPO both are one Sender (CP-045)', async () => {
    const id = await running()
    await steering.set(id)
    await tell({ result: 'ACCEPTED' })
    await steering.result()
    const other = new Steering(second)
    expect(data(await other.set(id))).toEqual({ result: 'REJECTED', timeout: 0 })
    expect(relayed().length).toBe(1)
    expect(data(await steering.set(id, 5))).toMatchObject({ result: 'ACCEPTED' })
  })

  it('keeps the pace of the SCSP (CP-008)', async () => {
    const id = await running()
    for (let turn = 0; turn < 4; turn += 1) await steering.read(id)
    expect(data(await steering.read(id))).toEqual({ result: 'TOO_OFTEN', timeout: 0 })
    expect(relayed().length).toBe(4)
  })

  it('does not call what may not be called (CP-024)', async () => {
    const url = scsp.party.at('chargingprofiles', 'RECEIVER', `/${await running()}`)
    const body = { charging_profile: profile(), response_url: 'ftp://example.org/x' }
    expect(codes(await scsp.party.send('PUT', url, { body }))).toEqual([200, 2001])
    expect(relayed()).toEqual([])
  })

  it('leaves the result to the CPO: our own back end cannot give one', async () => {
    await steering.set(await running())
    const { body } = await node.api('GET', '/charging-profiles?direction=received')
    const [newest] = (body as { items: { id: string; state: string }[] }).items
    expect(newest?.state).toBe('ACCEPTED')
    const given = await node.api('POST', `/charging-profiles/${newest?.id}/result`, { result: 'ACCEPTED' })
    expect(given).toMatchObject({ status: 409, body: { title: 'The request is relayed' } })
    expect(steering.results).toEqual([])
  })
})

it('an SCSP steers through an eMSP node at a CPO node, and hears what its back end says (flow E)', async () => {
  await using cpo = await startTestNode()
  await using emsp = await startTestNode()
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'CPO' } })
  await forOurCustomer(emsp)
  const capable = { capabilities: ['CHARGING_PROFILE_CAPABLE'], connectors: [connector()] }
  await cpo.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses: [evse('E1', capable)] }))
  await cpo.api('PUT', '/sessions/DE/CPO/S1', session('S1'))
  await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'CPO' })
  await eventually('the session', async () => {
    const { status } = await emsp.api('GET', '/sessions/DE/CPO/S1')
    return status === 200 || undefined
  })
  const scsp = await connect(emsp, { version: '2.2.1', role: 'SCSP', party: SCSP })
  await allow(emsp, scsp, true)
  const steering = new Steering(scsp)
  expect(data(await steering.set('S1', 6))).toMatchObject({ result: 'ACCEPTED' })
  const asked = await cpo.api('GET', '/charging-profiles?direction=received')
  const [request] = (asked.body as { items: { id: string; sender: object }[] }).items
  expect(request?.sender).toEqual({ country_code: 'DE', party_id: 'MSP' })
  expect(
    (await cpo.api('POST', `/charging-profiles/${request?.id}/result`, { result: 'ACCEPTED' })).status,
  ).toBe(200)
  expect((await steering.result()).body).toEqual({ result: 'ACCEPTED' })
  await cpo.api('PUT', '/sessions/DE/CPO/S1/active-charging-profile', active(6))
  const told = await arrives(scsp.party, 'the update', ({ path }) => path.endsWith('/chargingprofiles/S1'))
  expect(told.body).toMatchObject(active(6))
  await scsp.party[Symbol.asyncDispose]()
})
