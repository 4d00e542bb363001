import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookingLocation, period } from '../support/bookings.js'
import { type Connected, later } from '../support/connect.js'
import { location, session, session221, token } from '../support/documents.js'
import { clientInfo, connectHub, HUB, tellOf } from '../support/hub.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Nothing is asked of a party that its hub says is not there. */
const FAR = { country_code: 'FR', party_id: 'FAR' }
const NEAR = { country_code: 'SE', party_id: 'NEA' }
type Json = Record<string, unknown>

describe.each([
  { version: '2.2.1' as const, aSession: session221, booked: false },
  { version: '2.3.0' as const, aSession: session, booked: true },
])('a party behind a hub in $version', ({ version, aSession, booked }) => {
  let node: TestNode
  let hub: Connected
  let seconds = 0
  const asked = (): string[] =>
    hub.party.received
      .filter(({ path }) => /commands|chargingprofiles|charging_preferences|authorize|Booking/.test(path))
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.split('/').slice(3).join('/')}`)
  const say = async (status: string, party = FAR): Promise<string> => {
    seconds += 10
    for (const role of ['CPO', 'EMSP'])
      expect((await tellOf(hub, clientInfo(party, role, status, seconds))).http).toBeLessThan(300)
    return later(seconds)
  }
  const authorize = async (token_uid: string): Promise<Json> =>
    (await node.api('POST', '/authorizations', { token_uid, type: 'RFID' })).body as Json
  const requests: readonly [what: string, ask: () => ReturnType<TestNode['api']>, sent: string][] = [
    [
      'a command for a location',
      () => node.api('POST', '/commands/START_SESSION', { token: '04AA11BB22CC33', location_id: 'LOC1' }),
      'POST commands/START_SESSION',
    ],
    [
      'a command for a session',
      () => node.api('POST', '/commands/STOP_SESSION', { session_id: 'S1' }),
      'POST commands/STOP_SESSION',
    ],
    [
      'a charging profile',
      () =>
        node.api('PUT', '/sessions/FR/FAR/S1/charging-profile', {
          charging_rate_unit: 'A',
          charging_profile_period: [{ start_period: 0, limit: 8 }],
        }),
      'PUT chargingprofiles/S1',
    ],
    [
      'charging preferences',
      () => node.api('PUT', '/sessions/FR/FAR/S1/charging_preferences', { profile_type: 'FAST' }),
      'PUT sessions/S1/charging_preferences',
    ],
  ]
  const bookings: typeof requests = [
    [
      'a booking',
      () =>
        node.api('POST', '/booking_orders', {
          booking_location_id: 'BL1',
          period: period(10, 11),
          tokens: [{ uid: '04AA11BB22CC33', type: 'RFID' }],
        }),
      'POST Booking',
    ],
  ]

  beforeAll(async () => {
    node = await startTestNode()
    const business_details = { name: 'Node' }
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details })
    await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
    const card = (uid: string, owner: object) => token(uid, { ...owner, whitelist: 'ALLOWED_OFFLINE' })
    const lists = {
      locations: [location('LOC1', FAR)],
      tokens: [card('FARCARD', FAR), card('NEARCARD', NEAR)],
      'Booking/booking_locations': [bookingLocation('BL1', FAR)],
      sessions: [aSession('S1', FAR)],
    }
    hub = await connectHub(node, {
      version,
      prepare({ routes }) {
        for (const [path, data] of Object.entries(lists))
          routes.set(`GET /${version}/sender/${path}`, () => ({ data }))
        const answer = { data: { result: 'ACCEPTED', timeout: 30 } }
        routes.set(`POST /${version}/receiver/commands`, () => answer)
      },
    })
    // Sessions are read last.
    await eventually('the pulls', async () => {
      const { status } = await node.api('GET', '/sessions/FR/FAR/S1')
      return status === 200 ? true : undefined
    })
  })

  beforeEach(() => {
    hub.party.received.length = 0
  })

  afterAll(async () => {
    await hub?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  describe.each(booked ? [...requests, ...bookings] : requests)('%s', (_what, ask, sent) => {
    it.each(['OFFLINE', 'PLANNED', 'SUSPENDED'])(
      'is not sent while it is %s; who asks is told by which hub and since when (HCI-010)',
      async (status) => {
        const since = await say(status)
        const { status: http, body } = await ask()
        expect(http).toBe(409)
        expect(body).toMatchObject({ type: 'urn:interwatt:problem:party-away', title: 'The party is away' })
        const { detail } = body as { detail: string }
        for (const part of [`NL*${HUB.party_id}`, 'FR*FAR', status, since]) expect(detail).toContain(part)
        expect(asked()).toEqual([])
      },
    )

    it('is sent once it is CONNECTED', async () => {
      await say('CONNECTED')
      await ask()
      expect(asked()).toEqual([sent])
    })
  })

  it('leaves no command, profile request or booking behind that somebody would wait for (HCI-011)', async () => {
    const count = async (path: string): Promise<number> =>
      ((await node.api('GET', path)).body as { items: unknown[] }).items.length
    const lists = ['/commands', '/charging-profiles', '/booking_orders']
    const before = await Promise.all(lists.map(count))
    await say('OFFLINE')
    for (const [, ask] of requests) await ask()
    expect(await Promise.all(lists.map(count))).toEqual(before)
  })

  it('is not asked about its tokens; it is decided as for one that cannot be reached (HCI-010)', async () => {
    await say('CONNECTED')
    const since = await say('OFFLINE')
    const decision = await authorize('FARCARD')
    expect(decision).toMatchObject({ allowed: 'ALLOWED' })
    expect(decision.reason).not.toBe('realtime')
    expect(decision.explanation).toContain(`FR*FAR is OFFLINE since ${since}`)
    expect(asked()).toEqual([])
  })

  it('is asked about its tokens under its own name when it is there (TOK-083)', async () => {
    await say('CONNECTED')
    await authorize('FARCARD')
    const [request] = hub.party.received.filter(({ path }) => path.endsWith('/authorize'))
    expect(request?.headers).toMatchObject({ 'ocpi-to-country-code': 'FR', 'ocpi-to-party-id': 'FAR' })
  })

  it('does not keep others behind the hub from being asked', async () => {
    await say('OFFLINE')
    await say('CONNECTED', NEAR)
    await authorize('NEARCARD')
    expect(asked()).toEqual(['POST tokens/NEARCARD/authorize'])
  })

  it('that is there in one of its roles is asked', async () => {
    await say('OFFLINE')
    seconds += 10
    await tellOf(hub, clientInfo(FAR, 'CPO', 'CONNECTED', seconds))
    const [[, ask] = []] = requests
    await ask?.()
    expect(asked()).toEqual(['POST commands/START_SESSION'])
  })
})
