import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { booking, bookingLocation, bookingToken, calendar, period, timeslot } from '../support/bookings.js'
import { arrives, type Connected, codes, connect, data, later } from '../support/connect.js'
import { token } from '../support/documents.js'
import type { OcpiAnswer, Received } from '../support/foreign-party.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Our eMSP node books at a foreign CPO; the test plays the eMSP's back end through the operator API. */
const CPO = { country_code: 'DE', party_id: 'CPO' }
const SECOND = { country_code: 'FR', party_id: 'CP2' }
const BOTH = [
  { identifier: 'bookings', role: 'SENDER' },
  { identifier: 'locations', role: 'SENDER' },
] as const

type Json = Record<string, unknown>

let node: TestNode
let cpo: Connected
let second: Connected

const send = (method: string, path: string, body?: unknown, from = cpo): Promise<OcpiAnswer> =>
  from.party.send(method, from.party.at('Booking', 'RECEIVER', path), body === undefined ? {} : { body })
const stored = async (path: string): Promise<Json> => (await node.api('GET', path)).body as Json
const asked = (from = cpo) =>
  from.party.received.filter(({ method, path }) => method === 'POST' && /\/bookings$/.test(path))

/** What the foreign CPO answers to a BookingRequest. */
const answering = (made: (request: Json) => object, http = 201): void => {
  cpo.party.routes.set('POST /2.3.0/sender/bookings', ({ body }) => ({
    http,
    data: made(body as Json),
  }))
}

/** A Booking for the request as the foreign CPO would state it. */
const bookingFor = (request: Json, change: object = {}): Json => ({
  ...booking(`B-${String(request.request_id)}`.slice(0, 36)),
  request_id: request.request_id,
  booking_tokens: request.tokens,
  period: request.period,
  authorization_reference: request.authorization_reference,
  booking_requests: [
    { request_status: 'PENDING', booking_request: request, request_received: new Date().toISOString() },
  ],
  last_updated: new Date().toISOString(),
  ...change,
})

const order = (change: object = {}) =>
  node.api('POST', '/booking_orders', {
    booking_location_id: 'BL1',
    period: period(10, 11),
    tokens: [{ uid: '04AA11BB22CC33', type: 'RFID' }],
    ...change,
  })

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  cpo = await connect(node, { version: '2.3.0', role: 'CPO', party: CPO, endpoints: BOTH })
  second = await connect(node, { version: '2.3.0', role: 'CPO', party: SECOND, endpoints: BOTH })
  // The first crawl finds nothing; it has to be over before anything is pushed, or it would withdraw that.
  for (const { id } of [cpo, second])
    for (const module of ['booking_locations', 'bookings'])
      await readEvent(
        node,
        'sync.*',
        (text) => [id, 'pull.finished', `"module":"${module}"`].every((part) => text.includes(part)),
        25_000,
      )
}, 60_000)

afterEach(() => {
  cpo.party.routes.clear()
})

afterAll(async () => {
  for (const each of [cpo, second]) await each?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('booking locations of a CPO', () => {
  const path = '/DE/CPO/booking_locations/BL1'

  it('are stored, given back as they came, and shown to the operator (BKG-006, BKG-018)', async () => {
    const place = bookingLocation('BL1', { x_vendor: { colour: 'green' } })
    expect(codes(await send('PUT', path, place))).toEqual([201, 1000])
    expect(codes(await send('PUT', path, place))).toEqual([200, 1000])
    expect(data(await send('GET', path))).toEqual(place)
    expect(await stored('/booking_locations/DE/CPO/BL1')).toEqual(place)
    const listed = await stored('/booking_locations?location_id=LOC1&party=DE*CPO')
    expect(listed).toMatchObject({ total: 1, items: [{ id: 'BL1' }] })
    const empty = bookingLocation('FULL', { calendars: [calendar('C', { available_timeslots: [] })] })
    expect(codes(await send('PUT', '/DE/CPO/booking_locations/FULL', empty))).toEqual([201, 1000])
    await readEvent(node, 'booking_location.created', (text) => text.includes('BL1'))
  })

  it('are changed by PATCH: lists and objects are replaced whole (BKG-010, BKG-012, BKG-013)', async () => {
    const policy = { policy: { reservation_required: true } }
    expect(codes(await send('PATCH', path, policy))).toEqual([200, 2001])
    expect(codes(await send('PATCH', path, { ...policy, last_updated: later(10) }))).toEqual([200, 1000])
    expect(await stored('/booking_locations/DE/CPO/BL1')).toMatchObject({
      ...policy,
      calendars: [{ id: 'CAL1' }],
    })
    const unknown = '/DE/CPO/booking_locations/NONE'
    expect(codes(await send('PATCH', unknown, { ...policy, last_updated: later(10) }))).toEqual([404, 2000])
    expect((await send('GET', unknown)).http).toBe(404)
  })

  it('have calendars of their own address, which move last_updated of the place (BKG-011, BKG-013)', async () => {
    const slots = [timeslot(8, 9), timeslot(11, 18)]
    const change = { available_timeslots: slots, last_updated: later(20) }
    expect(codes(await send('PATCH', `${path}/cal1`, change))).toEqual([200, 1000])
    expect(data(await send('GET', `${path}/CAL1`))).toMatchObject({ available_timeslots: slots })
    expect(data(await send('GET', path)).last_updated).toBe(later(20))
    const more = calendar('CAL2', { last_updated: later(30) })
    expect(codes(await send('PUT', `${path}/CAL2`, more))).toEqual([201, 1000])
    expect(codes(await send('PUT', `${path}/CAL2`, more))).toEqual([200, 1000])
    expect(codes(await send('PUT', `${path}/OTHER`, more))).toEqual([200, 2001])
    const place = data(await send('GET', path))
    expect([place.last_updated, (place.calendars as Json[]).map(({ id }) => id)]).toEqual([
      later(30),
      ['CAL1', 'CAL2'],
    ])
    expect((await send('PUT', '/DE/CPO/booking_locations/NONE/CAL2', more)).http).toBe(404)
    expect((await send('PATCH', `${path}/NONE`, change)).http).toBe(404)
    expect((await send('GET', `${path}/NONE`)).http).toBe(404)
  })

  it('are pulled, and those no longer listed are gone after a full crawl (BKG-005)', async () => {
    const places = ['PULLED', 'STAYS'].map((id) => bookingLocation(id, SECOND))
    let listed = places
    second.party.routes.set('GET /2.3.0/sender/bookings/booking_locations', () => ({ data: listed }))
    await node.api('POST', `/partners/${second.id}/resync`)
    const found = (id: string) => node.api('GET', `/booking_locations/FR/CP2/${id}`)
    await eventually('the pull', async () => (await found('PULLED')).status === 200 || undefined)
    listed = places.slice(1)
    await node.api('POST', `/partners/${second.id}/resync`)
    await readEvent(node, 'booking_location.deleted', (text) => text.includes('PULLED'))
    expect((await found('STAYS')).status).toBe(200)
  })
})

describe('bookings a CPO pushes', () => {
  const path = '/DE/CPO/B1'

  it('are stored under their id, whatever the URL calls them (BKG-007 to BKG-009)', async () => {
    const made = booking('B1')
    expect(codes(await send('PUT', path, made))).toEqual([201, 1000])
    expect(data(await send('GET', path))).toEqual(made)
    expect(codes(await send('PUT', `/DE/CPO/${made.request_id}`, made))).toEqual([200, 1000])
    expect(data(await send('GET', `/DE/CPO/${made.request_id}`))).toEqual(made)
    expect(codes(await send('PUT', '/DE/CPO/OTHER', made))).toEqual([200, 2001])
    const reserved = { reservation_status: 'RESERVED', last_updated: later(10) }
    expect(codes(await send('PATCH', `/DE/CPO/${made.request_id}`, reserved))).toEqual([200, 1000])
    expect(await stored('/bookings/DE/CPO/B1')).toMatchObject({ reservation_status: 'RESERVED' })
    expect(await stored('/bookings?reservation_status=RESERVED')).toMatchObject({ items: [{ id: 'B1' }] })
    await readEvent(node, 'booking.*', (text) => text.includes('RESERVED'))
  })

  it('older than what is stored, or out of a final state, are acknowledged and ignored (BKG-035, BKG-037)', async () => {
    const status = async () => (await stored('/bookings/DE/CPO/B1')).reservation_status
    const patch = (reservation_status: string, seconds: number) =>
      send('PATCH', path, { reservation_status, last_updated: later(seconds) })
    expect(codes(await patch('PENDING', 5))).toEqual([200, 1000])
    expect(await status()).toBe('RESERVED')
    expect(codes(await patch('PENDING', 20))).toEqual([200, 1000])
    expect(await status()).toBe('PENDING')
    expect(codes(await patch('SOMETHING_NEW', 30))).toEqual([200, 1000])
    expect(await status()).toBe('UNKNOWN')
    expect(codes(await patch('CANCELED', 40))).toEqual([200, 1000])
    expect(codes(await patch('RESERVED', 50))).toEqual([200, 1000])
    expect(codes(await send('PUT', path, booking('B1', { last_updated: later(60) })))).toEqual([200, 1000])
    expect(await status()).toBe('CANCELED')
  })

  it.each([
    ['of a party that is not theirs', '/FR/CP2/B9', { country_code: 'FR', party_id: 'CP2' }, [404, 2000]],
    ['whose party differs from the URL', '/DE/CPO/B9', { party_id: 'ZZZ' }, [200, 2001]],
    ['without terms', '/DE/CPO/B9', { booking_terms: undefined }, [200, 2001]],
    ['without requests', '/DE/CPO/B9', { booking_requests: [] }, [200, 2001]],
    [
      'with a request state nobody knows',
      '/DE/CPO/B9',
      { booking_requests: [{ request_status: 'X' }] },
      [200, 2001],
    ],
    ['with a period that is none', '/DE/CPO/B9', { period: 'tomorrow' }, [200, 2001]],
  ])('%s are refused and change nothing (BKG-007, BKG-038)', async (_what, to, change, expected) => {
    expect(codes(await send('PUT', to, { ...booking('B9'), ...change }))).toEqual(expected)
    expect((await node.api('GET', '/bookings/DE/CPO/B9')).status).toBe(404)
  })

  it('are read by nobody but their CPO, and there is no POST or DELETE', async () => {
    expect(codes(await send('GET', path, undefined, second))).toEqual([404, 2000])
    expect((await send('DELETE', path)).http).toBe(405)
    expect((await send('POST', path, {})).http).toBe(405)
    expect([...cpo.party.nodeEndpoints.keys()].filter((name) => /booking/i.test(name))).toEqual([
      'Booking RECEIVER',
    ])
  })

  it('are pulled from a CPO that does not push (BKG-061)', async () => {
    const pulled = booking('PULL', SECOND)
    second.party.routes.set('GET /2.3.0/sender/bookings', ({ path: at }) => ({
      data: at.endsWith('/booking_locations') ? [] : [pulled],
    }))
    await node.api('POST', `/partners/${second.id}/resync`)
    await eventually('the booking', async () =>
      (await node.api('GET', '/bookings/FR/CP2/PULL')).status === 200 ? true : undefined,
    )
  })
})

describe('a booking of ours', () => {
  it('is requested at the party that owns the place, with whole tokens and an id (BKG-020, BKG-032)', async () => {
    answering((request) => bookingFor(request))
    const { status, body } = await order({ power_required: 22 })
    const made = body as Json
    expect([status, made.state]).toEqual([201, 'ANSWERED'])
    const request = asked().at(-1) as Received
    expect(request.body).toMatchObject({
      country_code: 'DE',
      party_id: 'MSP',
      request_id: made.request_id,
      location_id: 'LOC1',
      booking_location_id: 'BL1',
      tokens: [bookingToken()],
      period: period(10, 11),
      authorization_reference: expect.stringMatching(/^.{1,36}$/),
      power_required: 22,
    })
    expect(request.headers).toMatchObject({ 'ocpi-to-party-id': 'CPO', 'ocpi-from-party-id': 'MSP' })
    expect(made.booking).toMatchObject({ id: made.booking_id, reservation_status: 'PENDING' })
    expect(await stored(`/booking_orders/${String(made.id)}`)).toMatchObject({ state: 'ANSWERED' })
    const orders = await stored(`/booking_orders?request_id=${String(made.request_id)}`)
    expect(orders).toMatchObject({ items: [{ id: made.id }], next: null })
  })

  it.each(['RESERVED', 'REJECTED', 'FAILED'])(
    'may be answered directly with %s (BKG-062)',
    async (reservation_status) => {
      answering((request) => bookingFor(request, { reservation_status }))
      expect((await order()).body).toMatchObject({ state: 'ANSWERED', booking: { reservation_status } })
    },
  )

  it('is followed by pushes, changed and cancelled under the same request_id (flows C and D, BKG-020)', async () => {
    answering((request) => bookingFor(request, { reservation_status: 'RESERVED' }))
    const { booking_id: id, request_id } = (await order()).body as Json
    answering((request) => bookingFor(request, { id, reservation_status: 'RESERVED' }), 200)
    const changed = await node.api('POST', `/bookings/DE/CPO/${String(id)}/change`, {
      period: period(12, 13),
    })
    expect(changed.status).toBe(201)
    expect(asked().at(-1)?.body).toMatchObject({
      request_id,
      booking_location_id: 'BL1',
      period: period(12, 13),
      tokens: [bookingToken()],
    })
    const canceled = { cancellation_reason: 'BROKEN_VEHICLE', who_canceled: 'EMSP' }
    answering((request) => bookingFor(request, { id, reservation_status: 'CANCELED', canceled }), 200)
    const cancel = (cancellation_reason: string) =>
      node.api('POST', `/bookings/DE/CPO/${String(id)}/cancellation`, { cancellation_reason })
    expect((await cancel('FULL')).status).toBe(400)
    expect((await cancel('BROKEN_VEHICLE')).body).toMatchObject({
      order: { state: 'ANSWERED' },
      booking: { reservation_status: 'CANCELED' },
    })
    expect(asked().at(-1)?.body).toMatchObject({ request_id, canceled })
  })

  it('that the partner refuses says why, and one it answers with nonsense has failed', async () => {
    cpo.party.routes.set('POST /2.3.0/sender/bookings', () => ({ code: 2003 }))
    expect((await order()).body).toMatchObject({ state: 'REFUSED', booking: null })
    answering(() => ({ hello: 'there' }))
    expect((await order()).body).toMatchObject({ state: 'FAILED', booking: null })
    answering((request) => bookingFor(request, { request_id: 'another' }))
    expect((await order()).body).toMatchObject({ state: 'FAILED' })
  })

  it('that is not answered is kept and repeated as the same request, also after a restart (BKG-022, promise 1)', async () => {
    cpo.party.routes.set('POST /2.3.0/sender/bookings', () => ({ hangMs: 20 }))
    const { body } = await order()
    const made = body as Json
    expect(made.state).toBe('SENDING')
    const first = asked().at(-1)?.body
    await node.restart()
    answering((request) => bookingFor(request))
    const { bookings } = node.node.stores
    const [taken] = await bookings.takeUnanswered('2100-01-01T00:00:00Z', '2020-01-01T00:00:00Z', 1)
    expect(taken?.id).toBe(made.id)
    const done = await eventually(
      'the repetition',
      async () => {
        const now = await stored(`/booking_orders/${String(made.id)}`)
        return now.state === 'ANSWERED' ? now : undefined
      },
      25_000,
    )
    expect(asked().at(-1)?.body).toEqual(first)
    expect(done.booking).toMatchObject({ request_id: made.request_id })
  }, 40_000)

  it('that the partner cannot judge, as it says of itself, is kept like one without an answer (BKG-022)', async () => {
    for (const stub of [{ code: 3000 }, { http: 503 }, { raw: '<html>' }]) {
      cpo.party.routes.set('POST /2.3.0/sender/bookings', () => stub)
      const made = (await order()).body as Json
      expect(made).toMatchObject({ state: 'SENDING', message: expect.any(String), finished_at: null })
    }
  })

  it('needs a place, a token and a partner that are known', async () => {
    expect((await order({ booking_location_id: 'NONE' })).status).toBe(404)
    expect((await order({ tokens: [{ uid: 'NONE' }] })).status).toBe(404)
    expect((await order({ period: undefined })).status).toBe(422)
    expect((await node.api('POST', '/bookings/DE/CPO/NONE/change', {})).status).toBe(404)
    expect((await node.api('POST', '/bookings/DE/CPO/B1/decision', { decision: 'ACCEPTED' })).status).toBe(
      404,
    )
    expect((await node.api('PUT', '/bookings/DE/CPO/B1', booking('B1'))).status).toBe(403)
    expect((await node.api('DELETE', '/bookings/DE/CPO/B1')).status).toBe(403)
  })
})

it('nothing of bookings is asked of a partner of 2.2.1', async () => {
  const old = await connect(node, {
    version: '2.2.1',
    role: 'CPO',
    party: { country_code: 'NL', party_id: 'OLD' },
    endpoints: BOTH,
  })
  await arrives(old.party, 'the pull of locations', ({ path }) => path.endsWith('/locations'))
  expect(old.party.received.filter(({ path }) => /booking/i.test(path))).toEqual([])
  await old.party[Symbol.asyncDispose]()
})
