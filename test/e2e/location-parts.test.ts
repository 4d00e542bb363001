import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, list, quiet } from '../support/connect.js'
import { connector, connector211, evse, evse211, location, location211 } from '../support/documents.js'
import { startTestNode, type TestNode } from '../support/node.js'

/**
 * A location is kept in parts (docs/decisions/0002), each with what other versions have no room for. Unknown fields whose names mean
 * something in another version stay through reading, changing and sending of the whole and of its parts.
 */
const CPO = { country_code: 'NL', party_id: 'CPX' }
const OWN = { country_code: 'DE', party_id: 'CPO' }

const shapes = [
  {
    version: '2.1.1' as const,
    plug: connector211('1', { max_voltage: 'of a vendor', capabilities: ['of a vendor'] }),
    evseOf: evse211,
    locationOf: (id: string, change: object) => location211(id, { state: 'of a vendor', ...change }),
  },
  {
    version: '2.2.1' as const,
    plug: connector('1', { capabilities: 'of a vendor' }),
    evseOf: (uid: string, change: object) =>
      evse(uid, { parking: 'of a vendor', accepted_service_providers: 7, ...change }),
    locationOf: (id: string, change: object) => location(id, { help_phone: ['of a vendor'], ...change }),
  },
]

describe.each(shapes)('the parts of a location in $version', ({ version, plug, evseOf, locationOf }) => {
  let node: TestNode
  let cpo: Connected
  let emsp: Connected
  const isOld = version === '2.1.1'
  const station = evseOf('E1', { connectors: [plug] })
  const place = (id: string, owner: typeof OWN) =>
    locationOf(id, { ...(isOld ? {} : owner), evses: [station, evseOf('E2', {})] })
  const at = (path: string) => cpo.party.at('locations', 'RECEIVER', `/NL/CPX${path}`)
  const put = (path: string, body: unknown) => cpo.party.send('PUT', at(path), { body })
  const patch = (path: string, body: unknown) => cpo.party.send('PATCH', at(path), { body })
  const read = async (path: string) => data(await cpo.party.send('GET', at(path)))

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    cpo = await connect(node, { version, role: 'CPO', party: CPO })
    emsp = await connect(node, { version, role: 'EMSP', party: { country_code: 'FR', party_id: 'EMX' } })
    await quiet(cpo.party)
  })
  afterAll(async () => {
    await cpo?.party[Symbol.asyncDispose]()
    await emsp?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('are given back as they came in the whole (design 4)', async () => {
    expect(codes(await put('/L1', place('L1', CPO)))).toEqual([201, 1000])
    expect(await read('/L1')).toEqual(place('L1', CPO))
    expect(await read('/L1/E1')).toEqual(station)
    expect(await read('/L1/E1/1')).toEqual(plug)
  })

  it('stay when another connector comes, and that one too (LOC-054)', async () => {
    const time = later(60).replace('.000Z', 'Z')
    const second = { ...plug, id: '2', last_updated: time }
    expect(codes(await put('/L1/E1/2', second))).toEqual([201, 1000])
    expect(await read('/L1/E1/2')).toEqual(second)
    expect(await read('/L1/E1')).toEqual({ ...station, connectors: [plug, second], last_updated: time })
  })

  it('change by PATCH under their names in this version (LOC-072)', async () => {
    const [vendor] = Object.entries(plug).find(([, value]) => String(value) === 'of a vendor') ?? []
    const change = { [String(vendor)]: 'changed', x_plug: 1, last_updated: later(120).replace('.000Z', 'Z') }
    expect(codes(await patch('/L1/E1/1', change))).toEqual([200, 1000])
    expect(await read('/L1/E1/1')).toEqual({ ...plug, ...change })
    const status = { status: 'CHARGING', last_updated: later(180).replace('.000Z', 'Z') }
    expect(codes(await patch('/L1/E1', status))).toEqual([200, 1000])
    expect(await read('/L1/E1')).toMatchObject({
      ...status,
      connectors: [{ ...plug, ...change }, { id: '2' }],
    })
  })

  it('begin with a PATCH where nothing was kept before', async () => {
    const { connectors: _plugs, ...bare } = evseOf('E2', {})
    await put('/L1/E3', { ...bare, uid: 'E3', connectors: [isOld ? connector211() : connector()] })
    const change = { max_voltage: isOld ? 'new' : 400, last_updated: later(200).replace('.000Z', 'Z') }
    expect(codes(await patch('/L1/E3/1', change))).toEqual([200, 1000])
    expect(await read('/L1/E3/1')).toMatchObject(change)
  })

  it('are shown by the operator API in this version, by themselves, whole and in lists', async () => {
    const mine = place('L2', OWN)
    expect((await node.api('PUT', `/locations/DE/CPO/L2?version=${version}`, mine)).status).toBe(201)
    const seen = async (path: string) => (await node.api('GET', `${path}?version=${version}`)).body
    expect(await seen('/locations/DE/CPO/L2')).toEqual(mine)
    expect(await seen('/locations/DE/CPO/L2/evses/E1')).toEqual(station)
    expect(await seen('/locations/DE/CPO/L2/evses/E1/connectors/1')).toEqual(plug)
    const { body } = await node.api('GET', `/locations?party=DE*CPO&version=${version}`)
    expect(body).toMatchObject({ items: [mine] })
  })

  it('are sent and listed as they came, also when only what is kept of them changes', async () => {
    const mine = place('L2', OWN)
    const isL2 = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && path.endsWith('/locations/DE/CPO/L2')
    expect((await arrives(emsp.party, 'the location', isL2)).body).toEqual(mine)
    const listed = await emsp.party.send('GET', emsp.party.at('locations', 'SENDER'))
    expect(list(listed)).toEqual([mine])
    const other = { ...station, connectors: [{ ...plug, capabilities: 'another', x_more: true }] }
    const { capabilities: _capabilities, ...changed } = other
    const body = { ...changed, last_updated: later(300).replace('.000Z', 'Z') }
    const path = `/locations/DE/CPO/L2/evses/E1?version=${version}`
    expect((await node.api('PUT', path, body)).status).toBe(200)
    const isE1 = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && path.endsWith('/locations/DE/CPO/L2/E1')
    expect((await arrives(emsp.party, 'the EVSE', isE1)).body).toEqual(body)
  })

  it('come in the shape of each version when one of them was written in another', async () => {
    const path = '/locations/DE/CPO/L2/evses/E2'
    const modern = evse('E2', { parking: [{ parking_id: 'P1' }], last_updated: later(400) })
    expect((await node.api('PUT', path, modern)).status).toBe(200)
    const listed = await emsp.party.send('GET', emsp.party.at('locations', 'SENDER'))
    const [, second] = list(listed).flatMap(({ evses }) => evses as Record<string, unknown>[])
    expect(second).toMatchObject({ uid: 'E2' })
    expect(second).not.toHaveProperty('parking')
    const { body } = await node.api('GET', path)
    expect(body).toMatchObject({ parking: [{ parking_id: 'P1' }] })
  })
})
