import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { booking, bookingLocation, period } from '../support/bookings.js'
import { type Connected, codes, connect } from '../support/connect.js'
import { token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Our eMSP node books at a foreign CPO that leaves requests undecided; the clock of the node is the test's (BKG-036). */
const BOTH = [
  { identifier: 'bookings', role: 'SENDER' },
  { identifier: 'locations', role: 'SENDER' },
] as const
const FIVE_MINUTES_MS = 300_000

type Json = Record<string, unknown>

let aheadMs = 0
let node: TestNode
let cpo: Connected
/** What the foreign CPO lists. */
let listed: Json[] = []

const requests = () =>
  cpo.party.received.filter(({ method, path }) => method === 'POST' && /\/bookings$/.test(path))
const reads = () =>
  cpo.party.received.filter(
    ({ method, path, query }) =>
      method === 'GET' && /\/bookings$/.test(path) && query.get('date_from') !== null,
  )
const order = async (): Promise<Json> =>
  (
    await node.api('POST', '/booking_orders', {
      booking_location_id: 'BL1',
      period: period(10, 11),
      tokens: [{ uid: '04AA11BB22CC33', type: 'RFID' }],
    })
  ).body as Json
const shown = async (id: unknown): Promise<Json> =>
  (await node.api('GET', `/booking_orders/${String(id)}`)).body as Json
const statusOf = async (id: unknown): Promise<unknown> =>
  ((await node.api('GET', `/bookings/DE/CPO/${String(id)}`)).body as Json).reservation_status
const settled = (id: unknown): Promise<Json> =>
  eventually('the order to be settled', async () => {
    const now = await shown(id)
    return now.decide_by === null ? now : undefined
  })

/** A Booking for the request, with the request in it. */
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

const answering = (made: (request: Json) => object): void => {
  cpo.party.routes.set('POST /2.3.0/sender/bookings', ({ body }) => ({ http: 201, data: made(body as Json) }))
}

const start = async (): Promise<void> => {
  node = await startTestNode({ now: () => Date.now() + aheadMs })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
  await node.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  const party = { country_code: 'DE', party_id: 'CPO' }
  cpo = await connect(node, { version: '2.3.0', role: 'CPO', party, endpoints: BOTH }, ({ routes }) => {
    routes.set('GET /2.3.0/sender/bookings/booking_locations', () => ({ data: [bookingLocation('BL1')] }))
    routes.set('GET /2.3.0/sender/bookings', ({ path }) => ({
      data: path.endsWith('/booking_locations') ? [bookingLocation('BL1')] : listed,
    }))
  })
  await eventually(
    'the place',
    async () => (await node.api('GET', '/booking_locations/DE/CPO/BL1')).status === 200 || undefined,
  )
  await readEvent(
    node,
    'sync.*',
    (text) => ['pull.finished', '"module":"bookings"'].every((part) => text.includes(part)),
    25_000,
  )
}

beforeAll(start, 60_000)

afterEach(() => {
  listed = []
})

afterAll(async () => {
  await cpo?.party[Symbol.asyncDispose]()
  await node?.[Symbol.asyncDispose]()
})

describe('a booking request of ours that a partner leaves PENDING (BKG-036)', () => {
  it('is left in peace for five minutes; then the partner is asked, and the booking cancelled under the same request_id', async () => {
    answering((request) => bookingFor(request))
    const made = await order()
    const waitMs = Date.parse(String(made.decide_by)) - Date.parse(String(made.created_at))
    expect(waitMs).toBeGreaterThanOrEqual(FIVE_MINUTES_MS)
    expect(waitMs).toBeLessThan(FIVE_MINUTES_MS + 5_000)
    const [before, readBefore] = [requests().length, reads().length]
    aheadMs += FIVE_MINUTES_MS - 10_000
    await eventually('a tick', async () => ((await shown(made.id)).decide_by !== null ? true : undefined))
    expect([requests().length, reads().length]).toEqual([before, readBefore])
    answering((request) =>
      bookingFor(request, { reservation_status: 'CANCELED', canceled: request.canceled }),
    )
    aheadMs += 10_000
    expect((await settled(made.id)).message).toBe('It was not decided in time. A cancellation was sent.')
    expect(reads().length).toBe(readBefore + 1)
    expect(requests()).toHaveLength(before + 1)
    expect(requests().at(-1)?.body).toMatchObject({
      request_id: made.request_id,
      canceled: { cancellation_reason: 'UNKNOWN', who_canceled: 'EMSP' },
    })
    expect(await statusOf(made.booking_id)).toBe('CANCELED')
    await readEvent(
      node,
      'booking_order.updated',
      (text) => text.includes(String(made.id)) && text.includes('not decided in time'),
    )
  })

  it('is not cancelled when the partner, asked once more, has decided', async () => {
    answering((request) => bookingFor(request))
    const made = await order()
    listed = [
      bookingFor({ ...(made.request as Json), request_id: 'another' }),
      bookingFor(made.request as Json, {
        reservation_status: 'RESERVED',
        booking_requests: [
          {
            request_status: 'ACCEPTED',
            booking_request: made.request,
            request_received: new Date().toISOString(),
          },
        ],
        last_updated: new Date(Date.now() + 1000).toISOString(),
      }),
    ]
    const before = requests().length
    aheadMs += FIVE_MINUTES_MS
    expect(await settled(made.id)).toMatchObject({ state: 'ANSWERED', message: null })
    expect([await statusOf(made.booking_id), requests().length]).toEqual(['RESERVED', before])
  })

  it('is asked for no more when a decision was pushed in time', async () => {
    answering((request) => bookingFor(request))
    const made = await order()
    const url = cpo.party.at('Booking', 'RECEIVER', `/DE/CPO/${String(made.booking_id)}`)
    const rejected = {
      reservation_status: 'REJECTED',
      last_updated: new Date(Date.now() + 1000).toISOString(),
    }
    expect(codes(await cpo.party.send('PATCH', url, { body: rejected }))).toEqual([200, 1000])
    const [before, readBefore] = [requests().length, reads().length]
    aheadMs += FIVE_MINUTES_MS
    expect((await settled(made.id)).message).toBeNull()
    expect([requests().length, reads().length]).toEqual([before, readBefore])
  })

  it('is pursued after a restart, and again when the partner does not answer', async () => {
    answering((request) => bookingFor(request))
    const made = await order()
    await node.restart()
    const before = requests().length
    cpo.party.routes.set('GET /2.3.0/sender/bookings', () => ({ http: 503 }))
    const readBefore = reads().length
    aheadMs += FIVE_MINUTES_MS
    await eventually('the question', () => (reads().length > readBefore ? true : undefined))
    await eventually(
      'the lease',
      async () => Date.parse(String((await shown(made.id)).decide_by)) > Date.now() + aheadMs || undefined,
    )
    expect([requests().length, await statusOf(made.booking_id)]).toEqual([before, 'PENDING'])
    cpo.party.routes.set('GET /2.3.0/sender/bookings', () => ({ data: listed }))
    answering((request) =>
      bookingFor(request, { reservation_status: 'CANCELED', canceled: request.canceled }),
    )
    aheadMs += FIVE_MINUTES_MS
    await settled(made.id)
    expect([requests().length, await statusOf(made.booking_id)]).toEqual([before + 1, 'CANCELED'])
  }, 40_000)

  it('is cancelled once, also when the node died right after the cancellation', async () => {
    answering((request) => bookingFor(request))
    const made = await order()
    const cancellation = { cancellation_reason: 'TRAFFIC' }
    expect(
      (await node.api('POST', `/bookings/DE/CPO/${String(made.booking_id)}/cancellation`, cancellation))
        .status,
    ).toBe(200)
    expect(await statusOf(made.booking_id)).toBe('PENDING')
    const before = requests().length
    aheadMs += FIVE_MINUTES_MS
    await settled(made.id)
    expect(requests()).toHaveLength(before)
  })

  it('keeps the booking that stands when it was a change of it', async () => {
    const reserved = { reservation_status: 'RESERVED' }
    answering((request) => bookingFor(request, reserved))
    const made = await order()
    expect(made.decide_by).not.toBeNull()
    const before = requests().length
    const readBefore = reads().length
    aheadMs += FIVE_MINUTES_MS
    expect((await settled(made.id)).message).toBe('It was not decided in time. The booking stands as it is.')
    expect([reads().length, requests().length]).toEqual([readBefore + 1, before])
    expect(await statusOf(made.booking_id)).toBe('RESERVED')
  })
})
