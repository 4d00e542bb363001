import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, quiet } from '../support/connect.js'
import type { Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A hub tells our node of the parties behind it. */
const HUB = { country_code: 'NL', party_id: 'HUB' }

const client = (party_id: string, change: object = {}) => ({
  party_id,
  country_code: 'FR',
  role: 'CPO',
  status: 'CONNECTED',
  last_updated: later(0),
  ...change,
})

describe.each(['2.2.1', '2.3.0'] as const)('a hub in %s', (version) => {
  let node: TestNode
  let hub: Connected
  let second: Connected
  let plain: Connected
  let listed: object[] = [client('AAA'), client('BBB', { status: 'OFFLINE' })]
  const asked = (): Received[] =>
    hub.party.received.filter(({ path }) => path === `/${version}/sender/hubclientinfo`)
  const startHub = (party: typeof HUB) =>
    connect(node, { version, role: 'HUB', party }, (foreign) => {
      foreign.routes.set(`GET /${version}/sender/hubclientinfo`, ({ query }) => {
        const from = query.get('date_from')
        const items = from === null ? listed : []
        return { data: items, headers: { 'x-total-count': String(items.length), 'x-limit': '50' } }
      })
      if (version === '2.2.1') return
      // 2.3.0 has `hub_party_id` instead of a role for hubs.
      const plainly = foreign.credentials.bind(foreign)
      foreign.credentials = (token) => {
        const given = plainly(token) as { roles: object[] }
        const roles = given.roles.map((role) => ({ ...role, role: 'OTHER' }))
        return { ...given, roles, hub_party_id: `${party.country_code}${party.party_id}` }
      }
    })
  const at = (path: string, from = hub) => from.party.at('hubclientinfo', 'RECEIVER', path)
  const put = (body: { party_id: string }, from = hub, path = `/FR/${body.party_id}`) =>
    from.party.send('PUT', at(path, from), { body })
  const get = (id: string, from = hub) => from.party.send('GET', at(`/FR/${id}`, from))
  const known = async (query = '') => {
    const { body } = await node.api('GET', `/hub-clients${query}`)
    return (body as { items: Record<string, unknown>[] }).items
  }
  const ofParty = async (id: string) =>
    (await known(`?party=FR*${id}&received_from=${hub.id}`)).map(({ role, status }) => ({ role, status }))

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    hub = await startHub(HUB)
    plain = await connect(node, { version, role: 'CPO', party: { country_code: 'BE', party_id: 'DIR' } })
  })

  afterAll(async () => {
    for (const each of [hub, second, plain]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('is asked for its whole list at the start, without routing headers (HCI-006, HCI-016)', async () => {
    await arrives(hub.party, 'a pull', ({ path }) => path === `/${version}/sender/hubclientinfo`)
    const [first] = asked()
    expect(first?.query.has('date_from')).toBe(false)
    expect(Object.keys(first?.headers ?? {}).filter((name) => name.startsWith('ocpi-'))).toEqual([])
    await eventually('the list', async () => ((await known()).length === 2 ? true : undefined))
    expect(await ofParty('BBB')).toEqual([{ role: 'CPO', status: 'OFFLINE' }])
  })

  it('alone is offered the module, on the side of the client (HCI-009)', async () => {
    expect(hub.party.nodeEndpoints.has('hubclientinfo RECEIVER')).toBe(true)
    expect(hub.party.nodeEndpoints.has('hubclientinfo SENDER')).toBe(false)
    expect(plain.party.nodeEndpoints.has('hubclientinfo RECEIVER')).toBe(false)
    const url = at('/FR/EVL')
    expect((await plain.party.send('PUT', url, { body: client('EVL') })).http).toBe(404)
    expect((await plain.party.send('GET', at('/FR/AAA'))).http).toBe(404)
    const listing = url.replace('/receiver/', '/sender/').replace('/FR/EVL', '')
    expect((await hub.party.send('GET', listing)).http).toBe(404)
    expect((await hub.party.send('PUT', url, { token: null, body: client('EVL') })).http).toBe(401)
    expect((await known()).length).toBe(2)
  })

  it('creates and changes with PUT, and reads it back (HCI-007)', async () => {
    expect(codes(await put(client('NEW', { status: 'PLANNED' })))).toEqual([201, 1000])
    expect(codes(await put(client('NEW', { last_updated: later(10) })))).toEqual([200, 1000])
    const back = await get('new')
    expect(codes(back)).toEqual([200, 1000])
    expect(data(back)).toEqual(client('NEW', { last_updated: later(10) }))
    expect((await get('NOPE')).http).toBe(404)
  })

  it('is told of by events, which is how an operator hears of a planned party (HCI-014)', async () => {
    await eventually('the event', async () => {
      const feed = await node.node.stores.events.feed({ after: 0, limit: 1000, types: ['client_info.*'] })
      return feed.find(({ data: seen }) => JSON.stringify(seen).includes('"NEW"'))
    })
  })

  it('does not undo newer by older (HCI-032)', async () => {
    await put(client('TIM', { status: 'OFFLINE', last_updated: later(100) }))
    expect(codes(await put(client('TIM', { last_updated: later(50) })))).toEqual([200, 1000])
    expect(await ofParty('TIM')).toEqual([{ role: 'CPO', status: 'OFFLINE' }])
  })

  it('tells two roles of one party apart, and is given the one that changed last (HCI-027, HCI-028)', async () => {
    expect(codes(await put(client('TWO', { last_updated: later(1) })))).toEqual([201, 1000])
    const emsp = client('TWO', { role: 'EMSP', status: 'SUSPENDED', last_updated: later(2) })
    expect(codes(await put(emsp))).toEqual([201, 1000])
    expect(await ofParty('TWO')).toEqual([
      { role: 'CPO', status: 'CONNECTED' },
      { role: 'EMSP', status: 'SUSPENDED' },
    ])
    expect(data(await get('TWO'))).toMatchObject({ role: 'EMSP' })
    await put(client('TWO', { status: 'OFFLINE', last_updated: later(3) }))
    expect(data(await get('TWO'))).toMatchObject({ role: 'CPO', status: 'OFFLINE' })
  })

  it.each([
    ['no status', { status: undefined }],
    ['a status that is none', { status: 'GONE' }],
    ['no time', { last_updated: undefined }],
    ['another party than the URL', { party_id: 'ELS' }],
    ['another country than the URL', { country_code: 'DE' }],
    ['a role that is none', { role: 'KING' }],
  ])('with %s gets 2001 and changes nothing (HCI-003, HCI-008)', async (_what, change) => {
    const before = await known()
    expect(codes(await put({ ...client('BAD'), ...change }, hub, '/FR/BAD'))).toEqual([200, 2001])
    expect(await known()).toEqual(before)
  })

  it.each(['POST', 'PATCH', 'DELETE'])('cannot %s (HCI-005)', async (method) => {
    expect((await hub.party.send(method, at('/FR/AAA'), { body: {} })).http).toBe(405)
    expect((await ofParty('AAA')).length).toBe(1)
  })

  it('speaks for itself: another hub neither reads nor changes what it said (HCI-034, promise 3)', async () => {
    second = await startHub({ country_code: 'NL', party_id: 'HU2' })
    expect((await get('NEW', second)).http).toBe(404)
    expect(codes(await put(client('NEW', { status: 'OFFLINE', last_updated: later(99) }), second))).toEqual([
      201, 1000,
    ])
    expect(await ofParty('NEW')).toEqual([{ role: 'CPO', status: 'CONNECTED' }])
    const facts = (await node.api('GET', '/hub-clients?party=FR*NEW&facts=true')).body as {
      facts: { received_from: string }[]
    }
    expect(facts.facts.map(({ received_from }) => received_from)).toEqual([hub.id, second.id])
  })

  it('keeps its clients over a restart (promise 1)', async () => {
    // The second hub has just registered: what its list says is read first.
    await eventually('its list', async () =>
      (await known(`?received_from=${second.id}`)).length > listed.length ? true : undefined,
    )
    await quiet(second.party)
    const before = await known()
    await node.restart()
    expect(await known()).toEqual(before)
  })

  it('that lists a party no more has it SUSPENDED; what it says next counts again (HCI-017)', async () => {
    listed = [client('AAA', { last_updated: later(200) })]
    await node.api('POST', `/partners/${hub.id}/resync`)
    await eventually('the suspension', async () =>
      (await ofParty('BBB'))[0]?.status === 'SUSPENDED' ? true : undefined,
    )
    expect(await ofParty('AAA')).toEqual([{ role: 'CPO', status: 'CONNECTED' }])
    expect(await ofParty('NEW')).toEqual([{ role: 'CPO', status: 'SUSPENDED' }])
    await put(client('BBB', { status: 'CONNECTED' }))
    expect(await ofParty('BBB')).toEqual([{ role: 'CPO', status: 'CONNECTED' }])
  })

  it('that leaves takes its clients with it, and those of others stay', async () => {
    await hub.party.send('DELETE', hub.party.nodeCredentials)
    await eventually('the end', async () =>
      (await known(`?received_from=${hub.id}`)).length === 0 ? true : undefined,
    )
    expect((await known(`?received_from=${second.id}`)).length).toBeGreaterThan(0)
  })

  it('cannot be written by our own back end', async () => {
    expect((await node.api('PUT', '/hub-clients/FR/AAA', client('AAA'))).status).toBe(404)
    expect((await node.api('POST', '/hub-clients', client('AAA'))).status).toBe(405)
  })
})

it('a hub behind a hub has the role HUB in 2.2.1 and is given back so (HCI-029)', async () => {
  await using node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  const hub = await connect(node, { version: '2.2.1', role: 'HUB', party: HUB })
  const url = hub.party.at('hubclientinfo', 'RECEIVER', '/FR/SUB')
  expect(codes(await hub.party.send('PUT', url, { body: client('SUB', { role: 'HUB' }) }))).toEqual([
    201, 1000,
  ])
  expect(data(await hub.party.send('GET', url))).toMatchObject({ role: 'HUB' })
  expect((await node.api('GET', '/hub-clients')).body).toMatchObject({ items: [{ role: 'OTHER' }] })
  await hub.party[Symbol.asyncDispose]()
})

it('a hub is asked for changes by date_from between full lists, and they are stored (HCI-002, TRN-081)', async () => {
  const often = {
    deltaEveryMs: 100,
    spreadMs: 0,
    fullEveryMs: 3_600_000,
    overlapMs: 1000,
    crawlExpiresMs: 60_000,
  }
  await using node = await startTestNode({ syncLimits: { schedule: often } })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  const hub = await connect(node, { version: '2.2.1', role: 'HUB', party: HUB }, ({ routes }) => {
    routes.set('GET /2.2.1/sender/hubclientinfo', ({ query }) => {
      const full = [client('AAA'), client('BBB')]
      const changed = [client('AAA', { status: 'OFFLINE', last_updated: later(10) })]
      return { data: query.has('date_from') ? changed : full }
    })
  })
  const statuses = async () => {
    const { items } = (await node.api('GET', '/hub-clients')).body as { items: { status: string }[] }
    return items.map(({ status }) => status)
  }
  await eventually('both clients', async () => ((await statuses()).length === 2 ? true : undefined))
  await eventually('a delta', async () => ((await statuses())[0] === 'OFFLINE' ? true : undefined), 90_000)
  expect(await statuses()).toEqual(['OFFLINE', 'CONNECTED'])
  await hub.party[Symbol.asyncDispose]()
}, 100_000)
