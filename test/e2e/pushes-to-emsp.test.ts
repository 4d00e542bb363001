import { checkDocument, type DocumentName, schemaOf } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, connect, later, quiet } from '../support/connect.js'
import { cdr, cdrToken, connector, evse, location, session, tariff } from '../support/documents.js'
import type { Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** What a foreign eMSP receives from our CPO node by itself. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const SECOND = { country_code: 'DE', party_id: 'MS2' }

const decoded = (request: Received): string =>
  Buffer.from(String(request.headers.authorization).replace('Token ', ''), 'base64').toString()

describe.each(['2.2.1', '2.3.0'] as const)('pushes to a foreign eMSP in %s', (version) => {
  let node: TestNode
  let emsp: Connected
  let other: Connected
  let map: Connected
  const path = (module: string, rest = ''): string => `/${version}/receiver/${module}${rest}`
  const ofKind = (module: string): Received[] =>
    emsp.party.received.filter((request) => request.path.startsWith(path(module)) && request.method !== 'GET')
  const own = async (method: string, address: string, body?: unknown): Promise<void> => {
    const { status, body: answer } = await node.api(method, address, body)
    expect(status, JSON.stringify(answer)).toBeLessThan(300)
  }
  /** Requests that one change of ours leads to. */
  const pushedBy = async (change: () => Promise<void>, party = emsp.party): Promise<Received[]> => {
    await quiet(party, 400)
    party.received.length = 0
    await change()
    await eventually('a request', () => party.received.length > 0 || undefined)
    await quiet(party, 400)
    return [...party.received]
  }

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    await own('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await own('PUT', '/locations/DE/CPO/LOC1', location())
    await own('PUT', '/locations/DE/CPO/HIDDEN', location('HIDDEN', { publish: false }))
    await own('PUT', '/sessions/DE/CPO/S1', session())
    await own('PUT', '/sessions/DE/CPO/FOREIGN', session('FOREIGN', { cdr_token: cdrToken('X', OTHER) }))
    await own('PUT', '/cdrs/DE/CPO/CDR1', cdr())
    await own(
      'PUT',
      '/cdrs/DE/CPO/FOREIGN',
      cdr('FOREIGN', { session_id: 'FOREIGN', cdr_token: cdrToken('X', OTHER) }),
    )
    const party = { country_code: 'DE', party_id: 'MSP' }
    emsp = await connect(node, { version, role: 'EMSP', party, alsoParties: [SECOND] })
    other = await connect(node, { version, role: 'EMSP', party: OTHER })
    map = await connect(node, { version, role: 'NSP', party: { country_code: 'FR', party_id: 'MAP' } })
    await arrives(
      emsp.party,
      'the CDR',
      (request) => request.method === 'POST' && request.path === path('cdrs'),
    )
    await arrives(other.party, 'its session', (request) => request.path.includes('/sessions/DE/CPO/FOREIGN'))
    await arrives(map.party, 'the location', (request) => request.path.includes('/locations/DE/CPO/LOC1'))
    await quiet(emsp.party)
  })

  afterAll(async () => {
    for (const each of [emsp, other, map]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('carry token, JSON type, fresh request ids and routing (TRN-001 to TRN-003, TRN-020, TRN-120, TRN-121, LOC-039)', () => {
    const pushes = ['tariffs', 'locations', 'sessions', 'cdrs'].flatMap(ofKind)
    expect(pushes.length).toBeGreaterThanOrEqual(4)
    for (const push of pushes) {
      expect(String(push.headers.authorization)).toMatch(/^Token [A-Za-z0-9+/]+=*$/)
      expect(decoded(push)).toBe(emsp.party.ownToken)
      expect(push.headers['content-type']).toBe('application/json')
      expect(push.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(push.headers).toMatchObject({
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'CPO',
        'ocpi-to-country-code': 'DE',
      })
    }
    const ids = emsp.party.received.map((request) => request.headers['x-request-id'])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain(undefined)
  })

  it('leave routing out of versions and credentials, tokens and ids in (VER-021)', () => {
    const configuration = emsp.party.received.filter((request) =>
      ['/versions', `/${version}`].includes(request.path),
    )
    expect(configuration.length).toBeGreaterThanOrEqual(2)
    for (const request of configuration) {
      expect(Object.keys(request.headers).filter((name) => name.startsWith('ocpi-'))).toEqual([])
      expect(request.headers['x-request-id']).toBeDefined()
    }
  })

  it('put under our party, with the same party and id in the body (LOC-030, LOC-031, TAR-009, SES-022, TRN-110)', () => {
    for (const [module, id] of [
      ['tariffs', 'AC-DAY'],
      ['locations', 'LOC1'],
      ['sessions', 'S1'],
    ] as const) {
      const [push] = ofKind(module)
      expect(push).toMatchObject({
        method: 'PUT',
        path: path(module, `/DE/CPO/${id}`),
        body: { country_code: 'DE', party_id: 'CPO', id },
      })
    }
  })

  it('are valid in the version of the partner (SES-011, LOC-050, Y-F2)', () => {
    for (const [module, name] of [
      ['tariffs', 'tariff'],
      ['locations', 'location'],
      ['sessions', 'session'],
      ['cdrs', 'cdr'],
    ] as const satisfies readonly (readonly [string, DocumentName])[])
      for (const push of ofKind(module).filter((request) => request.method !== 'PATCH'))
        expect(checkDocument(schemaOf(version, name) as never, push.body, 'whole')).toEqual([])
  })

  it('go once to each eMSP party of a platform, sessions and CDRs only to the party of the token (ROL-008, ROL-009)', () => {
    const to = (module: string): unknown[] =>
      ofKind(module)
        .map((push) => push.headers['ocpi-to-party-id'])
        .sort()
    expect(to('tariffs')).toEqual(['MS2', 'MSP'])
    expect(to('sessions')).toEqual(['MSP'])
    expect(to('cdrs')).toEqual(['MSP'])
    expect(
      emsp.party.received.some((request) => JSON.stringify(request.body ?? '').includes('FOREIGN')),
    ).toBe(false)
    expect(other.party.received.some((request) => JSON.stringify(request.body ?? '').includes('"S1"'))).toBe(
      false,
    )
  })

  it('post CDRs to the bare address, once (CDR-006)', () => {
    expect(ofKind('cdrs').map(({ method, path: at }) => [method, at])).toEqual([['POST', path('cdrs')]])
  })

  it('give a navigation service published locations and tariffs only (ROL-010)', () => {
    const pushed = map.party.received
      .filter((request) => request.method === 'PUT')
      .map((request) => request.path)
    expect(pushed.some((at) => at.endsWith('/LOC1'))).toBe(true)
    expect(
      pushed.filter((at) => at.includes('HIDDEN') || at.includes('/sessions') || at.includes('/cdrs')),
    ).toEqual([])
  })

  it('say a status change by PATCH of the EVSE with last_updated and nothing else (LOC-070, LOC-077, TRN-093, TRN-094)', async () => {
    const seen = await pushedBy(() => own('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' }))
    expect(seen.map(({ method, path: at }) => [method, at])).toEqual(
      Array(2).fill(['PATCH', path('locations', '/DE/CPO/LOC1/E1')]),
    )
    expect(Object.keys(seen[0]?.body as object).sort()).toEqual(['last_updated', 'status'])
    expect(seen[0]?.body).toMatchObject({ status: 'CHARGING' })
    expect(seen[0]?.body).toHaveProperty('last_updated', expect.stringMatching(/Z$/))
  })

  it('say a removed field and a changed connector by PUT (LOC-075, LOC-077)', async () => {
    const { evse_id: _gone, ...rest } = evse('E2', { last_updated: undefined })
    const seen = await pushedBy(() => own('PUT', '/locations/DE/CPO/LOC1/evses/E2', rest))
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      path: path('locations', '/DE/CPO/LOC1/E2'),
      body: { uid: 'E2' },
    })
    expect(seen[0]?.body).not.toHaveProperty('evse_id')
    const next = await pushedBy(() =>
      own('PATCH', '/locations/DE/CPO/LOC1/evses/E2/connectors/1', { max_amperage: 16 }),
    )
    expect(next[0]).toMatchObject({ method: 'PUT', body: { connectors: [{ max_amperage: 16 }] } })
  })

  it('say nothing when nothing changed (LOC-096, TRN-105)', async () => {
    await quiet(emsp.party)
    emsp.party.received.length = 0
    await own('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    await own('PUT', '/tariffs/DE/CPO/AC-DAY', tariff('AC-DAY', { last_updated: later(5000) }))
    await quiet(emsp.party, 1500)
    expect(emsp.party.received).toEqual([])
  })

  it('put a changed tariff, delete one nobody uses and keep one in use (TAR-005, TAR-012, TAR-013)', async () => {
    const changed = await pushedBy(() => own('PATCH', '/tariffs/DE/CPO/AC-DAY', { currency: 'CHF' }))
    expect(changed[0]).toMatchObject({ method: 'PUT', body: { currency: 'CHF' } })
    expect((await node.api('DELETE', '/tariffs/DE/CPO/AC-DAY')).status).toBe(409)
    await pushedBy(() => own('PUT', '/tariffs/DE/CPO/OLD', tariff('OLD')))
    const gone = await pushedBy(() => own('DELETE', '/tariffs/DE/CPO/OLD'))
    expect(gone[0]).toMatchObject({ method: 'DELETE', path: path('tariffs', '/DE/CPO/OLD') })
  })

  it('patch a session, and put it whole when periods change (SES-020, SES-027, SES-032)', async () => {
    const cost = { before_taxes: 1.5 }
    const patched = await pushedBy(() => own('PATCH', '/sessions/DE/CPO/S1', { kwh: 3, total_cost: cost }))
    expect(patched[0]).toMatchObject({
      method: 'PATCH',
      path: path('sessions', '/DE/CPO/S1'),
      body: { kwh: 3, total_cost: version === '2.2.1' ? { excl_vat: 1.5 } : cost },
    })
    expect(patched[0]?.body).toHaveProperty('last_updated')
    const put = await pushedBy(() =>
      own('PUT', '/sessions/DE/CPO/S1', session('S1', { charging_periods: [], last_updated: undefined })),
    )
    expect(put[0]?.method).toBe('PUT')
  })

  it('stop once a session is completed (SES-051)', async () => {
    await pushedBy(() =>
      own('PATCH', '/sessions/DE/CPO/S1', { status: 'COMPLETED', end_date_time: later(3600) }),
    )
    const again = await node.api('PATCH', '/sessions/DE/CPO/S1', { kwh: 99 })
    expect(again.status).toBe(409)
    expect(
      (await node.api('PUT', '/sessions/DE/CPO/S1', session('S1', { last_updated: undefined }))).status,
    ).toBe(409)
  })

  it('ask and put again after a failed PATCH (LOC-080, TRN-096, SES-035)', async () => {
    emsp.party.routes.set(`PATCH ${path('locations')}`, () => ({ http: 404, code: 2003 }))
    emsp.party.routes.set(`GET ${path('locations')}`, () => ({ http: 404, code: 2003 }))
    const seen = await pushedBy(() => own('PATCH', '/locations/DE/CPO/LOC1', { name: 'Renamed' }))
    emsp.party.routes.clear()
    const methods = seen
      .filter((request) => request.headers['ocpi-to-party-id'] === 'MSP')
      .map((request) => request.method)
    expect(methods).toEqual(['PATCH', 'GET', 'PUT'])
  })

  it('bring the state of now after an outage, not what was missed (TRN-130, SES-036, LOC-082)', async () => {
    await quiet(emsp.party)
    emsp.party.routes.set('', () => ({ http: 503 }))
    await own('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'OUTOFORDER' })
    await arrives(emsp.party, 'a failed push', (request) =>
      JSON.stringify(request.body ?? '').includes('OUTOFORDER'),
    )
    await own('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'BLOCKED' })
    await own('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'AVAILABLE' })
    await quiet(emsp.party)
    emsp.party.received.length = 0
    emsp.party.routes.clear()
    await arrives(
      emsp.party,
      'the newest state',
      (request) => JSON.stringify(request.body ?? '').includes('AVAILABLE'),
      30_000,
    )
    await quiet(emsp.party)
    expect(JSON.stringify(emsp.party.received.map((request) => request.body))).not.toMatch(
      /OUTOFORDER|BLOCKED/,
    )
  })

  it('count an answer of 200 with 2001 as refused and show it (TRN-036)', async () => {
    emsp.party.routes.set(`PUT ${path('tariffs', '/DE/CPO/ODD')}`, () => ({ code: 2001, data: null }))
    await pushedBy(() => own('PUT', '/tariffs/DE/CPO/ODD', tariff('ODD')))
    const refusals = await eventually('a refusal', async () => {
      const { body } = await node.api('GET', `/partners/${emsp.id}/refusals`)
      const { items } = body as { items: unknown[] }
      return items.length > 0 ? items : undefined
    })
    expect(refusals).toMatchObject([{ kind: 'tariff', id: 'ODD', status_code: 2001 }])
    emsp.party.routes.clear()
  })

  it('keep a CDR as it was sent; a correction is a credit CDR (CDR-014, CDR-070, CDR-074)', async () => {
    expect((await node.api('PUT', '/cdrs/DE/CPO/CDR1', cdr('CDR1', { total_energy: 99 }))).status).toBe(409)
    expect((await node.api('PATCH', '/cdrs/DE/CPO/CDR1', { total_energy: 99 })).status).toBe(405)
    expect((await node.api('PUT', '/cdrs/DE/CPO/BAD', cdr('BAD', { credit: true }))).status).toBe(422)
    const credit = {
      credit: true,
      credit_reference_id: 'CDR1',
      total_cost: { before_taxes: -9, taxes: [{ name: 'VAT', percentage: 19, amount: -1.71 }] },
    }
    const seen = await pushedBy(() => own('PUT', '/cdrs/DE/CPO/CDR1-C', cdr('CDR1-C', credit)))
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: path('cdrs'),
      body: { credit: true, credit_reference_id: 'CDR1' },
    })
    if (version === '2.2.1')
      expect(seen[0]?.body).toMatchObject({ total_cost: { excl_vat: -9, incl_vat: -10.71 } })
  })

  it('stop when the partner unregistered (CRD-062)', async () => {
    const leaver = await connect(node, {
      version,
      role: 'EMSP',
      party: { country_code: 'AT', party_id: 'BYE' },
    })
    await arrives(leaver.party, 'a push', (request) => request.method === 'PUT')
    await leaver.party.send('DELETE', leaver.party.nodeCredentials)
    await quiet(leaver.party)
    leaver.party.received.length = 0
    await own(
      'PUT',
      '/locations/DE/CPO/LOC9',
      location('LOC9', { evses: [evse('E1', { connectors: [connector()] })] }),
    )
    await arrives(emsp.party, 'the push to others', (request) => request.path.endsWith('/LOC9'))
    await quiet(leaver.party)
    expect(leaver.party.received).toEqual([])
    await leaver.party[Symbol.asyncDispose]()
  })
})
