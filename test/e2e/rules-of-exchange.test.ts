import { request as httpRequest } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, later, list, quiet } from '../support/connect.js'
import {
  cdr,
  cdr221,
  connector,
  evse,
  location,
  session,
  session221,
  tariff,
  tariff221,
  token,
} from '../support/documents.js'
import { ForeignParty } from '../support/foreign-party.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** Rules that the tests by role leave open: connections that change, and what holds for documents of every kind. */
let node: TestNode
const open: ForeignParty[] = []

const joined = async (
  ...given: Parameters<typeof connect> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Connected> => {
  const connected = await connect(node, ...given)
  open.push(connected.party)
  return connected
}

const invite = async (): Promise<{ id: string; token_a: string; versions_url: string }> =>
  (await node.api('POST', '/partners', { name: 'Invited' })).body as {
    id: string
    token_a: string
    versions_url: string
  }

const startNode = async (): Promise<void> => {
  node = await startTestNode({ env: { TOKEN_GRACE_SECONDS: '0' } })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  await node.api('PUT', '/locations/DE/CPO/OWN1', location('OWN1'))
}

afterEach(async () => {
  const { items } = (await node.api('GET', '/partners')).body as { items: { id: string }[] }
  for (const { id } of items) await node.api('DELETE', `/partners/${id}`)
  for (const party of open.splice(0)) await party[Symbol.asyncDispose]()
})

const stopNode = async (): Promise<void> => node?.[Symbol.asyncDispose]()

describe('connections', () => {
  beforeAll(startNode)
  afterAll(stopNode)

  const party = { country_code: 'NL', party_id: 'EMS' }
  const second = { country_code: 'NL', party_id: 'EM2' }

  it('begin with a token of their own and a list of absolute addresses (VER-001 to VER-004, CRD-020, TRN-011)', async () => {
    const [first, other] = [await invite(), await invite()]
    expect(first.token_a).not.toBe(other.token_a)
    expect(first.token_a).toMatch(/^[\x21-\x7e]{22,64}$/)
    const stranger = await ForeignParty.start({ version: '2.3.0', role: 'EMSP', party })
    open.push(stranger)
    for (const wrong of [null, 'random'])
      expect((await stranger.send('GET', first.versions_url, { token: wrong })).http).toBe(401)
    const versions = list(await stranger.send('GET', first.versions_url, { token: first.token_a }))
    expect(versions.map((entry) => entry.version)).toEqual(expect.arrayContaining(['2.2.1', '2.3.0']))
    for (const { version, url } of versions) {
      expect((await stranger.send('GET', String(url), { token: 'random' })).http).toBe(401)
      const details = data(await stranger.send('GET', String(url), { token: first.token_a }))
      expect(details.version).toBe(version)
      const endpoints = details.endpoints as { identifier: string; role: string; url: string }[]
      expect(endpoints.filter((endpoint) => endpoint.identifier === 'credentials').length).toBe(1)
      expect(endpoints.every((endpoint) => new URL(endpoint.url).href === endpoint.url)).toBe(true)
      const urls = endpoints
        .filter(({ identifier }) => identifier === 'locations')
        .map(({ url: address }) => address)
      expect([urls.length, new Set(urls).size]).toEqual([2, 2])
    }
  })

  it('refuse roles that are named twice, and odd parties (CRD-005, TYP-013)', async () => {
    const { token_a, versions_url } = await invite()
    const stranger = await ForeignParty.start({ version: '2.3.0', role: 'EMSP', party })
    open.push(stranger)
    await stranger.discover(versions_url, token_a)
    const role = { role: 'EMSP', ...party, business_details: { name: 'x' } }
    for (const roles of [
      [role, { ...role, party_id: 'ems' }],
      [{ ...role, country_code: 'NLD' }],
      [{ ...role, country_code: 'N1' }],
      [{ ...role, party_id: 'A B' }],
      [{ ...role, role: 'KING' }],
    ])
      expect(
        codes(
          await stranger.send('POST', stranger.nodeCredentials, {
            token: token_a,
            body: { token: 'tok-en', url: stranger.versionsUrl, roles },
          }),
        ),
      ).toEqual([200, 2001])
    expect(stranger.received).toEqual([])
  })

  it('fetch everything anew on PUT, with the token of its body (CRD-041, CRD-044, CRD-004)', async () => {
    const { party: emsp } = await joined({ version: '2.2.1', role: 'EMSP', party })
    await quiet(emsp)
    emsp.received.length = 0
    emsp.ownToken = 'a-new-token-of-ours'
    const answer = await emsp.send('PUT', emsp.nodeCredentials, { body: emsp.credentials() })
    expect(codes(answer)).toEqual([200, 1000])
    const callbacks = emsp.received.filter((request) => ['/versions', '/2.2.1'].includes(request.path))
    expect(callbacks.map((request) => request.path)).toEqual(['/versions', '/2.2.1'])
    for (const request of callbacks)
      expect(request.headers.authorization).toBe(
        `Token ${Buffer.from('a-new-token-of-ours').toString('base64')}`,
      )
    const old = emsp.nodeToken
    emsp.nodeToken = String(data(answer).token)
    expect((await emsp.send('GET', String(data(answer).url), { token: old })).http).toBe(401)
    expect(Array.isArray((await emsp.send('GET', String(data(answer).url))).envelope?.data)).toBe(true)
  })

  it('change version by PUT on the other version, in both directions at once (CRD-042, CRD-053)', async () => {
    const { party: emsp } = await joined({ version: '2.2.1', role: 'EMSP', party })
    await arrives(emsp, 'a push in 2.2.1', (request) => request.path.startsWith('/2.2.1/receiver/locations'))
    const old = emsp.at('locations', 'SENDER')
    expect((await emsp.send('GET', old)).envelope?.status_code).toBe(1000)
    emsp.routes.set('GET /versions', () => ({
      data: ['2.2.1', '2.3.0'].map((version) => ({ version, url: `${emsp.url}/${version}` })),
    }))
    emsp.routes.set('GET /2.3.0', () => ({
      data: JSON.parse(JSON.stringify(emsp.details()).replaceAll('2.2.1', '2.3.0')),
    }))
    const answer = await emsp.send('PUT', emsp.nodeCredentials.replace('2.2.1', '2.3.0'), {
      body: emsp.credentials(),
    })
    expect(codes(answer)).toEqual([200, 1000])
    emsp.nodeToken = String(data(answer).token)
    expect(codes(await emsp.send('GET', old))).toEqual([200, 3002])
    expect(codes(await emsp.send('GET', old.replace('2.2.1', '2.3.0')))).toEqual([200, 1000])
    await node.api('PATCH', '/locations/DE/CPO/OWN1/evses/E1', { status: 'BLOCKED' })
    await arrives(emsp, 'a push in 2.3.0', (request) => request.path.startsWith('/2.3.0/receiver/locations'))
    await node.api('PATCH', '/locations/DE/CPO/OWN1/evses/E1', { status: 'AVAILABLE' })
  })

  it('lose what a PUT takes from the roles (CRD-052, ROL-005)', async () => {
    const { party: emsp } = await joined({
      version: '2.3.0',
      role: 'EMSP',
      party,
      alsoParties: [second],
      endpoints: [{ identifier: 'commands', role: 'SENDER' }],
    })
    const put = (uid: string) =>
      emsp.send('PUT', emsp.at('tokens', 'RECEIVER', `/NL/EM2/${uid}`), { body: token(uid, second) })
    expect(codes(await put('X1'))).toEqual([201, 1000])
    const { roles, ...rest } = emsp.credentials() as { roles: unknown[] }
    const answer = await emsp.send('PUT', emsp.nodeCredentials, {
      body: { ...rest, roles: roles.slice(0, 1) },
    })
    emsp.nodeToken = String(data(answer).token)
    expect(codes(await put('X2'))).toEqual([404, 2000])
    expect((await emsp.send('GET', emsp.at('tokens', 'RECEIVER', '/NL/EM2/X1'))).http).toBe(404)
  })

  it('finish one update before the other (CRD-054)', async () => {
    const { party: emsp, id } = await joined({ version: '2.3.0', role: 'EMSP', party })
    let meanwhile: unknown
    emsp.routes.set('PUT /2.3.0/credentials', async (request) => {
      emsp.nodeToken = (request.body as { token: string }).token
      meanwhile = codes(await emsp.send('PUT', emsp.nodeCredentials, { body: emsp.credentials() }))
      return { data: emsp.credentials() }
    })
    expect((await node.api('POST', `/partners/${id}/rotate`)).status).toBe(200)
    expect(meanwhile).toEqual([200, 2000])
  })

  it('need a new invitation after their end (CRD-063, CRD-067)', async () => {
    const { token_a, versions_url } = await invite()
    const emsp = await ForeignParty.start({ version: '2.3.0', role: 'EMSP', party })
    open.push(emsp)
    await emsp.register(versions_url, token_a)
    await emsp.send('DELETE', emsp.nodeCredentials)
    for (const used of [token_a, emsp.nodeToken])
      expect(
        (await emsp.send('POST', emsp.nodeCredentials, { token: used, body: emsp.credentials() })).http,
      ).toBe(401)
    const again = await invite()
    expect((await emsp.register(again.versions_url, again.token_a)).envelope?.status_code).toBe(1000)
  })

  it('of a party in a role the enumeration lacks is taken as PTP and refused as HUB (ROL-014, ROL-015)', async () => {
    const { token_a, versions_url } = await invite()
    const terminal = await ForeignParty.start({ version: '2.3.0', role: 'EMSP', party })
    open.push(terminal)
    await terminal.discover(versions_url, token_a)
    const body = (role: string) => ({
      ...(terminal.credentials() as object),
      roles: [{ role, ...party, business_details: { name: role } }],
    })
    const joinedAs = await terminal.send('POST', terminal.nodeCredentials, {
      token: token_a,
      body: body('PTP'),
    })
    expect(codes(joinedAs)).toEqual([200, 1000])
    terminal.nodeToken = String(data(joinedAs).token)
    await terminal.discover(versions_url, terminal.nodeToken)
    expect(codes(await terminal.send('GET', terminal.at('locations', 'SENDER')))).toEqual([200, 1000])
    const hub = await terminal.send('PUT', terminal.nodeCredentials, { body: body('HUB') })
    expect(codes(hub)).toEqual([200, 2001])
  })

  it('are not made with addresses inside, outside of demonstrations (CRD-037, TRN-013, promise 6)', async () => {
    const production = await startTestNode({ env: { ALLOW_PRIVATE_PARTNERS: 'false' } })
    await production.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const { body } = await production.api('POST', '/partners', { name: 'Inside' })
    const { token_a, versions_url } = body as { token_a: string; versions_url: string }
    const stranger = await ForeignParty.start({ version: '2.3.0', role: 'EMSP', party })
    open.push(stranger)
    await stranger.discover(versions_url, token_a)
    for (const address of [
      stranger.versionsUrl,
      stranger.versionsUrl.replace('http', 'https'),
      'https://169.254.169.254/versions',
      'https://localhost/versions',
      'https://[::1]/versions',
      'http://example.com/versions',
    ]) {
      const credentials = { ...(stranger.credentials() as object), url: address }
      expect([
        address,
        ...codes(
          await stranger.send('POST', stranger.nodeCredentials, { token: token_a, body: credentials }),
        ),
      ]).toEqual([address, 200, 3001])
    }
    expect(stranger.received).toEqual([])
    await production[Symbol.asyncDispose]()
  })

  it('of two platforms at once do not wait for each other (CRD-029, CRD-034)', async () => {
    const parties = await Promise.all(
      ['AA1', 'AA2', 'AA3', 'AA4'].map((party_id) =>
        joined({ version: '2.3.0', role: 'EMSP', party: { country_code: 'NL', party_id } }),
      ),
    )
    expect(new Set(parties.map(({ party: each }) => each.nodeToken)).size).toBe(4)
  })
})

describe.each([
  {
    version: '2.2.1' as const,
    aTariff: tariff221,
    aSession: session221,
    aCdr: cdr221,
    price: { excl_vat: 1, incl_vat: 1.19 },
  },
  {
    version: '2.3.0' as const,
    aTariff: tariff,
    aSession: session,
    aCdr: cdr,
    price: { before_taxes: 1, taxes: [{ name: 'VAT', amount: 0.19 }] },
  },
])('documents in $version', ({ version, aTariff, aSession, aCdr, price }) => {
  beforeAll(startNode)
  afterAll(stopNode)

  const endpoints = [{ identifier: 'tokens', role: 'RECEIVER' }] as const
  const A = { country_code: 'NL', party_id: 'CPA' }
  const B = { country_code: 'NL', party_id: 'CPB' }
  const cpo = async (party = A): Promise<ForeignParty> =>
    (await joined({ version, role: 'CPO', party, endpoints })).party
  const put = (from: ForeignParty, module: string, path: string, body: unknown) =>
    from.send('PUT', from.at(module, 'RECEIVER', path), { body })
  const get = (from: ForeignParty, module: string, path: string) =>
    from.send('GET', from.at(module, 'RECEIVER', path))

  it('of the same id and different owners stay apart (LOC-041)', async () => {
    const [a, b] = [await cpo(), await cpo(B)]
    expect(codes(await put(a, 'locations', '/NL/CPA/1', location('1', { ...A, name: 'A' })))).toEqual([
      201, 1000,
    ])
    expect(codes(await put(b, 'locations', '/NL/CPB/1', location('1', { ...B, name: 'B' })))).toEqual([
      201, 1000,
    ])
    expect([
      data(await get(a, 'locations', '/NL/CPA/1')).name,
      data(await get(b, 'locations', '/NL/CPB/1')).name,
    ]).toEqual(['A', 'B'])
  })

  it('have connectors that are their own in each EVSE, and EVSEs that lift their location (LOC-055, LOC-100, TRN-101)', async () => {
    const a = await cpo()
    const evses = [evse('E1'), evse('E2')]
    await put(a, 'locations', '/NL/CPA/2', location('2', { ...A, evses }))
    await put(a, 'locations', '/NL/CPA/2/E1/1', connector('1', { max_amperage: 63, last_updated: later(5) }))
    expect(data(await get(a, 'locations', '/NL/CPA/2/E2/1')).max_amperage).toBe(32)
    await put(a, 'locations', '/NL/CPA/2/E2', evse('E2', { status: 'RESERVED', last_updated: later(9) }))
    expect(data(await get(a, 'locations', '/NL/CPA/2')).last_updated).toBe(later(9))
  })

  it('lose on PUT what it leaves out (TRN-091, TAR-001)', async () => {
    const a = await cpo()
    await put(a, 'locations', '/NL/CPA/3', location('3', A))
    const { name: _gone, ...rest } = location('3', { ...A, last_updated: later(1) })
    await put(a, 'locations', '/NL/CPA/3', rest)
    expect(data(await get(a, 'locations', '/NL/CPA/3'))).not.toHaveProperty('name')
  })

  it('keep their spelling, numbers, addresses and texts (TYP-002, TYP-044, TYP-046, TYP-051, TYP-054, SES-072, CDR-091, LOC-139)', async () => {
    const a = await cpo()
    const sent = aSession('MiXeD', { ...A, kwh: 0, total_cost: price, vendor_field: { deep: [1.5, 'Ä'] } })
    expect(codes(await put(a, 'sessions', '/nl/cpa/mixed', sent))).toEqual([201, 1000])
    expect(data(await get(a, 'sessions', '/NL/CPA/MIXED'))).toEqual(sent)
    const numbers = await a.send('PUT', a.at('sessions', 'RECEIVER', '/NL/CPA/N'), {
      bodyText: JSON.stringify(aSession('N', A)).replace('"kwh":1.5', '"kwh":1.5000'),
    })
    expect(codes(numbers)).toEqual([201, 1000])
    expect(data(await get(a, 'sessions', '/NL/CPA/N')).kwh).toBe(1.5)
    const place = location('4', {
      ...A,
      name: 'ü'.repeat(255),
      operator: { name: 'X', website: 'https://example.com/Path/%C3%A4?Q=1' },
    })
    expect(codes(await put(a, 'locations', '/NL/CPA/4', place))).toEqual([201, 1000])
    expect(data(await get(a, 'locations', '/NL/CPA/4'))).toEqual(place)
    const signed_data = {
      encoding_method: 'Odd',
      signed_values: [{ nature: 'Start', plain_data: ' a\u00e4=\\"x" ', signed_data: 'b64+/==' }],
    }
    const posted = await a.send('POST', a.at('cdrs', 'RECEIVER'), {
      body: aCdr(`SD-${version}`, { ...A, signed_data }),
    })
    expect(codes(posted)).toEqual([201, 1000])
    expect(data(await a.send('GET', String(posted.headers.get('location')))).signed_data).toEqual(signed_data)
    const again = await a.send('POST', a.at('cdrs', 'RECEIVER'), {
      body: aCdr(`sd-${version}`, { ...A, signed_data, remark: 'other' }),
    })
    expect(codes(again)).toEqual([200, 2001])
  })

  it('refuse unknown closed values and keep unknown open ones (TRN-142, TYP-056, LOC-142)', async () => {
    const a = await cpo()
    expect(codes(await put(a, 'sessions', '/NL/CPA/X', aSession('X', { ...A, status: 'FOO' })))).toEqual([
      200, 2001,
    ])
    const plug = location('5', {
      ...A,
      evses: [evse('E1', { connectors: [connector('1', { standard: 'NEW_PLUG' })] })],
    })
    expect(codes(await put(a, 'locations', '/NL/CPA/5', plug))).toEqual(
      version === '2.3.0' ? [201, 1000] : [200, 2001],
    )
    if (version === '2.3.0') expect(data(await get(a, 'locations', '/NL/CPA/5'))).toEqual(plug)
  })

  it.each([
    ['hours without regular ones', { opening_times: { twentyfourseven: false } }],
    [
      'hours of both kinds',
      {
        opening_times: {
          twentyfourseven: true,
          regular_hours: [{ weekday: 1, period_begin: '08:00', period_end: '20:00' }],
        },
      },
    ],
    [
      'a weekday 8',
      {
        opening_times: {
          twentyfourseven: false,
          regular_hours: [{ weekday: 8, period_begin: '08:00', period_end: '20:00' }],
        },
      },
    ],
    ['a publish token without anything', { publish: false, publish_allowed_to: [{}] }],
    ['a publish token uid without type', { publish: false, publish_allowed_to: [{ uid: 'X' }] }],
    ['a visual number without issuer', { publish: false, publish_allowed_to: [{ visual_number: 'X' }] }],
    ['a text without language', { directions: [{ text: 'left' }] }],
    ['a URL of 256 characters', { operator: { name: 'x', website: `https://e.com/${'x'.repeat(242)}` } }],
    ['a date with a month 13', { last_updated: '2026-13-01T00:00:00Z' }],
    [
      'a fraction for a whole number',
      { evses: [evse('E1', { connectors: [connector('1', { max_voltage: 230.5 })] })] },
    ],
  ])('refuse %s (LOC-114, LOC-116, LOC-121, LOC-122, TYP-045, TYP-050, TYP-052)', async (_what, change) => {
    const a = await cpo()
    expect(codes(await put(a, 'locations', '/NL/CPA/BAD', location('BAD', { ...A, ...change })))).toEqual([
      200, 2001,
    ])
    expect((await get(a, 'locations', '/NL/CPA/BAD')).http).toBe(404)
  })

  it('refuse wrong tariffs and keep right ones, unknown fields too (TAR-015, TAR-019, TAR-038 to TAR-042)', async () => {
    const a = await cpo()
    const element = (restrictions: object) => ({
      elements: [{ price_components: [{ type: 'FLAT', price: 1, step_size: 1 }], restrictions }],
    })
    for (const change of [
      element({ start_time: '24:00' }),
      element({ start_date: '2024-13-01' }),
      { elements: [{ price_components: [] }] },
      ...(version === '2.3.0' ? [{ tax_included: undefined }] : []),
    ])
      expect(codes(await put(a, 'tariffs', '/NL/CPA/T', aTariff('T', { ...A, ...change })))).toEqual([
        200, 2001,
      ])
    expect((await get(a, 'tariffs', '/NL/CPA/T')).http).toBe(404)
    const good = aTariff('T', {
      ...A,
      ...element({ start_time: '08:30', start_date: '2026-01-01' }),
      preauthorize_amount: 25,
    })
    expect(codes(await put(a, 'tariffs', '/NL/CPA/T', good))).toEqual([201, 1000])
    expect(data(await get(a, 'tariffs', '/NL/CPA/t'))).toEqual(good)
  })

  it('come with headers in any case, and their answers echo ids (TRN-015, TRN-122)', async () => {
    const a = await cpo()
    const { hostname, port, pathname } = new URL(a.at('locations', 'RECEIVER', '/NL/CPA/NONE'))
    const headers = {
      AUTHORIZATION: `tOkEn ${Buffer.from(a.nodeToken).toString('base64')}`,
      'x-ReQuest-ID': '774321',
      'X-CORRELATION-id': 'Some Text',
      'ocpi-To-Party-Id': 'MSP',
      'OCPI-TO-COUNTRY-CODE': 'de',
    }
    const answered = await new Promise<{ status: number | undefined; headers: Record<string, unknown> }>(
      (resolve, reject) => {
        httpRequest({ hostname, port, path: pathname, headers }, (response) => {
          response.resume()
          resolve({ status: response.statusCode, headers: response.headers })
        })
          .on('error', reject)
          .end()
      },
    )
    expect(answered.status).toBe(404)
    expect(answered.headers).toMatchObject({
      'x-request-id': '774321',
      'x-correlation-id': 'Some Text',
      'ocpi-from-party-id': 'MSP',
    })
  })
})
