import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, data, later } from '../support/connect.js'
import { evse, location, session } from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Habits of partners: noticed, shown with an example, and met only where that was agreed. */
interface Quirk {
  readonly quirk: string
  readonly count: number
  readonly example: string | null
  readonly setting: string | null
  readonly rule: string
}
interface Profile {
  readonly detected: readonly Quirk[]
  readonly accepts: object
  readonly sends: object
}

describe('a CPO that does not keep to its version', () => {
  let node: TestNode
  let cpo: Connected
  const at = (path: string) => cpo.party.at('locations', 'RECEIVER', `/DE/CPO${path}`)
  const profile = async () => (await node.api('GET', `/partners/${cpo.id}/profile`)).body as Profile
  const agree = (change: object) => node.api('PUT', `/partners/${cpo.id}/profile`, change)
  const quirk = async (id: string) => (await profile()).detected.find((found) => found.quirk === id)

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    const endpoints = [{ identifier: 'tokens', role: 'RECEIVER' } as const]
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await connect(node, { version: '2.2.1', role: 'CPO', party, endpoints })
    await cpo.party.send('PUT', at('/LOC1'), { body: location() })
  })
  afterAll(async () => {
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('has nothing noted while it keeps to it', async () => {
    expect(await profile()).toEqual({
      detected: [],
      accepts: { missing_last_updated: false, long_texts: false },
      sends: { token_encoding: null, trailing_slash: false, put_for_patch: false },
    })
  })

  it('is served with a plain token, a trailing slash, times without zone and numbers as texts; each is noted with an example', async () => {
    const connectors = [{ ...evse().connectors[0], max_voltage: '230' }]
    const body = location('LOC2', {
      last_updated: '2026-03-01T10:00:00',
      evses: [evse('E1', { connectors })],
    })
    const headers = { authorization: `Token ${cpo.party.nodeToken}` }
    const answer = await cpo.party.send('PUT', `${at('/LOC2')}/`, { body, headers })
    expect(codes(answer)).toEqual([201, 1000])
    expect(await quirk('token_encoding')).toMatchObject({ rule: 'TRN-003', setting: 'sends.token_encoding' })
    expect(await quirk('trailing_slash')).toMatchObject({ count: 1, setting: 'sends.trailing_slash' })
    expect(await quirk('dates_without_zone')).toMatchObject({
      example: '"2026-03-01T10:00:00"',
      setting: null,
    })
    expect(await quirk('numbers_as_text')).toMatchObject({ rule: 'TYP-040', example: '"230"' })
    expect(JSON.stringify(await profile())).not.toContain(cpo.party.nodeToken)
  })

  it('may write its modules in another case; that is noted and works', async () => {
    const party = { country_code: 'DE', party_id: 'CAS' }
    const endpoints = [{ identifier: 'Tokens', role: 'RECEIVER' } as const]
    const other = await connect(node, { version: '2.2.1', role: 'CPO', party, endpoints })
    await using _party = other.party
    const { body } = await node.api('GET', `/partners/${other.id}/profile`)
    expect((body as Profile).detected).toMatchObject([
      { quirk: 'module_case', rule: 'ROL-016', example: '"Tokens"', setting: null },
    ])
    const partner = (await node.api('GET', `/partners/${other.id}`)).body as { endpoints: object[] }
    expect(partner.endpoints).toContainEqual(
      expect.objectContaining({ identifier: 'tokens', role: 'RECEIVER' }),
    )
  })

  it('is refused a PATCH without last_updated until that is agreed; then it counts as made now', async () => {
    const patch = () => cpo.party.send('PATCH', at('/LOC1/E1'), { body: { status: 'CHARGING' } })
    expect(codes(await patch())).toEqual([200, 2001])
    expect(await quirk('missing_last_updated')).toMatchObject({ setting: 'accepts.missing_last_updated' })
    expect((await agree({ accepts: { missing_last_updated: true } })).status).toBe(200)
    const before = Date.now()
    expect(codes(await patch())).toEqual([200, 1000])
    const stored = data(await cpo.party.send('GET', at('/LOC1/E1')))
    expect(stored.status).toBe('CHARGING')
    expect(Date.parse(String(stored.last_updated))).toBeGreaterThanOrEqual(before)
    await agree({})
    expect(codes(await patch())).toEqual([200, 2001])
  })

  it('is refused texts that are too long until that is agreed; then they are cut, ids never', async () => {
    const long = location('LOC3', { city: 'x'.repeat(60), last_updated: later(1) })
    const put = (body: object, id = 'LOC3') => cpo.party.send('PUT', at(`/${id}`), { body })
    expect(codes(await put(long))).toEqual([200, 2001])
    expect(await quirk('long_texts')).toMatchObject({ setting: 'accepts.long_texts' })
    await agree({ accepts: { long_texts: true } })
    expect(codes(await put(long))).toEqual([201, 1000])
    expect(data(await cpo.party.send('GET', at('/LOC3'))).city).toBe('x'.repeat(45))
    const id = 'L'.repeat(40)
    expect(codes(await put(location(id), id))).toEqual([200, 2001])
  })

  it('keeps its profile over a restart', async () => {
    await agree({ accepts: { long_texts: true }, sends: { token_encoding: 'plain' } })
    await node.restart()
    expect(await profile()).toMatchObject({
      accepts: { long_texts: true, missing_last_updated: false },
      sends: { token_encoding: 'plain' },
    })
  })

  it('has no profile when it is not known, and none with unknown settings', async () => {
    expect((await node.api('GET', '/partners/nobody/profile')).status).toBe(404)
    expect((await node.api('PUT', '/partners/nobody/profile', {})).status).toBe(404)
    expect((await agree({ sends: { tokenEncoding: 'plain' } })).status).toBe(400)
    expect((await agree({ sends: { token_encoding: 'rot13' } })).status).toBe(400)
  })
})

describe('an eMSP with habits, to which a CPO node pushes', () => {
  let node: TestNode
  let emsp: Connected
  const isPush = ({ method, path }: Received) => method !== 'GET' && path.includes('/sessions/')
  const pushes = () => emsp.party.received.filter(isPush)
  const change = async (kwh: number): Promise<Received[]> => {
    emsp.party.received.length = 0
    await node.api('PATCH', '/sessions/DE/CPO/S1', { kwh })
    await eventually('the push', () => pushes().some(({ body }) => (body as { kwh: number }).kwh === kwh))
    return pushes()
  }

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    await node.api('PUT', '/sessions/DE/CPO/S1', session())
    const party = { country_code: 'DE', party_id: 'MSP' }
    emsp = await connect(node, { version: '2.2.1', role: 'EMSP', party })
    await eventually('the session', () => pushes().length > 0)
  })
  afterAll(async () => {
    await emsp?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('is spoken to by the book until something is agreed', async () => {
    const [push] = await change(2)
    expect(push).toMatchObject({ method: 'PATCH', path: expect.stringMatching(/\/S1$/) })
    const token = Buffer.from(emsp.party.ownToken).toString('base64')
    expect(push?.headers.authorization).toBe(`Token ${token}`)
  })

  it('gets whole objects, slashes at the end and a plain token where that was agreed', async () => {
    const sends = { put_for_patch: true, trailing_slash: true, token_encoding: 'plain' }
    await node.api('PUT', `/partners/${emsp.id}/profile`, { sends })
    const [push] = await change(3)
    expect(push).toMatchObject({ method: 'PUT', path: expect.stringMatching(/\/S1\/$/) })
    expect(push?.headers.authorization).toBe(`Token ${emsp.party.ownToken}`)
    await node.api('PUT', `/partners/${emsp.id}/profile`, {})
    expect((await change(4))[0]).toMatchObject({ method: 'PATCH', path: expect.stringMatching(/\/S1$/) })
  })

  it('that refuses PATCH is noted, with the setting that meets it', async () => {
    emsp.party.routes.set(`PATCH /2.2.1/receiver/sessions`, () => ({ http: 405, code: 2000 }))
    const methods = (await change(5)).map(({ method }) => method)
    expect(methods).toEqual(['PATCH', 'PUT'])
    const { body } = await node.api('GET', `/partners/${emsp.id}/profile`)
    expect((body as Profile).detected).toContainEqual(
      expect.objectContaining({ quirk: 'refuses_patch', setting: 'sends.put_for_patch' }),
    )
  })
})
