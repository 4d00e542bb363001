import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { versionsUrlFor } from '../support/connect.js'
import { ForeignParty, type StubRoute, written } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** The node is an eMSP and a CPO; foreign parties come and go. */
let node: TestNode
const open: ForeignParty[] = []

const foreign = async (
  version: Version = '2.3.0',
  role: 'CPO' | 'EMSP' = 'CPO',
  party_id = 'FOR',
): Promise<ForeignParty> => {
  const party = await ForeignParty.start({ version, role, party: { country_code: 'NL', party_id } })
  open.push(party)
  return party
}

type Version = '2.1.1' | '2.2.1' | '2.3.0'

/** An invitation with the versions address that a CPO of this version uses. */
const invite = async (
  version: Version = '2.3.0',
): Promise<{ id: string; token_a: string; versions_url: string }> => {
  const { body } = await node.api('POST', '/partners', { name: 'Foreign' })
  const versions_url = versionsUrlFor(
    { version, role: 'CPO', party: { country_code: 'NL', party_id: 'FOR' } },
    body,
  )
  return { ...(body as { id: string; token_a: string }), versions_url }
}

const partner = async (id: string): Promise<Record<string, unknown>> =>
  (await node.api('GET', `/partners/${id}`)).body as Record<string, unknown>

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
})

afterEach(async () => {
  const { body } = await node.api('GET', '/partners')
  const items =
    (body as { items?: { id: string; status: string }[] }).items ?? (body as { id: string; status: string }[])
  for (const { id } of items) await node.api('DELETE', `/partners/${id}`)
  await Promise.all(open.splice(0).map((party) => party[Symbol.asyncDispose]()))
})

afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
})

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('registration as receiver in %s', (version) => {
  it('answers our credentials with a new token; token A is used up (CRD-024, CRD-025)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url, id } = await invite(version)
    const answer = await party.register(versions_url, token_a)
    expect(answer.http).toBe(200)
    expect(answer.envelope).toMatchObject({ status_code: 1000, data: { url: versions_url } })
    expect(party.nodeToken).not.toBe(token_a)
    expect((await party.send('GET', versions_url, { token: token_a })).http).toBe(401)
    expect((await party.send('GET', versions_url)).http).toBe(200)
    expect(await partner(id)).toMatchObject({ status: 'REGISTERED', version })
  })

  it('fetches versions and details with the new token before it answers (CRD-023)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.register(versions_url, token_a)
    const callbacks = party.received.filter((request) => request.method === 'GET').slice(0, 2)
    expect(callbacks.map((request) => request.path)).toEqual(['/versions', `/${version}`])
    expect(callbacks[1]?.headers.authorization).toBe(written(version, party.ownToken))
  })

  it('answers 405 to POST while registered, and to PUT and DELETE before (CRD-027, CRD-040, CRD-064)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.discover(versions_url, token_a)
    expect(
      (await party.send('PUT', party.nodeCredentials, { token: token_a, body: party.credentials() })).http,
    ).toBe(405)
    expect((await party.send('DELETE', party.nodeCredentials, { token: token_a })).http).toBe(405)
    await party.register(versions_url, token_a)
    const again = await party.send('POST', party.nodeCredentials, { body: party.credentials() })
    expect(again.http).toBe(405)
    expect(again.headers.get('allow')).toContain('PUT')
    expect((await party.send('PATCH', party.nodeCredentials, { body: {} })).http).toBe(405)
  })

  it('keeps token A usable and stores nothing when the callback fails (CRD-028, CRD-032)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url, id } = await invite(version)
    for (const broken of [
      { http: 500 },
      { http: 401 },
      { raw: '<html>proxy</html>' },
      { code: 3000 },
      { data: 'nonsense' },
    ]) {
      party.routes.set('GET /versions', () => broken)
      await party.discover(versions_url, token_a)
      const answer = await party.send('POST', party.nodeCredentials, {
        token: token_a,
        body: party.credentials(),
      })
      expect([answer.http, answer.envelope?.status_code]).toEqual([200, 3001])
      expect(await partner(id)).toMatchObject({ status: 'INVITED', endpoints: [], roles: [] })
    }
    party.routes.clear()
    expect((await party.register(versions_url, token_a)).envelope?.status_code).toBe(1000)
  })

  it('answers 3002 when the version is not in the list, 3003 when endpoints are missing (CRD-031, CRD-033)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.discover(versions_url, token_a)
    const post = () =>
      party.send('POST', party.nodeCredentials, { token: token_a, body: party.credentials() })
    const another = version === '2.1.1' ? '2.2.1' : '2.1.1'
    party.routes.set('GET /versions', () => ({
      data: [{ version: another, url: `${party.url}/${another}` }],
    }))
    expect((await post()).envelope?.status_code).toBe(3002)
    party.routes.clear()
    party.routes.set(`GET /${version}`, () => ({
      data: { version, endpoints: [{ identifier: 'locations', role: 'SENDER', url: `${party.url}/l` }] },
    }))
    expect((await post()).envelope?.status_code).toBe(3003)
  })

  it('refuses an invalid object with 2001 before any callback, and bad JSON with 400 (C-F10)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.discover(versions_url, token_a)
    const before = party.received.length
    const noRoles = await party.send('POST', party.nodeCredentials, {
      token: token_a,
      body: { token: 'abc', url: party.versionsUrl, roles: [] },
    })
    expect([noRoles.http, noRoles.envelope?.status_code]).toEqual([200, 2001])
    const spaced = await party.send('POST', party.nodeCredentials, {
      token: token_a,
      body: party.credentials() && { ...(party.credentials() as object), token: 'with space' },
    })
    expect(spaced.envelope?.status_code).toBe(2001)
    expect(
      (await party.send('POST', party.nodeCredentials, { token: token_a, bodyText: '{"token":' })).http,
    ).toBe(400)
    expect(party.received.length).toBe(before)
  })

  it('answers 401 to token A on a functional module (TRN-012)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.discover(versions_url, token_a)
    const answer = await party.send('GET', party.at('tokens', 'SENDER'), { token: token_a })
    expect([answer.http, answer.envelope?.status_code]).toEqual([401, 2000])
  })

  it('rotates by PUT and lets the old token live for calls in flight only (CRD-043, CRD-047)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.register(versions_url, token_a)
    const old = party.nodeToken
    party.ownToken = `${party.ownToken}-2`
    const answer = await party.send('PUT', party.nodeCredentials, { body: party.credentials() })
    const fresh = String((answer.envelope?.data as { token?: string } | undefined)?.token)
    expect(fresh).not.toBe(old)
    expect((await party.send('GET', versions_url, { token: old })).http).toBe(200)
    expect((await party.send('GET', versions_url, { token: fresh })).http).toBe(200)
  })

  it('forgets both tokens on DELETE; a second DELETE is 401 (CRD-063, C-F17)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url, id } = await invite(version)
    await party.register(versions_url, token_a)
    const gone = await party.send('DELETE', party.nodeCredentials)
    expect([gone.http, gone.envelope?.status_code]).toEqual([200, 1000])
    expect((await party.send('DELETE', party.nodeCredentials)).http).toBe(401)
    expect((await party.send('GET', versions_url)).http).toBe(401)
    expect(await partner(id)).toMatchObject({ status: 'UNREGISTERED' })
  })

  it('refuses a party that another connection registered (CRD-013)', async () => {
    const first = await foreign(version)
    const invited = await invite(version)
    await first.register(invited.versions_url, invited.token_a)
    const second = await foreign(version)
    const next = await invite(version)
    expect((await second.register(next.versions_url, next.token_a)).envelope?.status_code).toBe(2001)
  })

  it('answers GET with our own credentials and the token just used (CRD-060, CRD-061)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite(version)
    await party.register(versions_url, token_a)
    const answer = await party.send('GET', party.nodeCredentials)
    expect(answer.envelope?.data).toMatchObject({
      token: party.nodeToken,
      url: versions_url,
      ...(version === '2.1.1'
        ? { country_code: 'DE', party_id: 'MSP', business_details: { name: 'Node' } }
        : { roles: [{ party_id: 'CPO' }, { party_id: 'MSP' }] }),
    })
  })
})

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('registration as sender in %s', (version) => {
  // The node is CPO and eMSP: where a connection is of one party each, somebody has to say which one is meant.
  const ends = version === '2.1.1' ? { role: 'CPO' } : {}
  const register = (party: ForeignParty, token = 'foreign-token-a') =>
    node.api('POST', '/partners', {
      name: 'Foreign',
      versions_url: party.versionsUrl,
      token_a: token,
      ...ends,
    })

  it('discovers, posts a new token that already works, and keeps the answered one (CRD-021, CRD-022, CRD-026)', async () => {
    const party = await foreign(version)
    let callback = 0
    party.routes.set(`POST /${version}/credentials`, async (request) => {
      const { token, url } = request.body as { token: string; url: string }
      party.nodeToken = token
      callback = (await party.send('GET', url)).http
      return { data: party.credentials() }
    })
    const { status, body } = await register(party)
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'REGISTERED', version })
    expect(callback).toBe(200)
    const later = party.received.filter((request) => request.path.includes('/sender/'))
    expect(later.every((request) => request.headers.authorization === written(version, party.ownToken))).toBe(
      true,
    )
  })

  it('stores nothing when the partner refuses, and says why (C-F12)', async () => {
    const party = await foreign(version)
    party.routes.set(`POST /${version}/credentials`, () => ({ code: 3001 }))
    const { status, body } = await register(party)
    expect(status).toBe(502)
    expect(JSON.stringify(body)).toContain('3001')
    expect(JSON.stringify((await node.api('GET', '/partners')).body)).not.toContain(party.versionsUrl)
  })

  it('does not POST without a common version or without endpoints (C-F4, C-F5)', async () => {
    const party = await foreign(version)
    party.routes.set('GET /versions', () => ({ data: [{ version: '9.9', url: `${party.url}/9.9` }] }))
    expect((await register(party)).status).toBe(502)
    party.routes.set('GET /versions', () => ({ data: [{ version, url: `${party.url}/${version}` }] }))
    party.routes.set(`GET /${version}`, () => ({ data: { version, endpoints: [] } }))
    expect((await register(party)).status).toBe(502)
    expect(party.received.some((request) => request.method === 'POST')).toBe(false)
  })

  it('accepts a plain token where Base64 is refused, and remembers (TRN-005, trap 1)', async () => {
    const party = await foreign(version)
    party.routes.set('GET /versions', (request) =>
      request.headers.authorization === 'Token foreign-token-a' ||
      !String(request.headers.authorization).includes(Buffer.from('foreign-token-a').toString('base64'))
        ? { data: [{ version, url: `${party.url}/${version}` }] }
        : { http: 401 },
    )
    expect((await register(party)).body).toMatchObject({ status: 'REGISTERED' })
  })

  it('keeps its token alive when the answer is lost, and the partner repairs it by PUT (CRD-035, C-F11)', async () => {
    const party = await foreign(version)
    party.routes.set(`POST /${version}/credentials`, (request) => {
      party.nodeToken = (request.body as { token: string }).token
      return { hangMs: 50 }
    })
    const lost = await register(party)
    expect(lost.status).toBe(504)
    const { versions_url } = await invite(version)
    await party.discover(versions_url, party.nodeToken)
    party.routes.clear()
    const repaired = await party.send('PUT', party.nodeCredentials, { body: party.credentials() })
    expect(repaired.envelope?.status_code).toBe(1000)
    expect(JSON.stringify((await node.api('GET', '/partners')).body)).toContain('REGISTERED')
  })

  it('tells the partner on removal, and forgets it even when it cannot be told (CRD-062, CRD-068)', async () => {
    const party = await foreign(version)
    const { body } = await register(party)
    const id = String((body as { id: string }).id)
    party.routes.set(`DELETE /${version}/credentials`, () => ({ http: 500 }))
    await node.api('DELETE', `/partners/${id}`)
    expect(party.received.some((request) => request.method === 'DELETE')).toBe(true)
    expect((await party.send('GET', `${node.url}/ocpi/versions`)).http).toBe(401)
  })
})

describe('a connection of one party each, 2.1.1', () => {
  const register = (party: ForeignParty, more: object) =>
    node.api('POST', '/partners', { name: 'F', versions_url: party.versionsUrl, token_a: 'a-token', ...more })

  it('asks which role is meant when it cannot be known, and registers nothing (VER-007, ROL-006)', async () => {
    const party = await foreign('2.1.1')
    const { status, body } = await register(party, {})
    expect(status).toBe(422)
    expect(body).toMatchObject({ title: 'Which party in which role?' })
    expect(JSON.stringify(body)).toContain('DE*CPO as CPO')
    expect(party.received.some((request) => request.method === 'POST')).toBe(false)
    expect(JSON.stringify((await node.api('GET', '/partners')).body)).not.toContain(party.versionsUrl)
  })

  it('takes the side of each module from the role, whatever the details say (VER-008)', async () => {
    const party = await foreign('2.1.1')
    const endpoints = ['credentials', 'locations', 'tokens', 'commands'].map((identifier) => ({
      identifier,
      role: 'RECEIVER',
      url: `${party.url}/2.1.1/${identifier}`,
    }))
    party.routes.set('GET /2.1.1', () => ({ data: { version: '2.1.1', endpoints } }))
    party.routes.set('GET /2.1.1/', () => ({ data: [] }))
    const { body } = await register(party, { role: 'CPO' })
    const sides = (body as { endpoints: { identifier: string; role: string }[] }).endpoints
    expect(Object.fromEntries(sides.map(({ identifier, role }) => [identifier, role]))).toEqual({
      credentials: 'SENDER',
      locations: 'SENDER',
      tokens: 'RECEIVER',
      commands: 'RECEIVER',
    })
    expect(body).toMatchObject({ own: { role: 'EMSP', party_id: 'MSP' }, roles: [{ role: 'CPO' }] })
  })

  it('sends flat credentials with the address of the role, and the token as it is (TRN-004, CRD-001)', async () => {
    const party = await foreign('2.1.1', 'EMSP')
    await register(party, { role: 'EMSP' })
    const post = party.received.find((request) => request.method === 'POST')
    expect(post?.body).toMatchObject({
      url: `${node.url}/ocpi/cpo/versions`,
      country_code: 'DE',
      party_id: 'CPO',
      business_details: { name: 'Node' },
    })
    expect(post?.body).not.toHaveProperty('roles')
    expect(post?.headers.authorization).toBe('Token a-token')
    expect(post?.headers).not.toHaveProperty('ocpi-to-party-id')
  })

  it('is one for each of our parties: a partner may have one with each (ROL-006, CRD-013)', async () => {
    await node.api('PUT', '/parties/AT/MSP', { roles: ['EMSP'], business_details: { name: 'Austria' } })
    const first = await foreign('2.1.1')
    const second = await foreign('2.1.1')
    const unclear = await register(first, { role: 'CPO' })
    expect(unclear.status).toBe(422)
    const german = { role: 'CPO', party: { country_code: 'DE', party_id: 'MSP' } }
    const austrian = { role: 'CPO', party: { country_code: 'AT', party_id: 'MSP' } }
    expect((await register(first, german)).status).toBe(201)
    expect((await register(second, german)).status).toBe(409)
    expect((await register(second, austrian)).body).toMatchObject({ own: { country_code: 'AT' } })
    const invitation = await node.api('POST', '/partners', { name: 'Third', ...austrian })
    const third = await foreign('2.1.1', 'CPO', 'TRD')
    const { token_a, emsp_versions_url } = invitation.body as Record<string, string>
    const answer = await third.register(String(emsp_versions_url), String(token_a))
    expect(answer.envelope?.data).toMatchObject({ country_code: 'AT', party_id: 'MSP' })
    await node.api('PUT', '/parties/AT/MSP', { roles: ['NSP'], business_details: { name: 'Austria' } })
  })

  it('does not move to the address of our other role (VER-007)', async () => {
    const party = await foreign('2.1.1')
    const { token_a, versions_url, id } = await invite('2.1.1')
    await party.register(versions_url, token_a)
    const other = party.nodeCredentials.replace('/emsp/', '/cpo/')
    const answer = await party.send('PUT', other, { body: party.credentials() })
    expect(answer.envelope?.status_code).toBe(2001)
    const sessions = `${node.url}/ocpi/cpo/2.1.1/sessions?date_from=2020-01-01T00:00:00Z`
    expect((await party.send('GET', sessions)).http).toBe(404)
    expect(await partner(id)).toMatchObject({ version: '2.1.1', own: { role: 'EMSP' } })
  })

  it('keeps Base64 for a partner that takes nothing else (TRN-005)', async () => {
    const party = await foreign('2.1.1')
    const encoded = () => `Token ${Buffer.from(party.ownToken).toString('base64')}`
    const only =
      (answer: StubRoute): StubRoute =>
      (request) => {
        const first = `Token ${Buffer.from('a-token').toString('base64')}`
        return [encoded(), first].includes(String(request.headers.authorization))
          ? answer(request)
          : { http: 401 }
      }
    party.routes.set(
      'GET /versions',
      only(() => ({ data: [{ version: '2.1.1', url: `${party.url}/2.1.1` }] })),
    )
    party.routes.set(
      'GET /2.1.1',
      only(() => ({ data: party.details() })),
    )
    const { body } = await register(party, { role: 'CPO' })
    expect(body).toMatchObject({ status: 'REGISTERED', version: '2.1.1' })
    await eventually('a request with it', () =>
      party.received.find(
        ({ path, headers }) => path.includes('/sender/') && headers.authorization === encoded(),
      ),
    )
  })

  it('moves up with a partner that has moved up, when credentials are renewed (CRD-042, VER-011)', async () => {
    const old = await foreign('2.1.1')
    const registered = await register(old, { role: 'CPO' })
    const next = await foreign('2.2.1')
    next.ownToken = old.ownToken
    old.routes.set('GET /versions', () => ({
      data: [
        { version: '2.1.1', url: `${old.url}/2.1.1` },
        { version: '2.2.1', url: `${next.url}/2.2.1` },
      ],
    }))
    const { id } = registered.body as { id: string }
    const { body } = await node.api('POST', `/partners/${id}/rotate`)
    expect(body).toMatchObject({ status: 'REGISTERED', version: '2.2.1', own: null })
    const put = next.received.find(({ method }) => method === 'PUT')
    expect(put?.body).toMatchObject({ url: `${node.url}/ocpi/versions`, roles: expect.any(Array) })
    expect(put?.body).not.toHaveProperty('party_id')
  })

  it('takes credentials without business_details, which many leave out (trap 25)', async () => {
    const party = await foreign('2.1.1')
    const { token_a, versions_url, id } = await invite('2.1.1')
    await party.discover(versions_url, token_a)
    const { business_details: _left, ...body } = party.credentials() as Record<string, unknown>
    const answer = await party.send('POST', party.nodeCredentials, { token: token_a, body })
    expect(answer.envelope?.status_code).toBe(1000)
    expect(await partner(id)).toMatchObject({ roles: [{ party_id: 'FOR', business_details: { name: '-' } }] })
  })
})

describe('lists of versions', () => {
  it('name 2.1.1 under the addresses of a role only, newer versions everywhere (VER-007, design 8.4)', async () => {
    const party = await foreign()
    const { token_a } = await invite()
    const listed = async (path: string) => {
      const { envelope } = await party.send('GET', `${node.url}/ocpi${path}`, { token: token_a })
      return Object.fromEntries(
        ((envelope?.data ?? []) as { version: string; url: string }[]).map(({ version, url }) => [
          version,
          url,
        ]),
      )
    }
    const newer = { '2.2.1': `${node.url}/ocpi/2.2.1`, '2.3.0': `${node.url}/ocpi/2.3.0` }
    expect(await listed('/versions')).toEqual(newer)
    expect(await listed('/cpo/versions')).toEqual({ '2.1.1': `${node.url}/ocpi/cpo/2.1.1`, ...newer })
    expect(await listed('/emsp/versions')).toEqual({ '2.1.1': `${node.url}/ocpi/emsp/2.1.1`, ...newer })
    expect((await party.send('GET', `${node.url}/ocpi/2.1.1`, { token: token_a })).http).toBe(404)
  })

  it('lead to details without sides in 2.1.1, with the modules of the role (VER-007)', async () => {
    const party = await foreign()
    const { token_a } = await invite()
    const details = async (role: string) =>
      (await party.send('GET', `${node.url}/ocpi/${role}/2.1.1`, { token: token_a })).envelope?.data as {
        endpoints: { identifier: string; url: string }[]
      }
    for (const role of ['cpo', 'emsp']) {
      const { endpoints } = await details(role)
      expect(endpoints.map(({ identifier }) => identifier).sort()).toEqual(
        ['cdrs', 'commands', 'credentials', 'locations', 'sessions', 'tariffs', 'tokens'].sort(),
      )
      for (const endpoint of endpoints)
        expect(endpoint).toEqual({
          identifier: endpoint.identifier,
          url: `${node.url}/ocpi/${role}/2.1.1/${endpoint.identifier}`,
        })
    }
  })

  it('end on the highest common version, never on 2.0, 2.1 or 2.2 (VER-010, VER-012)', async () => {
    const party = await foreign('2.1.1')
    const urls = ['2.0', '2.1', '2.1.1', '2.2'].map((version) => ({
      version,
      url: `${party.url}/${version}`,
    }))
    party.routes.set('GET /versions', () => ({ data: urls }))
    const input = { name: 'F', versions_url: party.versionsUrl, token_a: 'a-token', role: 'CPO' }
    expect((await node.api('POST', '/partners', input)).body).toMatchObject({ version: '2.1.1' })
  })
})

it('stops counting what a partner sent when it leaves, and keeps nothing of it for drivers (CRD-066)', async () => {
  const party = await foreign('2.3.0', 'EMSP', 'MMM')
  const { token_a, versions_url, id } = await invite()
  await party.register(versions_url, token_a)
  const token = {
    country_code: 'NL',
    party_id: 'MMM',
    uid: 'LEAVER',
    type: 'RFID',
    contract_id: 'NL-MMM-1',
    issuer: 'M',
    valid: true,
    whitelist: 'ALWAYS',
    last_updated: '2026-03-01T10:00:00Z',
  }
  await party.send('PUT', party.at('tokens', 'RECEIVER', '/NL/MMM/LEAVER'), { body: token })
  const ask = async () =>
    (await node.api('POST', '/authorizations', { token_uid: 'LEAVER', type: 'RFID' })).body as {
      allowed: string
    }
  expect((await ask()).allowed).toBe('ALLOWED')
  await node.api('DELETE', `/partners/${id}`)
  expect((await ask()).allowed).not.toBe('ALLOWED')
  await eventually('token withdrawn', async () => {
    const { body } = await node.api('GET', '/tokens')
    return (body as { total: number }).total === 0 || undefined
  })
})

it('lets the operator rename a partner and permit unlocking, nothing else', async () => {
  const { id } = await invite()
  const changed = await node.api('PATCH', `/partners/${id}`, { name: 'Renamed', unlock_allowed: true })
  expect(changed.body).toMatchObject({ name: 'Renamed', unlock_allowed: true, status: 'INVITED' })
  expect((await node.api('PATCH', `/partners/${id}`, { status: 'REGISTERED' })).status).toBe(400)
})

it('never shows a token in what the operator sees (promise 5)', async () => {
  const party = await foreign()
  const { token_a, versions_url } = await invite()
  await party.register(versions_url, token_a)
  const shown = JSON.stringify((await node.api('GET', '/partners')).body)
  for (const secret of [token_a, party.nodeToken, party.ownToken]) expect(shown).not.toContain(secret)
})
