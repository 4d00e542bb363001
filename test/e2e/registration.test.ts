import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ForeignParty } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** The node is an eMSP and a CPO; foreign parties come and go. */
let node: TestNode
const open: ForeignParty[] = []

const foreign = async (
  version: '2.2.1' | '2.3.0' = '2.3.0',
  role: 'CPO' | 'EMSP' = 'CPO',
  party_id = 'FOR',
): Promise<ForeignParty> => {
  const party = await ForeignParty.start({ version, role, party: { country_code: 'NL', party_id } })
  open.push(party)
  return party
}

const invite = async (): Promise<{ id: string; token_a: string; versions_url: string }> => {
  const { body } = await node.api('POST', '/partners', { name: 'Foreign' })
  return body as { id: string; token_a: string; versions_url: string }
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

describe.each(['2.2.1', '2.3.0'] as const)('registration as receiver in %s', (version) => {
  it('answers our credentials with a new token; token A is used up (CRD-024, CRD-025)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url, id } = await invite()
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
    const { token_a, versions_url } = await invite()
    await party.register(versions_url, token_a)
    const callbacks = party.received.filter((request) => request.method === 'GET').slice(0, 2)
    expect(callbacks.map((request) => request.path)).toEqual(['/versions', `/${version}`])
    const value = Buffer.from(
      String(callbacks[0]?.headers.authorization).replace('Token ', ''),
      'base64',
    ).toString()
    expect(value).toBe(party.ownToken)
  })

  it('answers 405 to POST while registered, and to PUT and DELETE before (CRD-027, CRD-040, CRD-064)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite()
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
    const { token_a, versions_url, id } = await invite()
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
    const { token_a, versions_url } = await invite()
    await party.discover(versions_url, token_a)
    const post = () =>
      party.send('POST', party.nodeCredentials, { token: token_a, body: party.credentials() })
    party.routes.set('GET /versions', () => ({ data: [{ version: '2.1.1', url: `${party.url}/2.1.1` }] }))
    expect((await post()).envelope?.status_code).toBe(3002)
    party.routes.clear()
    party.routes.set(`GET /${version}`, () => ({
      data: { version, endpoints: [{ identifier: 'locations', role: 'SENDER', url: `${party.url}/l` }] },
    }))
    expect((await post()).envelope?.status_code).toBe(3003)
  })

  it('refuses an invalid object with 2001 before any callback, and bad JSON with 400 (C-F10)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite()
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
    const { token_a, versions_url } = await invite()
    await party.discover(versions_url, token_a)
    const answer = await party.send('GET', party.at('tokens', 'SENDER'), { token: token_a })
    expect([answer.http, answer.envelope?.status_code]).toEqual([401, 2000])
  })

  it('rotates by PUT and lets the old token live for calls in flight only (CRD-043, CRD-047)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite()
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
    const { token_a, versions_url, id } = await invite()
    await party.register(versions_url, token_a)
    const gone = await party.send('DELETE', party.nodeCredentials)
    expect([gone.http, gone.envelope?.status_code]).toEqual([200, 1000])
    expect((await party.send('DELETE', party.nodeCredentials)).http).toBe(401)
    expect((await party.send('GET', versions_url)).http).toBe(401)
    expect(await partner(id)).toMatchObject({ status: 'UNREGISTERED' })
  })

  it('refuses a party that another connection registered (CRD-013)', async () => {
    const first = await foreign(version)
    const invited = await invite()
    await first.register(invited.versions_url, invited.token_a)
    const second = await foreign(version)
    const next = await invite()
    expect((await second.register(next.versions_url, next.token_a)).envelope?.status_code).toBe(2001)
  })

  it('answers GET with our own credentials and the token just used (CRD-060, CRD-061)', async () => {
    const party = await foreign(version)
    const { token_a, versions_url } = await invite()
    await party.register(versions_url, token_a)
    const answer = await party.send('GET', party.nodeCredentials)
    expect(answer.envelope?.data).toMatchObject({
      token: party.nodeToken,
      url: versions_url,
      roles: [{ party_id: 'CPO' }, { party_id: 'MSP' }],
    })
  })
})

describe.each(['2.2.1', '2.3.0'] as const)('registration as sender in %s', (version) => {
  const register = (party: ForeignParty, token = 'foreign-token-a') =>
    node.api('POST', '/partners', { name: 'Foreign', versions_url: party.versionsUrl, token_a: token })

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
    expect(
      later.every(
        (request) =>
          request.headers.authorization === `Token ${Buffer.from(party.ownToken).toString('base64')}`,
      ),
    ).toBe(true)
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
    const { versions_url } = (await invite()) as { versions_url: string }
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
