import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, quiet } from '../support/connect.js'
import {
  cdr,
  cdr221,
  cdrToken,
  location,
  session,
  session221,
  tariff,
  tariff221,
  token,
} from '../support/documents.js'
import { clientInfo, connectHub, tellOf } from '../support/hub.js'
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
      party.credentials = (token) => {
        const given = plain(token) as { roles: { party_id: string }[] }
        const roles = given.roles.map((each) =>
          each.party_id === HUB.party_id ? { ...each, role: 'OTHER' } : each,
        )
        return { ...given, roles, hub_party_id: 'NLHUB' }
      }
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

  it('is asked about an unknown card for an eMSP that is there, and not at all when none is (HCI-010, TOK-083)', async () => {
    const ask = async (token_uid: string) => {
      const { body } = await node.api('POST', '/authorizations', { token_uid, type: 'RFID' })
      const asked = hub.party.received.filter(({ path }) => path.endsWith(`/${token_uid}/authorize`))
      return { body, to: asked.map(({ headers }) => headers['ocpi-to-party-id']) }
    }
    await tell(THIRD, 'OFFLINE', 20)
    expect((await ask('UNKNOWN1')).to).toEqual([FOURTH.party_id])
    await tell(FOURTH, 'SUSPENDED', 20)
    const { body, to } = await ask('UNKNOWN2')
    expect(to).toEqual([])
    expect(body).toMatchObject({ allowed: 'NOT_ALLOWED', reason: 'unknown_token' })
  })
})

describe.each([
  { version: '2.2.1' as const, sessionOf: session221, cdrOf: cdr221, tariffOf: tariff221 },
  { version: '2.3.0' as const, sessionOf: session, cdrOf: cdr, tariffOf: tariff },
])('a hub in $version whose credentials name the hub alone (TRN-113)', (shapes) => {
  const { version, sessionOf, cdrOf, tariffOf } = shapes
  let node: TestNode
  let hub: Connected
  let direct: Connected
  const OURS = { country_code: 'DE', party_id: 'MSP' }
  const path = ({ country_code, party_id }: typeof OWN, rest = '/LOC1') =>
    `/${country_code}/${party_id}${rest}`
  const send = (module: string, owner: typeof OWN, body: object, rest?: string) =>
    hub.party.send('PUT', hub.party.at(module, 'RECEIVER', path(owner, rest)), { body })
  const bills = { ...THIRD, cdr_token: cdrToken('CARD', OURS) }
  const objects: readonly [module: string, body: object, rest: string][] = [
    ['locations', location('LOC1', THIRD), '/LOC1'],
    ['tariffs', tariffOf('T1', THIRD), '/T1'],
    ['tokens', token('CARD', THIRD), '/CARD'],
    ['sessions', sessionOf('S1', bills), '/S1'],
  ]

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
    direct = await connect(node, { version, role: 'CPO', party: DIRECT })
    hub = await connectHub(node, { version })
    // The first pulls find nothing, and withdraw what was pushed before they began.
    await arrives(hub.party, 'the last pull', ({ path: asked }) => asked === `/${version}/sender/cdrs`)
    await quiet(hub.party)
    expect((await tellOf(hub, clientInfo(THIRD, 'CPO', 'CONNECTED', 0))).http).toBe(201)
  })
  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await direct?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it.each(objects)(
    'brings %s of a party that its client info names CONNECTED (HCI-013)',
    async (...given) => {
      const [module, body, rest] = given
      expect(codes(await send(module, THIRD, body, rest))).toEqual([201, 1000])
      const readBack = await hub.party.send('GET', hub.party.at(module, 'RECEIVER', path(THIRD, rest)))
      expect(data(readBack)).toMatchObject(THIRD)
      const { body: known } = await node.api('GET', `/${module}?party=FR*FAR&facts=true`)
      expect(known).toMatchObject({ items: [THIRD], facts: [{ received_from: hub.id }] })
    },
  )

  it('brings CDRs of such a party (HCI-013)', async () => {
    const url = hub.party.at('cdrs', 'RECEIVER')
    const answer = await hub.party.send('POST', url, { body: cdrOf('C1', bills) })
    expect(codes(answer)).toEqual([201, 1000])
    expect((await node.api('GET', '/cdrs/FR/FAR/C1')).body).toMatchObject(THIRD)
  })

  it('brings nothing of a party that is here itself, whatever its client info says (CRD-013, promise 3)', async () => {
    for (const owner of [OWN, DIRECT]) {
      expect((await tellOf(hub, clientInfo(owner, 'CPO', 'CONNECTED', 0))).http).toBe(201)
      const stolen = location('LOC1', { ...owner, name: 'Stolen', last_updated: later(9e6) })
      expect((await send('locations', owner, stolen)).http).toBe(404)
      const bill = cdrOf('C2', { ...bills, ...owner })
      const answer = await hub.party.send('POST', hub.party.at('cdrs', 'RECEIVER'), { body: bill })
      expect(codes(answer)).toEqual([200, 2001])
    }
    const { body } = await node.api('GET', '/locations/DE/CPO/LOC1')
    expect(body).toMatchObject({ name: 'Depot Süd' })
    expect((await node.api('GET', '/cdrs/DE/CPO/C2')).status).toBe(404)
  })

  it('is not believed that a body of one party belongs to another (TRN-115)', async () => {
    const answer = await send('locations', THIRD, location('LOC2', OWN), '/LOC2')
    expect(codes(answer)).toEqual([200, 2001])
  })
})
