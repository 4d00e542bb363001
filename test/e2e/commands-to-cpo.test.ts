import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { arrives, type Connected, codes, connect, data, quiet } from '../support/connect.js'
import { cdrToken, evse, location, session, token } from '../support/documents.js'
import type { OcpiAnswer } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A foreign eMSP commands our CPO node; the test plays the back end through the operator API. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const SECOND = { country_code: 'DE', party_id: 'MS2' }
const SOON = '2090-01-01T00:00:00Z'
const TIMEOUT_S = 5

interface Shown {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly request: Record<string, unknown>
}

describe.each(['2.2.1', '2.3.0'] as const)('a foreign eMSP in %s', (version) => {
  let node: TestNode
  let emsp: Connected
  let other: Connected
  let number = 0

  /** A fresh address for a result, with a query that must stay as it is. */
  const responseUrl = (from = emsp): string => `${from.party.url}/results/${++number}?key=a%20b&n=${number}`
  const command = (type: string, body: object, from = emsp, headers = {}): Promise<OcpiAnswer> =>
    from.party.send('POST', from.party.at('commands', 'RECEIVER', `/${type}`), { body, headers })
  const start = (change: object = {}, from = emsp): Promise<OcpiAnswer> =>
    command(
      'START_SESSION',
      { response_url: responseUrl(from), token: token(), location_id: 'LOC1', evse_uid: 'E1', ...change },
      from,
    )
  const reserve = (change: object = {}, from = emsp): Promise<OcpiAnswer> =>
    command(
      'RESERVE_NOW',
      {
        response_url: responseUrl(from),
        token: token(),
        expiry_date: SOON,
        reservation_id: 'R1',
        location_id: 'LOC1',
        ...change,
      },
      from,
    )
  const received = async (): Promise<readonly Shown[]> =>
    ((await node.api('GET', '/commands?direction=received')).body as { items: Shown[] }).items
  const finish = async (result: string, extra: object = {}): Promise<number> => {
    const [newest] = await received()
    return (await node.api('POST', `/commands/${newest?.id}/result`, { result, ...extra })).status
  }
  const result = (answer: OcpiAnswer): unknown => data(answer).result
  const callbacks = (from = emsp) =>
    from.party.received.filter((request) => request.path.startsWith('/results/'))

  beforeAll(async () => {
    node = await startTestNode({
      env: { COMMAND_TIMEOUT_SECONDS: String(TIMEOUT_S), AUTHORIZATION_TIMEOUT_MS: '300' },
    })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const needsConnector = ['REMOTE_START_STOP_CAPABLE', 'START_SESSION_CONNECTOR_REQUIRED']
    const evses = [
      evse('E1'),
      evse('PLAIN', { capabilities: [] }),
      evse('PICKY', { capabilities: needsConnector }),
      evse('BROKEN', { status: 'OUTOFORDER' }),
    ]
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses }))
    await node.api('PUT', '/sessions/DE/CPO/S1', session('S1'))
    await node.api('PUT', '/sessions/DE/CPO/FOREIGN', session('FOREIGN', { cdr_token: cdrToken('X', OTHER) }))
    const party = { country_code: 'DE', party_id: 'MSP' }
    emsp = await connect(node, { version, role: 'EMSP', party, alsoParties: [SECOND] })
    other = await connect(node, { version, role: 'EMSP', party: OTHER })
  })

  afterEach(() => {
    emsp.party.routes.clear()
  })

  afterAll(async () => {
    for (const each of [emsp, other]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  describe('a command', () => {
    it('is answered at once with a CommandResponse and its time limit (CMD-002 to CMD-005)', async () => {
      const startedMs = Date.now()
      const answer = await start()
      expect(Date.now() - startedMs).toBeLessThan(2000)
      expect(codes(answer)).toEqual([200, 1000])
      expect(data(answer)).toEqual({ result: 'ACCEPTED', timeout: TIMEOUT_S })
      expect(callbacks()).toEqual([])
      await finish('ACCEPTED')
    })

    it('gets its result as a bare object at the address as given, routing turned round (CMD-006 to CMD-010)', async () => {
      const url = responseUrl()
      const routing = {
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'MSP',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'CPO',
        'x-correlation-id': `correlation-${number}`,
      }
      await command(
        'START_SESSION',
        { response_url: url, token: token(), location_id: 'loc1', evse_uid: 'e1' },
        emsp,
        routing,
      )
      const message = [{ language: 'en', text: 'Plug in' }]
      expect(await finish('ACCEPTED', { message })).toBe(200)
      const { pathname, search } = new URL(url)
      const callback = await arrives(emsp.party, 'the result', (request) => request.path === pathname)
      expect(`?${callback.query}`).toBe(search.replace('%20', '+'))
      expect(callback.method).toBe('POST')
      expect(callback.body).toEqual({ result: 'ACCEPTED', message })
      expect(callback.headers).toMatchObject({
        authorization: `Token ${Buffer.from(emsp.party.ownToken).toString('base64')}`,
        'content-type': 'application/json',
        'x-correlation-id': routing['x-correlation-id'],
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'CPO',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'MSP',
      })
      expect(callback.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    })

    it('of the second party of a platform gets its result addressed to that party (CMD-010)', async () => {
      const url = responseUrl()
      const body = { response_url: url, session_id: 'S2' }
      await node.api('PUT', '/sessions/DE/CPO/S2', session('S2', { cdr_token: cdrToken('Y', SECOND) }))
      const headers = {
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'MS2',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'CPO',
      }
      expect(result(await command('STOP_SESSION', body, emsp, headers))).toBe('ACCEPTED')
      await finish('ACCEPTED')
      const callback = await arrives(
        emsp.party,
        'the result',
        (request) => request.path === new URL(url).pathname,
      )
      expect(callback.headers['ocpi-to-party-id']).toBe('MS2')
    })

    it('that was not accepted gets no result (CMD-006)', async () => {
      emsp.party.received.length = 0
      expect(result(await start({ evse_uid: 'PLAIN' }))).toBe('NOT_SUPPORTED')
      expect((await received())[0]).toMatchObject({ state: 'REFUSED' })
      expect(await finish('ACCEPTED')).toBe(409)
      await quiet(emsp.party)
      expect(callbacks()).toEqual([])
    })

    it('that nobody answers ends with TIMEOUT in time; what comes later is refused (CMD-035, CMD-046)', async () => {
      emsp.party.received.length = 0
      const startedMs = Date.now()
      await start()
      const callback = await arrives(emsp.party, 'the timeout', (request) =>
        request.path.startsWith('/results/'),
      )
      expect(Date.now() - startedMs).toBeLessThan(TIMEOUT_S * 1000)
      expect(callback.body).toEqual({ result: 'TIMEOUT' })
      expect(await finish('ACCEPTED')).toBe(409)
      await quiet(emsp.party)
      expect(callbacks().length).toBe(1)
    })

    it('whose result cannot be delivered is not queued (CMD-038)', async () => {
      emsp.party.received.length = 0
      emsp.party.routes.set('POST /results', () => ({ http: 500 }))
      await start()
      await finish('ACCEPTED')
      await quiet(emsp.party, 1500)
      expect(callbacks().length).toBeLessThanOrEqual(3)
      emsp.party.routes.clear()
      emsp.party.received.length = 0
      await quiet(emsp.party, 1500)
      expect(callbacks()).toEqual([])
    })

    it('that comes twice is executed once and answered the same (CMD-040)', async () => {
      const body = { response_url: responseUrl(), token: token(), location_id: 'LOC1', evse_uid: 'E1' }
      const before = (await received()).length
      const first = await command('START_SESSION', body)
      const second = await command('START_SESSION', body)
      expect(data(second)).toEqual(data(first))
      expect((await received()).length).toBe(before + 1)
      await finish('ACCEPTED')
    })

    it('does not need a token the CPO knows, and does not store it (CMD-013, CMD-017, TOK-086)', async () => {
      const unknown = token('APP-1', { type: 'APP_USER', valid: false, whitelist: 'NEVER' })
      expect(result(await start({ token: unknown, authorization_reference: 'REF-1' }))).toBe('ACCEPTED')
      const [newest] = await received()
      expect(newest?.request).toMatchObject({ token: { uid: 'APP-1' }, authorization_reference: 'REF-1' })
      await finish('ACCEPTED')
      const url = emsp.party.at('tokens', 'RECEIVER', '/DE/MSP/APP-1?type=APP_USER')
      expect(codes(await emsp.party.send('GET', url))).toEqual([404, 2004])
    })
  })

  describe('a token of a command', () => {
    const authorize = (uid: string, type: string, location_id = 'LOC1', evse_uid = 'E1') =>
      node.api('POST', '/authorizations', {
        token_uid: uid,
        type,
        location: { location_id, evse_uids: [evse_uid] },
      })
    const questions = () => emsp.party.received.filter((request) => request.path.includes('/authorize'))

    it.each(['RFID', 'APP_USER', 'AD_HOC_USER'])(
      'of type %s is not asked about again (CMD-014, CMD-015, TOK-084, TOK-085)',
      async (type) => {
        await start({ token: token(`CMD-${type}`, { type }), authorization_reference: `R-${type}` })
        await finish('ACCEPTED')
        emsp.party.received.length = 0
        expect((await authorize(`cmd-${type.toLowerCase()}`, type)).body).toMatchObject({
          allowed: 'ALLOWED',
          auth_method: 'COMMAND',
          authorization_reference: `R-${type}`,
        })
        expect(questions()).toEqual([])
      },
    )

    it('is asked about at another place (CMD-015)', async () => {
      await authorize('CMD-RFID', 'RFID', 'ELSEWHERE')
      expect(questions().length).toBeGreaterThan(0)
    })
  })

  describe('refusals', () => {
    it.each([
      ['an unknown EVSE', { evse_uid: 'NOPE' }, 'REJECTED'],
      ['an unknown connector', { connector_id: '9' }, 'REJECTED'],
      ['a broken EVSE', { evse_uid: 'BROKEN' }, 'REJECTED'],
      ['an EVSE without remote start', { evse_uid: 'PLAIN' }, 'NOT_SUPPORTED'],
      ['a missing connector where one is needed', { evse_uid: 'PICKY' }, 'REJECTED'],
    ])('START_SESSION with %s (CMD-025, CMD-029, CMD-031, CMD-041)', async (_what, change, expected) => {
      const answer = await start(change)
      expect(codes(answer)).toEqual([200, 1000])
      expect(data(answer)).toMatchObject({ result: expected, timeout: 0, message: [{ language: 'en' }] })
    })

    it('an unknown location is 2003 with REJECTED in it (CMD-024)', async () => {
      const answer = await start({ location_id: 'NOPE' })
      expect(codes(answer)).toEqual([200, 2003])
      expect(data(answer)).toMatchObject({ result: 'REJECTED', timeout: 0 })
    })

    it.each([
      ['a connector without EVSE', { evse_uid: undefined, connector_id: '1' }],
      ['no token', { token: undefined }],
      ['a token without contract', { token: { ...token(), contract_id: undefined } }],
      ['a token of another party', { token: token('X', OTHER) }],
      ['no location', { location_id: undefined }],
      ['a number for the EVSE', { evse_uid: 5 }],
    ])('%s is 2001 and nothing happens (CMD-028, CMD-030, CMD-034)', async (_what, change) => {
      const before = (await received()).length
      emsp.party.received.length = 0
      expect(codes(await start(change))).toEqual([200, 2001])
      expect((await received()).length).toBe(before)
      expect(callbacks()).toEqual([])
    })

    it('RESERVE_NOW needs the capability and a time to come (CMD-029, CMD-039)', async () => {
      expect(result(await reserve({ evse_uid: 'PLAIN' }))).toBe('NOT_SUPPORTED')
      expect(result(await reserve({ evse_uid: 'E1', expiry_date: '2020-01-01T00:00:00Z' }))).toBe('REJECTED')
    })

    it('STOP_SESSION knows its sessions and whose they are (CMD-026, CMD-027)', async () => {
      const stop = (session_id: string) =>
        command('STOP_SESSION', { response_url: responseUrl(), session_id })
      expect(data(await stop('NOPE'))).toMatchObject({ result: 'UNKNOWN_SESSION', timeout: 0 })
      expect(result(await stop('FOREIGN'))).toBe('REJECTED')
      expect(result(await stop('s1'))).toBe('ACCEPTED')
      await finish('ACCEPTED')
    })

    it('UNLOCK_CONNECTOR is off unless it was agreed (CMD-042)', async () => {
      const body = { response_url: responseUrl(), location_id: 'LOC1', evse_uid: 'E1', connector_id: '1' }
      expect(result(await command('UNLOCK_CONNECTOR', body))).toBe('NOT_SUPPORTED')
    })

    it('an unknown command is NOT_SUPPORTED, another method 405 (CMD-001, CMD-033)', async () => {
      const answer = await command('DANCE', { response_url: responseUrl() })
      expect(codes(answer)).toEqual([200, 1000])
      expect(data(answer)).toMatchObject({ result: 'NOT_SUPPORTED', timeout: 0 })
      for (const type of [
        'START_SESSION',
        'STOP_SESSION',
        'RESERVE_NOW',
        'CANCEL_RESERVATION',
        'UNLOCK_CONNECTOR',
      ])
        expect((await emsp.party.send('GET', emsp.party.at('commands', 'RECEIVER', `/${type}`))).http).toBe(
          405,
        )
    })
  })

  describe('reservations', () => {
    it('are made, and cancelled by the CPO on the address of the reservation (CMD-020, CMD-037)', async () => {
      emsp.party.received.length = 0
      expect(result(await reserve({ reservation_id: 'KEEP' }))).toBe('ACCEPTED')
      const [made] = await received()
      await finish('ACCEPTED')
      expect(
        (await node.api('POST', `/commands/${made?.id}/result`, { result: 'CANCELED_RESERVATION' })).status,
      ).toBe(200)
      const seen = await eventually('both results', () =>
        callbacks().length === 2 ? callbacks() : undefined,
      )
      expect(seen.map((request) => request.body)).toEqual([
        { result: 'ACCEPTED' },
        { result: 'CANCELED_RESERVATION' },
      ])
      expect(seen[0]?.path).toBe(seen[1]?.path)
    })

    it('belong to the eMSP that made them (CMD-019, CMD-021)', async () => {
      await reserve({ reservation_id: 'MINE' })
      await finish('ACCEPTED')
      const cancel = (from: Connected, reservation_id: string) =>
        command('CANCEL_RESERVATION', { response_url: responseUrl(from), reservation_id }, from)
      expect(result(await cancel(other, 'MINE'))).toBe('REJECTED')
      expect(result(await cancel(emsp, 'NOPE'))).toBe('REJECTED')
      expect(result(await reserve({ reservation_id: 'MINE', token: token('X', OTHER) }, other))).toBe(
        'ACCEPTED',
      )
      await finish('REJECTED')
      expect(result(await cancel(emsp, 'mine'))).toBe('ACCEPTED')
      await finish('ACCEPTED')
    })
  })

  describe('a response_url', () => {
    it.each([
      ['at a foreign host', () => 'http://127.0.0.1:9/results/1'],
      ['by name instead of address', () => emsp.party.url.replace('127.0.0.1', 'localhost')],
      ['with a user name', () => emsp.party.url.replace('//', '//user:pw@')],
      ['of another scheme', () => 'ftp://127.0.0.1/x'],
      ['that is relative', () => '/results/1'],
      ['of 256 characters', () => `${emsp.party.url}/${'x'.repeat(256)}`.slice(0, 256)],
      ['of metadata services', () => 'http://169.254.169.254/latest/meta-data'],
      ['that is a number', () => 7],
    ])('%s is 2001 and nothing is executed or called (CMD-011, CMD-012)', async (_what, url) => {
      const before = (await received()).length
      expect(codes(await start({ response_url: url() }))).toEqual([200, 2001])
      expect((await received()).length).toBe(before)
    })

    it('that redirects is not followed (CMD-011)', async () => {
      const elsewhere = `${other.party.url}/results/stolen`
      emsp.party.routes.set('POST /results', () => ({ http: 302, headers: { location: elsewhere } }))
      other.party.received.length = 0
      await start()
      await finish('ACCEPTED')
      await quiet(other.party)
      expect(callbacks(other)).toEqual([])
    })
  })
})
