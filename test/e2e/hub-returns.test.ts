import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, later, quiet } from '../support/connect.js'
import { location } from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { clientInfo, connectHub, tellOf } from '../support/hub.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** What concerns a party behind a hub is read when the hub says that it is there again. */
const FAR = { country_code: 'FR', party_id: 'FAR' }
const NEW = { country_code: 'SE', party_id: 'NEW' }

describe.each(['2.2.1', '2.3.0'] as const)('a party behind a hub in %s', (version) => {
  let node: TestNode
  let hub: Connected
  let seconds = 0
  let listed: object[] = [location('LOC1', FAR)]
  let clients: object[] = []
  const lists = (module: string): Received[] =>
    hub.party.received.filter(({ path }) => path === `/${version}/sender/${module}`)
  const isList = (module: string) => (request: Received) => request.path === `/${version}/sender/${module}`
  const say = async (party: typeof FAR, role: string, status: string): Promise<void> => {
    seconds += 10
    const info = clientInfo(party, role, status, seconds)
    clients = [...clients.filter((each) => JSON.stringify(each) !== JSON.stringify(info)), info]
    expect((await tellOf(hub, info)).http).toBeLessThan(300)
  }
  const known = async (party: typeof FAR, id: string) =>
    (await node.api('GET', `/locations/${party.country_code}/${party.party_id}/${id}`)).status
  const finished = (modules: readonly string[], count = 1) =>
    eventually('the pulls', async () => {
      const feed = await node.node.stores.events.feed({
        after: 0,
        limit: 1000,
        types: ['sync.pull.finished'],
      })
      const done = feed.map(({ data }) => String((data as { module: string }).module))
      return modules.every((module) => done.filter((each) => each === module).length >= count) || undefined
    })

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    hub = await connectHub(node, {
      version,
      prepare({ routes }) {
        routes.set(`GET /${version}/sender/locations`, () => ({ data: listed }))
        routes.set(`GET /${version}/sender/hubclientinfo`, () => ({ data: clients }))
      },
    })
    await finished(['hubclientinfo', 'tariffs', 'locations', 'tokens', 'sessions', 'cdrs'])
  })

  beforeEach(() => {
    hub.party.received.length = 0
  })

  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('that the hub names for the first time is read from the beginning (HCI-012, HCI-013)', async () => {
    listed = [...listed, location('LOC9', { ...NEW, last_updated: later(-9e6) })]
    await say(NEW, 'CPO', 'CONNECTED')
    const request = await arrives(hub.party, 'a pull', isList('locations'))
    expect(request.query.has('date_from')).toBe(false)
    await eventually('its location', async () => (await known(NEW, 'LOC9')) === 200 || undefined)
  })

  it('that was OFFLINE is read at once, from before it was, in what it owns (HCI-012)', async () => {
    await say(FAR, 'CPO', 'CONNECTED')
    await arrives(hub.party, 'the last of the pulls', isList('cdrs'))
    await quiet(hub.party)
    await say(FAR, 'CPO', 'OFFLINE')
    const awaySince = later(seconds)
    await quiet(hub.party)
    hub.party.received.length = 0
    listed = [...listed, location('LOC2', { ...FAR, last_updated: later(seconds) })]
    await say(FAR, 'CPO', 'CONNECTED')
    await eventually('its location', async () => (await known(FAR, 'LOC2')) === 200 || undefined)
    const [{ query } = { query: new URLSearchParams() }] = lists('locations')
    expect(Date.parse(String(query.get('date_from')))).toBeLessThan(Date.parse(awaySince))
    await arrives(hub.party, 'the last of the pulls', isList('cdrs'))
    await quiet(hub.party)
    expect(lists('locations').length).toBe(1)
    expect(lists('tokens')).toEqual([])
    expect(lists('hubclientinfo')).toEqual([])
  })

  it('that was there all the time is not read again', async () => {
    await say(FAR, 'CPO', 'CONNECTED')
    await quiet(hub.party)
    expect(lists('locations')).toEqual([])
  })

  it('has its tokens read when it is back as eMSP', async () => {
    await say(FAR, 'EMSP', 'OFFLINE')
    await say(FAR, 'EMSP', 'CONNECTED')
    await arrives(hub.party, 'a pull', isList('tokens'))
    await quiet(hub.party)
    expect(lists('locations')).toEqual([])
  })

  it('keeps its objects while it is OFFLINE, although the hub cannot list them', async () => {
    await quiet(hub.party)
    await say(FAR, 'CPO', 'OFFLINE')
    listed = [location('LOC9', NEW)]
    clients = clients.map((each) =>
      JSON.stringify(each).includes('FAR') ? clientInfo(FAR, 'CPO', 'OFFLINE', seconds) : each,
    )
    const { node: running } = node
    const before = await running.stores.objects.currentSeq()
    await node.api('POST', `/partners/${hub.id}/resync`)
    await eventually('a full crawl', async () => {
      const types = ['sync.pull.finished']
      const feed = await node.node.stores.events.feed({ after: before, limit: 1000, types })
      return feed.some(({ data }) => JSON.stringify(data).includes('"module":"locations"')) || undefined
    })
    expect(await known(FAR, 'LOC1')).toBe(200)
    expect(codes(await hub.party.send('GET', hub.party.at('locations', 'RECEIVER', '/FR/FAR/LOC1')))).toEqual(
      [200, 1000],
    )
  })
})
