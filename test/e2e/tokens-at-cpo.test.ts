import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Connected, codes, connect, data, later } from '../support/connect.js'
import { token } from '../support/documents.js'
import type { StubAnswer } from '../support/foreign-party.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** Foreign eMSPs give our CPO node tokens and are asked about them. */
const OTHER = { country_code: 'NL', party_id: 'OTH' }
const PLACE = { location_id: 'LOC1', evse_uids: ['E1', 'E2'] }
const WHITELISTS = ['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE', 'NEVER']

describe.each(['2.2.1', '2.3.0'] as const)('tokens of a foreign eMSP in %s', (version) => {
  let node: TestNode
  let emsp: Connected
  let other: Connected
  /** What each eMSP lists when it is asked for everything. */
  const known: Record<string, unknown>[] = []
  const url = (path: string, from = emsp) => from.party.at('tokens', 'RECEIVER', path)
  const put = (path: string, body: unknown) => emsp.party.send('PUT', url(path), { body })
  const patch = (path: string, body: unknown) => emsp.party.send('PATCH', url(path), { body })
  const get = (path: string, from = emsp) => from.party.send('GET', url(path, from))
  /** Tells the node a token by PUT, as listed by the eMSP. */
  const give = async (uid: string, change: object = {}) => {
    const given = { ...token(uid), ...change }
    known.push(given)
    return put(`/DE/MSP/${uid}?type=${given.type}`, given)
  }

  beforeAll(async () => {
    node = await startTestNode({ env: { AUTHORIZATION_TIMEOUT_MS: '400' } })
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const party = { country_code: 'DE', party_id: 'MSP' }
    emsp = await connect(node, { version, role: 'EMSP', party }, (from) =>
      from.routes.set(`GET /${version}/sender/tokens`, () => ({ data: known })),
    )
    other = await connect(node, { version, role: 'EMSP', party: OTHER })
  })

  afterAll(async () => {
    for (const each of [emsp, other]) await each?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  describe('pushed', () => {
    it('are created, replaced, given back as sent (TOK-020, TOK-034, TOK-038)', async () => {
      const full = token('T1', { visual_number: 'V-1', group_id: 'G1', language: 'de' })
      known.push(full)
      expect(codes(await put('/DE/MSP/T1', full))).toEqual([201, 1000])
      expect(data(await get('/DE/MSP/T1'))).toEqual(full)
      const plain = token('T1', { last_updated: later(1) })
      known.splice(0, known.length, plain)
      expect(codes(await put('/DE/MSP/T1', plain))).toEqual([200, 1000])
      expect(data(await get('/DE/MSP/T1'))).toEqual(plain)
    })

    it('are told apart by type, RFID when none is named (TOK-025, TOK-026, TOK-028)', async () => {
      expect(codes(await give('BOTH'))).toEqual([201, 1000])
      expect(codes(await give('BOTH', { type: 'APP_USER', contract_id: 'APP' }))).toEqual([201, 1000])
      expect(data(await get('/DE/MSP/BOTH'))).toMatchObject({ type: 'RFID' })
      expect(data(await get('/DE/MSP/BOTH?type=RFID'))).toMatchObject({ type: 'RFID' })
      expect(data(await get('/DE/MSP/BOTH?type=APP_USER'))).toMatchObject({
        type: 'APP_USER',
        contract_id: 'APP',
      })
      expect((await get('/DE/MSP/BOTH?type=OTHER')).http).toBe(404)
    })

    it('are found without their type where it is the only one (TOK-028, TOK-029)', async () => {
      known.push(token('ONLY', { type: 'OTHER' }))
      await put('/DE/MSP/ONLY', token('ONLY', { type: 'OTHER' }))
      expect(data(await get('/DE/MSP/ONLY'))).toMatchObject({ type: 'OTHER' })
      expect(codes(await patch('/DE/MSP/ONLY', { valid: false, last_updated: later(5) }))).toEqual([
        200, 1000,
      ])
      expect(data(await get('/DE/MSP/ONLY?type=OTHER'))).toMatchObject({ valid: false })
    })

    it('change by PATCH of one field with last_updated (TOK-021, TOK-022, TOK-032, TOK-035)', async () => {
      await give('P1', { visual_number: 'V' })
      expect(codes(await patch('/DE/MSP/P1', { valid: false }))).toEqual([200, 2001])
      expect(data(await get('/DE/MSP/P1'))).toMatchObject({ valid: true })
      expect(codes(await patch('/DE/MSP/p1', { valid: false, last_updated: later(9) }))).toEqual([200, 1000])
      expect(data(await get('/DE/MSP/P1'))).toMatchObject({
        uid: 'P1',
        valid: false,
        visual_number: 'V',
        last_updated: later(9),
      })
    })

    it('keep their identity (TRN-099)', async () => {
      for (const change of [
        { uid: 'Q' },
        { type: 'APP_USER' },
        { party_id: 'ZZZ' },
        { country_code: 'FR' },
        { valid: null },
      ])
        expect(codes(await patch('/DE/MSP/P1', { ...change, last_updated: later(20) }))).toEqual([200, 2001])
      expect(data(await get('/DE/MSP/P1'))).toMatchObject({ uid: 'P1', type: 'RFID', valid: false })
    })

    it('refuse contradictions between URL and body (TOK-023, TOK-024, TOK-028)', async () => {
      expect(codes(await put('/DE/MSP/A', token('B')))).toEqual([200, 2001])
      expect(codes(await put('/DE/MSP/A?type=APP_USER', token('A')))).toEqual([200, 2001])
      expect(codes(await put('/DE/MSP/A', token('A', { party_id: 'ZZZ' })))).toEqual([200, 2001])
      expect(codes(await put('/NL/OTH/A', token('A', OTHER)))).toEqual([404, 2000])
      expect((await get('/DE/MSP/A')).http).toBe(404)
    })

    it('are 404 with 2004 when unknown, and nobody else sees them (TOK-039)', async () => {
      expect(codes(await get('/DE/MSP/NOPE'))).toEqual([404, 2004])
      expect(codes(await patch('/DE/MSP/NOPE', { valid: false, last_updated: later(1) }))).toEqual([
        404, 2004,
      ])
      expect(codes(await get('/DE/MSP/T1', other))).toEqual([404, 2000])
    })

    it('have no POST and no DELETE (TOK-022)', async () => {
      for (const method of ['POST', 'DELETE'])
        expect((await emsp.party.send(method, url('/DE/MSP/T1'), { body: {} })).http).toBe(405)
    })

    it('of an unknown type are refused in 2.2.1 and kept in 2.3.0 (TOK-046, TOK-047)', async () => {
      const answer = await give('FOB', { type: 'KEY_FOB' })
      expect(codes(answer)).toEqual(version === '2.2.1' ? [200, 2001] : [201, 1000])
      if (version === '2.3.0')
        expect(data(await get('/DE/MSP/FOB?type=KEY_FOB'))).toMatchObject({ type: 'KEY_FOB' })
    })

    it('with unusual ids arrive whole (TRN-116)', async () => {
      known.push(token('A/B #1'))
      expect(codes(await put('/DE/MSP/A%2FB%20%231', token('A/B #1')))).toEqual([201, 1000])
      expect(data(await get('/DE/MSP/A%2FB%20%231'))).toMatchObject({ uid: 'A/B #1' })
    })

    it('are not overwritten by what is older (TOK-048)', async () => {
      await give('OLD', { last_updated: later(100) })
      expect(
        codes(await put('/DE/MSP/OLD', token('OLD', { valid: false, last_updated: later(50) }))),
      ).toEqual([200, 1000])
      expect(data(await get('/DE/MSP/OLD'))).toMatchObject({ valid: true })
    })
  })

  describe('real-time authorization', () => {
    const questions = (from = emsp) =>
      from.party.received.filter((request) => request.path.endsWith('/authorize'))
    const answers = (from: Connected, answer: (uid: string, type: string) => StubAnswer) =>
      from.party.routes.set(`POST /${version}/sender/tokens`, (request) =>
        answer(decodeURIComponent(request.path.split('/').at(-2) ?? ''), request.query.get('type') ?? 'RFID'),
      )
    const info = (uid: string, type: string, allowed: string, extra: object = {}): StubAnswer => ({
      data: { allowed, token: token(uid, { type, whitelist: 'NEVER' }), ...extra },
    })
    const decide = async (token_uid: string, type = 'RFID', location: unknown = PLACE) =>
      (
        await node.api('POST', '/authorizations', {
          token_uid,
          type,
          ...(location === null ? {} : { location }),
        })
      ).body as Record<string, unknown>

    beforeAll(async () => {
      for (const whitelist of WHITELISTS)
        for (const valid of [true, false]) await give(`${whitelist}-${valid}`, { whitelist, valid })
    })

    beforeEach(() => {
      emsp.party.received.length = 0
      other.party.received.length = 0
      answers(other, () => ({ http: 404, code: 2004 }))
    })

    // Rows of the table of tokens.md 3.4: decision, and whether a question may be sent (`may`: the CPO's choice).
    it.each([
      ['ALWAYS', true, 'online', 'ALLOWED', 'none'],
      ['ALWAYS', true, 'offline', 'ALLOWED', 'none'],
      ['ALWAYS', false, 'online', 'denied', 'none'],
      ['ALWAYS', false, 'offline', 'denied', 'none'],
      ['ALLOWED', true, 'online', 'ALLOWED', 'may'],
      ['ALLOWED', true, 'offline', 'ALLOWED', 'may'],
      ['ALLOWED', false, 'online', 'ALLOWED', 'one'],
      ['ALLOWED', false, 'offline', 'denied', 'one'],
      ['ALLOWED_OFFLINE', true, 'online', 'ALLOWED', 'one'],
      ['ALLOWED_OFFLINE', true, 'offline', 'ALLOWED', 'one'],
      ['ALLOWED_OFFLINE', false, 'online', 'ALLOWED', 'one'],
      ['ALLOWED_OFFLINE', false, 'offline', 'denied', 'one'],
      ['NEVER', true, 'online', 'ALLOWED', 'one'],
      ['NEVER', false, 'online', 'ALLOWED', 'one'],
      ['NEVER', true, 'offline', 'denied', 'one'],
      ['NEVER', false, 'offline', 'denied', 'one'],
      ['unknown', true, 'online', 'ALLOWED', 'one'],
      ['unknown', true, 'offline', 'denied', 'one'],
    ])('%s with valid %s, eMSP %s: %s (TOK-090, TOK-091)', async (whitelist, valid, line, decision, sent) => {
      answers(emsp, (uid, type) => (line === 'online' ? info(uid, type, 'ALLOWED') : { hangMs: 2000 }))
      const decided = await decide(`${whitelist}-${valid}`)
      if (decision === 'denied') expect(decided.allowed).not.toBe('ALLOWED')
      else expect(decided.allowed).toBe(decision)
      if (sent !== 'may') expect(questions().length).toBe(sent === 'one' ? 1 : 0)
      expect(decided.auth_method).toBe(
        questions().length > 0 && line === 'online' ? 'AUTH_REQUEST' : 'WHITELIST',
      )
    })

    it.each([
      ['ALLOWED_OFFLINE-true', 'BLOCKED'],
      ['NEVER-true', 'EXPIRED'],
      ['NEVER-true', 'NO_CREDIT'],
      ['NEVER-true', 'NOT_ALLOWED'],
      ['nobody-knows', 'NOT_ALLOWED'],
    ])('the answer about %s is followed: %s (TRN-056, TOK-067)', async (uid, allowed) => {
      answers(emsp, (asked, type) => info(asked, type, allowed))
      expect(await decide(uid)).toMatchObject({ allowed, auth_method: 'AUTH_REQUEST' })
    })

    it.each([
      ['HTTP 500', { http: 500 }],
      ['a hub that timed out', { code: 4002 }],
      ['a hub without connection', { code: 4003 }],
      ['an answer that is no answer', { data: { allowed: 'PERHAPS' } }],
      ['a web page', { raw: '<html>' }],
      ['a cut connection', { hangMs: 10 }],
    ])('%s counts as offline', async (_what, answer) => {
      answers(emsp, () => answer)
      expect(await decide('ALLOWED_OFFLINE-true')).toMatchObject({
        allowed: 'ALLOWED',
        auth_method: 'WHITELIST',
      })
      expect(await decide('NEVER-true')).toMatchObject({ allowed: expect.not.stringMatching(/^ALLOWED$/) })
    })

    it.each([
      ['404 with 2004', { http: 404, code: 2004 }],
      ['200 with 2004', { code: 2004 }],
      ['404 alone', { http: 404, raw: '' }],
    ])('%s means unknown (TOK-066)', async (_what, answer) => {
      answers(emsp, () => answer)
      expect(await decide('ALLOWED_OFFLINE-true')).toMatchObject({
        allowed: 'NOT_ALLOWED',
        reason: 'unknown_token',
      })
    })

    it('asks with uid as read, type, place, our headers (TOK-062, LOC-039)', async () => {
      answers(emsp, (uid, type) => info(uid, type, 'ALLOWED'))
      await decide('never-TRUE')
      await decide('A/B #2', 'OTHER', null)
      const [first, second] = questions()
      expect(first).toMatchObject({ path: `/${version}/sender/tokens/never-TRUE/authorize`, body: PLACE })
      expect(['RFID', null]).toContain(first?.query.get('type'))
      expect(first?.headers).toMatchObject({
        'ocpi-from-party-id': 'CPO',
        'ocpi-to-party-id': 'MSP',
        'content-type': 'application/json',
        authorization: `Token ${Buffer.from(emsp.party.ownToken).toString('base64')}`,
      })
      expect(second?.path).toBe(`/${version}/sender/tokens/A%2FB%20%232/authorize`)
      expect(second?.query.get('type')).toBe('OTHER')
      expect(second?.body).toBeUndefined()
    })

    it('passes on reference, message and place (TOK-079, TOK-080)', async () => {
      const extra = {
        authorization_reference: 'REF',
        info: { language: 'de', text: 'Gute Fahrt' },
        location: { location_id: 'LOC1', evse_uids: ['E2'] },
      }
      answers(emsp, (uid, type) => info(uid, type, 'ALLOWED', extra))
      expect(await decide('NEVER-true')).toMatchObject(extra)
    })

    it('keeps nothing of an ALLOWED answer (TOK-082)', async () => {
      answers(emsp, (uid, type) => info(uid, type, 'ALLOWED'))
      await decide('NEVER-true')
      await decide('NEVER-true')
      await decide('fresh-one')
      expect(questions().length).toBe(3)
      expect((await get('/DE/MSP/fresh-one')).http).toBe(404)
    })

    it('asks every eMSP about a token nobody listed, the first ALLOWED wins (TOK-083)', async () => {
      answers(emsp, () => ({ hangMs: 300 }))
      answers(other, (uid, type) => info(uid, type, 'ALLOWED', { token: token(uid, { type, ...OTHER }) }))
      expect(await decide('THEIRS')).toMatchObject({ allowed: 'ALLOWED', partner_id: other.id })
      expect([questions(emsp).length, questions(other).length]).toEqual([1, 1])
    })

    it('asks nobody for the list while a driver waits (TOK-007)', async () => {
      answers(emsp, (uid, type) => info(uid, type, 'ALLOWED'))
      await decide('NEVER-true')
      expect(emsp.party.received.filter((request) => request.method === 'GET')).toEqual([])
    })
  })
})
