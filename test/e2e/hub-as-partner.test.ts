import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, quiet } from '../support/connect.js'
import { cdr, cdrToken, location, session, token } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

const HUB = { country_code: 'NL', party_id: 'HUB' }
const THIRD = { country_code: 'FR', party_id: 'FAR' }
const DIRECT = { country_code: 'BE', party_id: 'DIR' }
const OWN = { country_code: 'DE', party_id: 'CPO' }

describe('a hub as partner', () => {
  let node: TestNode
  let hub: Connected
  let direct: Connected
  const sources = [
    { who: 'this node', owner: OWN },
    { who: 'a direct partner', owner: DIRECT },
  ]
  const path = ({ country_code, party_id }: typeof OWN) => `/${country_code}/${party_id}/LOC1`
  const known = async (owner: typeof OWN) =>
    (await node.api('GET', `/locations${path(owner)}`)).body as { name?: string } | undefined

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
    await node.api('PUT', '/sessions/DE/CPO/S1', session('S1'))
    direct = await connect(node, { version: '2.3.0', role: 'CPO', party: DIRECT })
    const url = direct.party.at('locations', 'RECEIVER', path(DIRECT))
    await direct.party.send('PUT', url, { body: location('LOC1', DIRECT) })
    hub = await connect(
      node,
      { version: '2.3.0', role: 'CPO', party: HUB, alsoParties: [THIRD] },
      (party) => {
        const plain = party.credentials.bind(party)
        party.credentials = (token) => ({ ...(plain(token) as object), hub_party_id: 'NLHUB' })
        party.routes.set('GET /2.3.0/sender/locations', () => ({
          data: [OWN, DIRECT, THIRD].map((owner) =>
            location('LOC1', { ...owner, name: 'By the hub', last_updated: later(9e6) }),
          ),
        }))
      },
    )
  })

  afterAll(async () => {
    await hub.party[Symbol.asyncDispose]()
    await direct.party[Symbol.asyncDispose]()
    await node[Symbol.asyncDispose]()
  })

  it('lists what third parties own, and what others bring themselves stays theirs (TRN-113, CRD-013)', async () => {
    await arrives(hub.party, 'a pull', ({ path: asked }) => asked === '/2.3.0/sender/locations')
    await quiet(hub.party)
    expect((await known(THIRD))?.name).toBe('By the hub')
    for (const { owner } of sources) expect((await known(owner))?.name).toBe('Depot Süd')
    const listed = await direct.party.send('GET', hub.party.at('locations', 'RECEIVER', path(THIRD)))
    expect(listed.http).toBe(404)
  })

  it.each(sources)('neither writes nor reads what is of $who (promise 3)', async ({ owner }) => {
    const url = hub.party.at('locations', 'RECEIVER', path(owner))
    const body = location('LOC1', { ...owner, name: 'Stolen', last_updated: later(9e6) })
    expect((await hub.party.send('PUT', url, { body })).http).toBe(404)
    expect(
      (await hub.party.send('PATCH', url, { body: { name: 'Stolen', last_updated: later(9e6) } })).http,
    ).toBe(404)
    expect((await hub.party.send('GET', url)).http).toBe(404)
    expect((await known(owner))?.name).toBe('Depot Süd')
  })

  it('reads back what it brought, and no session of ours (promise 3)', async () => {
    const third = await hub.party.send('GET', hub.party.at('locations', 'RECEIVER', path(THIRD)))
    expect(codes(third)).toEqual([200, 1000])
    expect(data(third).name).toBe('By the hub')
    const ours = await hub.party.send('GET', hub.party.at('sessions', 'RECEIVER', '/DE/CPO/S1'))
    expect(ours.http).toBe(404)
  })
})

describe('a hub that says who is away', () => {
  let node: TestNode
  let hub: Connected
  const FOURTH = { country_code: 'SE', party_id: 'FOU' }
  const tell = (party: typeof OWN, status: string, seconds: number) =>
    hub.party.send(
      'PUT',
      hub.party.at('hubclientinfo', 'RECEIVER', `/${party.country_code}/${party.party_id}`),
      {
        body: { ...party, role: 'EMSP', status, last_updated: later(seconds) },
      },
    )
  const charge = (id: string, party: typeof OWN) =>
    node.api('PUT', `/cdrs/DE/CPO/${id}`, cdr(id, { cdr_token: cdrToken(`CARD-${id}`, party) }))
  const isCdr =
    (id: string) =>
    ({ method, body }: { method: string; body: unknown }): boolean =>
      method === 'POST' && (body as { id?: string } | undefined)?.id === id

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const parties = { party: HUB, alsoParties: [THIRD, FOURTH] }
    hub = await connect(node, { version: '2.3.0', role: 'EMSP', ...parties }, (party) => {
      const plain = party.credentials.bind(party)
      party.credentials = (token) => ({ ...(plain(token) as object), hub_party_id: 'NLHUB' })
    })
  })

  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('gets nothing for them, not even later; the others get theirs (HCI-010, HCI-011)', async () => {
    expect(codes(await tell(THIRD, 'OFFLINE', 0))).toEqual([201, 1000])
    expect((await charge('C-AWAY', THIRD)).status).toBe(201)
    await charge('C-HERE', FOURTH)
    await arrives(hub.party, 'the CDR of who is there', isCdr('C-HERE'))
    expect(codes(await tell(THIRD, 'CONNECTED', 10))).toEqual([200, 1000])
    await charge('C-BACK', THIRD)
    const back = await arrives(hub.party, 'the CDR of who is back', isCdr('C-BACK'))
    expect(back.headers['ocpi-to-party-id']).toBe(THIRD.party_id)
    await quiet(hub.party)
    expect(hub.party.received.filter(isCdr('C-AWAY'))).toEqual([])
  })
})

describe('a 2.2.1 hub, whose credentials name the hub alone (TRN-113, HCI-013)', () => {
  let node: TestNode
  let hub: Connected
  let direct: Connected
  const path = ({ country_code, party_id }: typeof OWN, rest = '/LOC1') =>
    `/${country_code}/${party_id}${rest}`
  const send = (module: string, owner: typeof OWN, body: object, rest?: string) =>
    hub.party.send('PUT', hub.party.at(module, 'RECEIVER', path(owner, rest)), { body })

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
    direct = await connect(node, { version: '2.2.1', role: 'CPO', party: DIRECT })
    hub = await connect(node, { version: '2.2.1', role: 'HUB', party: HUB })
  })
  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await direct?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('pushes objects of a third party', async () => {
    expect(codes(await send('locations', THIRD, location('LOC1', THIRD)))).toEqual([201, 1000])
    const card = token('CARD', THIRD)
    expect(codes(await send('tokens', THIRD, card, '/CARD'))).toEqual([201, 1000])
    const { body } = await node.api('GET', '/locations/FR/FAR/LOC1')
    expect(body).toMatchObject({ ...THIRD, id: 'LOC1' })
    const readBack = await hub.party.send('GET', hub.party.at('locations', 'RECEIVER', path(THIRD)))
    expect(data(readBack)).toMatchObject({ ...THIRD, id: 'LOC1' })
  })

  it('pushes nothing of a party that is here itself (CRD-013, promise 3)', async () => {
    for (const owner of [OWN, DIRECT])
      expect((await send('locations', owner, location('LOC1', { ...owner, name: 'Stolen' }))).http).toBe(404)
    const { body } = await node.api('GET', '/locations/DE/CPO/LOC1')
    expect(body).toMatchObject({ name: 'Depot Süd' })
  })

  it('is not believed that a body of one party belongs to another (TRN-115)', async () => {
    const answer = await send('locations', THIRD, location('LOC2', OWN), '/LOC2')
    expect(codes(answer)).toEqual([200, 2001])
  })
})
