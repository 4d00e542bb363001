import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, list, quiet } from '../support/connect.js'
import { cdr, cdrToken, location, session, token } from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { clientInfo, connectHub, HUB, tellOf } from '../support/hub.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** Parties that only the client info of a hub names count as roles of that hub while they are CONNECTED (HCI-013). */
const DRIVERS = { country_code: 'FR', party_id: 'EMX' }
const RIVALS = { country_code: 'SE', party_id: 'EMY' }
const STATIONS = { country_code: 'FR', party_id: 'CPX' }
const DIRECT = { country_code: 'BE', party_id: 'EMD' }
const OURS = { country_code: 'DE', party_id: 'MSP' }

const routed = ({ country_code, party_id }: typeof HUB) => ({
  'ocpi-from-country-code': country_code,
  'ocpi-from-party-id': party_id,
  'ocpi-to-country-code': 'DE',
  'ocpi-to-party-id': 'CPO',
})

describe.each(['2.2.1', '2.3.0'] as const)('parties behind a hub in %s', (version) => {
  let node: TestNode
  let hub: Connected
  let direct: Connected
  const carries =
    (method: string, id: string) =>
    (request: Received): boolean =>
      request.method === method &&
      (request.path.endsWith(`/${id}`) || (request.body as { id?: string } | undefined)?.id === id)
  const charge = async (id: string, party: typeof HUB): Promise<void> => {
    const cdr_token = cdrToken(`CARD-${id}`, party)
    expect(
      (await node.api('PUT', `/sessions/DE/CPO/S-${id}`, session(`S-${id}`, { cdr_token }))).status,
    ).toBe(201)
    expect((await node.api('PUT', `/cdrs/DE/CPO/C-${id}`, cdr(`C-${id}`, { cdr_token }))).status).toBe(201)
  }
  const start = async (party: typeof HUB, from = party, by = hub) => {
    const body = {
      response_url: `${by.party.url}/results/${crypto.randomUUID()}`,
      token: token('CARD', party),
      location_id: 'LOC1',
      evse_uid: 'E1',
    }
    const url = by.party.at('commands', 'RECEIVER', '/START_SESSION')
    return by.party.send('POST', url, { body, headers: by === hub ? routed(from) : {} })
  }
  const listed = async (module: string, from: typeof HUB) =>
    list(await hub.party.send('GET', hub.party.at(module, 'SENDER'), { headers: routed(from) })).map(
      ({ id }) => id,
    )

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1'))
    await node.api('PUT', '/tokens/DE/MSP/OWN', token('OWN', OURS))
    direct = await connect(node, { version, role: 'EMSP', party: DIRECT })
    hub = await connectHub(node, { version })
    // The first pull finds nothing, and whom it does not list counts as gone.
    await arrives(hub.party, 'the last pull', ({ path }) => path === `/${version}/sender/cdrs`)
    await quiet(hub.party)
    expect((await start(DRIVERS)).envelope?.status_code).toBe(2001)
    for (const party of [DRIVERS, RIVALS, DIRECT, OURS])
      expect((await tellOf(hub, clientInfo(party, 'EMSP', 'CONNECTED', 0))).http).toBe(201)
    expect((await tellOf(hub, clientInfo(STATIONS, 'CPO', 'CONNECTED', 0))).http).toBe(201)
  }, 60_000)
  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await direct?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('are sent the sessions and CDRs of their drivers, addressed to them (ROL-009, TRN-054)', async () => {
    await charge('1', DRIVERS)
    for (const [method, id] of [
      ['PUT', 'S-1'],
      ['POST', 'C-1'],
    ] as const) {
      const { headers } = await arrives(hub.party, id, carries(method, id))
      expect(headers['ocpi-to-country-code']).toBe(DRIVERS.country_code)
      expect(headers['ocpi-to-party-id']).toBe(DRIVERS.party_id)
    }
  })

  it('read what is theirs through the hub, each its own (SES-010, CDR-005)', async () => {
    await charge('2', RIVALS)
    expect(await listed('sessions', DRIVERS)).toEqual(['S-1'])
    expect(await listed('cdrs', RIVALS)).toEqual(['C-2'])
    expect(await listed('cdrs', HUB)).toEqual(['C-1', 'C-2'])
  })

  it('command with tokens of their own, and with no others (CMD-028)', async () => {
    expect(data(await start(DRIVERS))).toMatchObject({ result: 'ACCEPTED' })
    expect((await start(RIVALS, DRIVERS)).envelope?.status_code).toBe(2001)
    expect((await start({ country_code: 'IT', party_id: 'NON' })).envelope?.status_code).toBe(2001)
  })

  it('read our tokens as a CPO behind the hub (TOK-001)', async () => {
    const headers = { ...routed(STATIONS), 'ocpi-to-party-id': 'MSP' }
    const answer = await hub.party.send('GET', hub.party.at('tokens', 'SENDER'), { headers })
    expect(list(answer).map(({ uid }) => uid)).toEqual(['OWN'])
  })

  it('that are here themselves are neither reached nor heard through it (CRD-013, promise 3)', async () => {
    await charge('3', DIRECT)
    await charge('4', OURS)
    await arrives(direct.party, 'the CDR of the direct partner', carries('POST', 'C-3'))
    await charge('5', DRIVERS)
    await arrives(hub.party, 'a later CDR', carries('POST', 'C-5'))
    const others = hub.party.received.filter((request) =>
      ['S-3', 'C-3', 'S-4', 'C-4'].some((id) => carries('PUT', id)(request) || carries('POST', id)(request)),
    )
    expect(others).toEqual([])
    for (const party of [DIRECT, OURS]) expect((await start(party)).envelope?.status_code).toBe(2001)
    expect(data(await start(DIRECT, DIRECT, direct))).toMatchObject({ result: 'ACCEPTED' })
  })

  it('count no more once they are not CONNECTED (HCI-010)', async () => {
    expect(codes(await tellOf(hub, clientInfo(RIVALS, 'EMSP', 'SUSPENDED', 10)))).toEqual([200, 1000])
    expect((await start(RIVALS)).envelope?.status_code).toBe(2001)
    expect(await listed('cdrs', HUB)).not.toContain('C-2')
    const asSent = async (id: string) =>
      (await node.api('GET', `/cdrs/DE/CPO/${id}?partner=${hub.id}`)).status
    expect(await asSent('C-1')).toBe(200)
    expect(await asSent('C-2')).toBe(409)
  })
})
