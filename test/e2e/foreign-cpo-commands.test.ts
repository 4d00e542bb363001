import { checkDocument, schemaOf } from '@interwatt/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, crawl, data, later, list, nextOf } from '../support/connect.js'
import { evse, location, session, session221, token } from '../support/documents.js'
import type { Received, StubAnswer } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Our eMSP node and a foreign CPO: commands, charging preferences, the token list and authorizations. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const EVSES = [
  evse('E1'),
  evse('PLAIN', { capabilities: [] }),
  evse('PICKY', { capabilities: ['REMOTE_START_STOP_CAPABLE', 'START_SESSION_CONNECTOR_REQUIRED'] }),
]

describe.each([
  { version: '2.2.1' as const, aSession: session221 },
  { version: '2.3.0' as const, aSession: session },
])('our eMSP and a foreign CPO in $version', ({ version, aSession }) => {
  let node: TestNode
  let cpo: Connected
  let other: Connected
  const path = (rest: string): string => `/${version}/receiver/commands${rest}`
  const api = async (method: string, address: string, body?: unknown) => {
    const answer = await node.api(method, address, body)
    return { status: answer.status, body: (answer.body ?? {}) as Record<string, unknown> }
  }
  const start = (change: object = {}) =>
    api('POST', '/commands/START_SESSION', {
      token: { uid: 'T1' },
      location_id: 'LOC1',
      evse_uid: 'E1',
      ...change,
    })
  const sent = (): Received[] => cpo.party.received.filter((request) => request.path.startsWith(path('')))
  const last = (): Received => sent().at(-1) as Received
  const responseUrl = (): string => String((last().body as { response_url: string }).response_url)
  const answer = (given: StubAnswer) => cpo.party.routes.set(`POST ${path('')}`, () => given)
  const accepted = { data: { result: 'ACCEPTED', timeout: 30 } }
  const follow = async (command: { body: Record<string, unknown> }) =>
    (await api('GET', `/commands/${String(command.body.id)}`)).body
  const tell = (result: unknown, url = responseUrl(), from = cpo) =>
    from.party.send('POST', url, { body: { result } })

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    for (const n of [1, 2, 3, 4, 5])
      await node.api('PUT', `/tokens/DE/MSP/T${n}`, token(`T${n}`, { last_updated: later(n) }))
    await node.api(
      'PUT',
      '/tokens/DE/MSP/BLOCKED',
      token('BLOCKED', { valid: false, last_updated: later(60) }),
    )
    await node.api('PUT', '/tokens/DE/MSP/BOUND', token('BOUND', { last_updated: later(60) }))
    await node.api('PUT', '/tokens/DE/MSP/BOUND/authorization', { allowed: 'ALLOWED', locations: ['LOC1'] })
    await node.api('PUT', '/tokens/DE/MSP/NARROW', token('NARROW', { last_updated: later(60) }))
    await node.api('PUT', '/tokens/DE/MSP/NARROW/authorization', {
      allowed: 'ALLOWED',
      evses: [{ location_id: 'LOC1', evse_uids: ['E1'] }],
    })
    await node.api('PUT', '/tokens/DE/MSP/POOR', token('POOR', { last_updated: later(60) }))
    await node.api('PUT', '/tokens/DE/MSP/POOR/authorization', { allowed: 'NO_CREDIT' })
    const endpoints = [
      { identifier: 'commands', role: 'RECEIVER' },
      { identifier: 'tokens', role: 'RECEIVER' },
      { identifier: 'sessions', role: 'SENDER' },
    ] as const
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await connect(node, { version, role: 'CPO', party, endpoints })
    other = await connect(node, { version, role: 'CPO', party: OTHER, endpoints })
    const put = await cpo.party.send('PUT', cpo.party.at('locations', 'RECEIVER', '/DE/CPO/LOC1'), {
      body: location('LOC1', { evses: EVSES }),
    })
    expect(codes(put)).toEqual([201, 1000])
    answer(accepted)
  })

  afterEach(() => {
    cpo.party.routes.clear()
    answer(accepted)
  })

  afterAll(async () => {
    for (const each of [cpo, other]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  describe('commands', () => {
    it('go out whole, in the version of the CPO, to its party (CMD-060, CMD-065, TOK-075, LOC-039)', async () => {
      const command = await start()
      expect(command.body).toMatchObject({ state: 'ACCEPTED', response: 'ACCEPTED' })
      expect(last().path).toBe(path('/START_SESSION'))
      expect(checkDocument(schemaOf(version, 'start_session') as never, last().body, 'whole')).toEqual([])
      expect(last().body).toMatchObject({
        token: { uid: 'T1', country_code: 'DE', party_id: 'MSP' },
        location_id: 'LOC1',
        evse_uid: 'E1',
      })
      expect(last().headers).toMatchObject({
        'ocpi-from-country-code': 'DE',
        'ocpi-from-party-id': 'MSP',
        'ocpi-to-country-code': 'DE',
        'ocpi-to-party-id': 'CPO',
        'content-type': 'application/json',
      })
    })

    it('carry an address that is ours, short, unguessable and new each time (CMD-061, CMD-062, TYP-050)', async () => {
      const urls: string[] = []
      for (let n = 0; n < 3; n += 1) {
        await start()
        urls.push(responseUrl())
      }
      expect(new Set(urls).size).toBe(3)
      for (const url of urls) {
        expect(url.startsWith(`${node.url}/`)).toBe(true)
        expect(url.length).toBeLessThanOrEqual(255)
        expect(url.split('/').at(-1)).toMatch(/^[A-Za-z0-9_-]{43}$/)
      }
      const references = sent()
        .slice(-3)
        .map((request) => (request.body as Record<string, unknown>).authorization_reference)
      expect(new Set(references).size).toBe(3)
    })

    it('take a result from the partner that was asked and from nobody else (CMD-062, CMD-063, CMD-079)', async () => {
      const command = await start()
      expect(
        codes(await cpo.party.send('POST', responseUrl(), { token: null, body: { result: 'ACCEPTED' } })),
      ).toEqual([401, 2000])
      expect((await tell('ACCEPTED', responseUrl(), other)).http).toBe(404)
      expect(
        (
          await tell(
            'ACCEPTED',
            responseUrl().replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
          )
        ).http,
      ).toBe(404)
      expect((await tell('ACCEPTED', responseUrl().replace('START_SESSION', 'STOP_SESSION'))).http).toBe(404)
      expect(await follow(command)).toMatchObject({ state: 'ACCEPTED', result: null })
      const taken = await tell('ACCEPTED')
      expect(codes(taken)).toEqual([200, 1000])
      expect(taken.envelope).not.toHaveProperty('data')
      expect(await follow(command)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })

    it('ignore a repeated result (CMD-071)', async () => {
      const command = await start()
      await tell('ACCEPTED')
      expect(codes(await tell('FAILED'))).toEqual([200, 1000])
      expect(await follow(command)).toMatchObject({ result: 'ACCEPTED' })
    })

    it.each([
      ['ACCEPTED', 'ACCEPTED'],
      ['EVSE_OCCUPIED', 'EVSE_OCCUPIED'],
      ['EVSE_INOPERATIVE', 'EVSE_INOPERATIVE'],
      ['FAILED', 'FAILED'],
      ['NOT_SUPPORTED', 'NOT_SUPPORTED'],
      ['REJECTED', 'REJECTED'],
      ['TIMEOUT', 'TIMEOUT'],
      ['UNKNOWN_RESERVATION', 'UNKNOWN_RESERVATION'],
      ['CANCELED_RESERVATION', 'CANCELED_RESERVATION'],
      ['SUCCESSFUL', 'ACCEPTED'],
      ['WHO_KNOWS', 'FAILED'],
    ])('understand the result %s as %s (CMD-074)', async (told, result) => {
      const command = await start()
      expect(codes(await tell(told))).toEqual([200, 1000])
      expect(await follow(command)).toMatchObject({ state: 'DONE', result })
    })

    it('take a result in an envelope too, and refuse one without result (CMD-008, trap 1)', async () => {
      const command = await start()
      expect(codes(await cpo.party.send('POST', responseUrl(), { body: {} }))).toEqual([200, 2001])
      expect(codes(await cpo.party.send('POST', responseUrl(), { bodyText: '{"result"' }))).toEqual([
        400, 2001,
      ])
      expect(
        codes(
          await cpo.party.send('POST', responseUrl(), {
            body: { data: { result: 'REJECTED' }, status_code: 1000, timestamp: later(0) },
          }),
        ),
      ).toEqual([200, 1000])
      expect(await follow(command)).toMatchObject({ result: 'REJECTED' })
    })

    it.each([200, 201, 202])('take HTTP %i for the answer (CMD-075)', async (http) => {
      answer({ ...accepted, http })
      expect((await start()).body).toMatchObject({ state: 'ACCEPTED' })
    })

    it.each([
      [
        'a refusal',
        { data: { result: 'REJECTED', timeout: 0, message: [{ language: 'en', text: 'no' }] } },
        { state: 'REFUSED', response: 'REJECTED' },
      ],
      [
        'not supported',
        { data: { result: 'NOT_SUPPORTED', timeout: 0 } },
        { state: 'REFUSED', response: 'NOT_SUPPORTED' },
      ],
      ['an OCPI error', { code: 2003, data: { result: 'REJECTED', timeout: 0 } }, { state: 'FAILED' }],
      ['nonsense', { data: 'ok' }, { state: 'FAILED' }],
      ['HTTP 500', { http: 500 }, { state: 'FAILED' }],
      ['a web page', { raw: '<html>' }, { state: 'FAILED' }],
    ])('tell %s apart (CMD-003, TRN-034)', async (_what, given, expected) => {
      answer(given)
      expect((await start()).body).toMatchObject(expected)
    })

    it('take the result that comes before the answer (trap 17)', async () => {
      cpo.party.routes.set(`POST ${path('')}`, async (request) => {
        await cpo.party.send('POST', (request.body as { response_url: string }).response_url, {
          body: { result: 'ACCEPTED' },
        })
        return accepted
      })
      expect((await start()).body).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })

    it('end without result when the time is up, and still take what comes late (CMD-069, CMD-070)', async () => {
      answer({ data: { result: 'ACCEPTED', timeout: 1 } })
      const command = await start()
      await eventually(
        'the timeout',
        async () => (await follow(command)).state === 'TIMEOUT' || undefined,
        10_000,
      )
      expect(codes(await tell('ACCEPTED'))).toEqual([200, 1000])
      expect(await follow(command)).toMatchObject({ state: 'DONE', result: 'ACCEPTED' })
    })

    it('adopt a session that comes late, by reference or by token and place, PUT or PATCH (CMD-070, CMD-072, CMD-073)', async () => {
      const sessions = (id: string) => cpo.party.at('sessions', 'RECEIVER', `/DE/CPO/${id}`)
      const put = (id: string, change: object) =>
        cpo.party.send('PUT', sessions(id), { body: aSession(id, change) })
      const byReference = await start()
      const { authorization_reference } = last().body as { authorization_reference: string }
      expect((await follow(byReference)).session_id).toBeNull()
      await put('BY-REF', { authorization_reference, auth_method: 'COMMAND' })
      expect(await follow(byReference)).toMatchObject({ session_id: 'BY-REF' })
      const byPlace = await start({ token: { uid: 'T2' } })
      const cdr_token = { ...session().cdr_token, uid: 't2' }
      await put('BY-PLACE', { cdr_token, location_id: 'loc1', evse_uid: 'e1', auth_method: 'COMMAND' })
      expect(await follow(byPlace)).toMatchObject({ session_id: 'BY-PLACE' })
      const byPatch = await start({ token: { uid: 'T3' } })
      const late = (last().body as { authorization_reference: string }).authorization_reference
      await put('BY-PATCH', { cdr_token: { ...session().cdr_token, uid: 'NOT-T3' } })
      await cpo.party.send('PATCH', sessions('BY-PATCH'), {
        body: { authorization_reference: late, last_updated: later(900) },
      })
      expect(await follow(byPatch)).toMatchObject({ session_id: 'BY-PATCH' })
    })

    it('do not adopt a session of another partner', async () => {
      const command = await start()
      const { authorization_reference } = last().body as { authorization_reference: string }
      const body = aSession('THEIRS', { ...OTHER, authorization_reference })
      expect(
        codes(
          await other.party.send('PUT', other.party.at('sessions', 'RECEIVER', '/NL/OTH/THEIRS'), { body }),
        ),
      ).toEqual([201, 1000])
      expect((await follow(command)).session_id).toBeNull()
    })

    it.each([
      ['a blocked token (CMD-064)', { token: { uid: 'BLOCKED' } }],
      ['a token without credit (CMD-064)', { token: { uid: 'POOR' } }],
      ['a token that may not charge there (CMD-064)', { token: { uid: 'BOUND' }, location_id: 'LOC2' }],
      ['a whole token that is blocked (CMD-064)', { token: token('BLOCKED') }],
      ['a token of another party (CMD-065)', { token: token('X', OTHER) }],
      ['a token nobody knows', { token: { uid: 'NOPE' } }],
      ['an unknown location', { location_id: 'NOPE' }],
      ['an EVSE that cannot be started (CMD-076)', { evse_uid: 'PLAIN' }],
      ['an unknown EVSE', { evse_uid: 'NOPE' }],
      ['a connector without EVSE (CMD-030)', { evse_uid: undefined, connector_id: '1' }],
    ])('are not sent for %s', async (_what, change) => {
      await cpo.party.send('PUT', cpo.party.at('locations', 'RECEIVER', '/DE/CPO/LOC2'), {
        body: location('LOC2', { evses: EVSES }),
      })
      const before = sent().length
      const { status } = await start(change)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(sent().length).toBe(before)
    })

    it('name the connector where the EVSE needs it (CMD-067)', async () => {
      expect((await start({ evse_uid: 'PICKY' })).status).toBe(201)
      expect(last().body).toMatchObject({ evse_uid: 'PICKY', connector_id: '1' })
    })

    it('may use tokens that were never pushed (CMD-066)', async () => {
      const app = token('APP-1', { type: 'APP_USER', whitelist: 'NEVER' })
      expect((await start({ token: app })).status).toBe(201)
      expect(last().body).toMatchObject({ token: { uid: 'APP-1', type: 'APP_USER' } })
    })

    it('reserve, replace, cancel by the same id, and hear of a cancellation later (CMD-037, CMD-078)', async () => {
      const reserve = () =>
        api('POST', '/commands/RESERVE_NOW', {
          token: { uid: 'T1' },
          location_id: 'LOC1',
          reservation_id: 'R-1',
          expiry_date: '2090-01-01T00:00:00Z',
        })
      const made = await reserve()
      expect(last()).toMatchObject({ path: path('/RESERVE_NOW'), body: { reservation_id: 'R-1' } })
      const url = responseUrl()
      await tell('ACCEPTED')
      const cancelled = await api('POST', '/commands/CANCEL_RESERVATION', { reservation_id: 'R-1' })
      expect(cancelled.body).toMatchObject({ state: 'ACCEPTED' })
      expect(last()).toMatchObject({ path: path('/CANCEL_RESERVATION'), body: { reservation_id: 'R-1' } })
      expect(codes(await tell('CANCELED_RESERVATION', url))).toEqual([200, 1000])
      expect(await follow(made)).toMatchObject({ result: 'CANCELED_RESERVATION' })
      expect((await api('POST', '/commands/CANCEL_RESERVATION', { reservation_id: 'NOPE' })).status).toBe(404)
    })

    it('stop a session and unlock a connector', async () => {
      await cpo.party.send('PUT', cpo.party.at('sessions', 'RECEIVER', '/DE/CPO/RUN'), {
        body: aSession('RUN'),
      })
      expect((await api('POST', '/commands/STOP_SESSION', { session_id: 'run' })).body).toMatchObject({
        state: 'ACCEPTED',
      })
      expect(last()).toMatchObject({ path: path('/STOP_SESSION') })
      expect((await api('POST', '/commands/STOP_SESSION', { session_id: 'NOPE' })).status).toBe(404)
      const unlock = { location_id: 'LOC1', evse_uid: 'E1', connector_id: '1' }
      expect((await api('POST', '/commands/UNLOCK_CONNECTOR', unlock)).body).toMatchObject({
        state: 'ACCEPTED',
      })
      expect(checkDocument(schemaOf(version, 'unlock_connector') as never, last().body, 'whole')).toEqual([])
    })
  })

  it('charging preferences go to the bare session of the CPO, both parties named (SES-080, LOC-039)', async () => {
    await cpo.party.send('PUT', cpo.party.at('sessions', 'RECEIVER', '/DE/CPO/PREF'), {
      body: aSession('PREF'),
    })
    const asked = `/${version}/sender/sessions/PREF/charging_preferences`
    cpo.party.routes.set(`PUT ${asked}`, () => ({ data: 'DEPARTURE_REQUIRED' }))
    const preferences = { profile_type: 'CHEAP', energy_need: 12.5 }
    const set = await api('PUT', '/sessions/DE/CPO/PREF/charging_preferences', preferences)
    expect(set).toMatchObject({ status: 200, body: { response: 'DEPARTURE_REQUIRED' } })
    const request = cpo.party.received.find((each) => each.path === asked)
    expect(request?.body).toEqual(preferences)
    expect(request?.headers).toMatchObject({ 'ocpi-from-party-id': 'MSP', 'ocpi-to-party-id': 'CPO' })
  })

  describe('our tokens', () => {
    const at = (rest = '') => cpo.party.at('tokens', 'SENDER', rest)
    const ask = (uid: string, body?: unknown, from = cpo) =>
      from.party.send('POST', at(`/${uid}/authorize`), body === undefined ? {} : { body })

    it('are listed in pages, blocked ones too (TOK-001, TOK-003, TOK-004)', async () => {
      const pages = await crawl(cpo.party, at(`?limit=2&date_to=${later(50)}`))
      expect(pages.map((page) => list(page).map((item) => item.uid))).toEqual([
        ['T1', 'T2'],
        ['T3', 'T4'],
        ['T5'],
      ])
      expect(nextOf(pages[0] as never)).toContain('date_to=')
      const all = list(await cpo.party.send('GET', at()))
      expect(all).toContainEqual(expect.objectContaining({ uid: 'BLOCKED', valid: false }))
      for (const item of all)
        expect(checkDocument(schemaOf(version, 'token') as never, item, 'whole')).toEqual([])
    })

    it('are filtered by date, from in and to out (TOK-002)', async () => {
      const found = await cpo.party.send('GET', at(`?date_from=${later(2)}&date_to=${later(4)}`))
      expect(list(found).map((item) => item.uid)).toEqual(['T2', 'T3'])
      expect(found.headers.get('x-total-count')).toBe('2')
    })

    it('are not given one by one, and nobody writes them (tokens endpoints)', async () => {
      expect((await cpo.party.send('GET', at('/T1'))).http).toBe(404)
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        expect((await cpo.party.send(method, at(), { body: {} })).http).toBe(405)
      expect((await cpo.party.send('GET', at('/T1/authorize'))).http).toBe(405)
    })

    it('are authorized, with place and reference (TOK-060, TOK-062, TOK-071, TOK-075)', async () => {
      const place = { location_id: 'LOC1', evse_uids: ['E1'] }
      const answered = await ask('t1', place)
      expect(codes(answered)).toEqual([200, 1000])
      expect(data(answered)).toMatchObject({
        allowed: 'ALLOWED',
        token: { uid: 'T1', valid: true },
        location: place,
      })
      expect(
        checkDocument(schemaOf(version, 'authorization_info') as never, data(answered), 'whole'),
      ).toEqual([])
      const bare = data(await ask('T1'))
      expect([bare.allowed, bare.location]).toEqual(['ALLOWED', undefined])
      expect(data(await ask('T1?type=RFID')).allowed ?? 'ALLOWED').toBe('ALLOWED')
    })

    it.each([
      ['no body', undefined, undefined],
      ['{}', {}, undefined],
      ['null', null, 'null'],
    ])('take %s for no place (T-17)', async (_what, body, bodyText) => {
      const answered = await cpo.party.send(
        'POST',
        at('/T1/authorize'),
        bodyText === undefined ? (body === undefined ? {} : { body }) : { bodyText },
      )
      expect(data(answered).allowed).toBe('ALLOWED')
    })

    it('that are unknown are 404 with 2004 and no data, by type too (TOK-064, TRN-054)', async () => {
      for (const asked of [
        await ask('NOPE'),
        await cpo.party.send('POST', at('/T1/authorize?type=APP_USER')),
      ]) {
        expect(codes(asked)).toEqual([404, 2004])
        expect(asked.envelope).not.toHaveProperty('data')
      }
    })

    it.each([
      ['BLOCKED', 'BLOCKED'],
      ['POOR', 'NO_CREDIT'],
    ])('%s are answered with 1000 and %s (TOK-067)', async (uid, allowed) => {
      const answered = await ask(uid, { location_id: 'LOC1' })
      expect(codes(answered)).toEqual([200, 1000])
      expect(data(answered)).toMatchObject({ allowed })
      expect(data(answered)).not.toHaveProperty('location')
    })

    it('that are bound to places need one, and are allowed there only (TOK-068, TOK-070 to TOK-072)', async () => {
      expect(codes(await ask('BOUND'))).toEqual([200, 2002])
      expect(data(await ask('BOUND', { location_id: 'loc1' }))).toMatchObject({
        allowed: 'ALLOWED',
        location: { location_id: 'loc1' },
      })
      const elsewhere = data(await ask('BOUND', { location_id: 'LOC2' }))
      expect([elsewhere.allowed, elsewhere.location]).toEqual(['NOT_ALLOWED', undefined])
    })

    it('that are bound to EVSEs are allowed at those only, and the answer names no other (TOK-070, TOK-071)', async () => {
      expect(data(await ask('NARROW', { location_id: 'LOC1', evse_uids: ['E1', 'E2'] }))).toMatchObject({
        allowed: 'ALLOWED',
        location: { location_id: 'LOC1', evse_uids: ['E1'] },
      })
      const other = data(await ask('NARROW', { location_id: 'LOC1', evse_uids: ['E2'] }))
      expect([other.allowed, other.location]).toEqual(['NOT_ALLOWED', undefined])
      expect(codes(await ask('NARROW'))).toEqual([200, 2002])
    })

    it('show their rule to the operator, and 404 where there is none', async () => {
      const narrow = await node.api('GET', '/tokens/DE/MSP/NARROW/authorization')
      expect(narrow.body).toEqual({
        allowed: 'ALLOWED',
        evses: [{ location_id: 'LOC1', evse_uids: ['E1'] }],
      })
      expect((await node.api('GET', '/tokens/DE/MSP/T1/authorization')).status).toBe(404)
    })

    it('may charge at a place nobody published, whatever its hours and status (TOK-076, TOK-077)', async () => {
      expect(data(await ask('T1', { location_id: 'PRIVATE' })).allowed).toBe('ALLOWED')
    })

    it.each([
      ['no location', { evse_uids: ['E1'] }],
      ['a number', { location_id: 5 }],
      ['a list', []],
      ['a long id', { location_id: 'x'.repeat(37) }],
    ])('refuse %s with 2001', async (_what, body) =>
      expect(codes(await ask('T1', body))).toEqual([200, 2001]),
    )
  })
})
