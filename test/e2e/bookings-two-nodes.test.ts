import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingLocation, period, terms, timeslot } from '../support/bookings.js'
import { introduce } from '../support/connect.js'
import { cdr, cdrToken, location, session, token } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** A CPO node and an eMSP node: from the calendar to the CDR, each back end at its operator API only. */
type Json = Record<string, unknown>

let cpo: TestNode
let emsp: TestNode

const stored = async (node: TestNode, path: string): Promise<Json | undefined> => {
  const { status, body } = await node.api('GET', path)
  return status === 200 ? (body as Json) : undefined
}
/** The booking at the eMSP once it has this status. */
const atEmsp = (id: unknown, status: string): Promise<Json> =>
  eventually(`${status} at the eMSP`, async () => {
    const found = await stored(emsp, `/bookings/DE/CPO/${String(id)}`)
    return found?.reservation_status === status ? found : undefined
  })
const slotsAtEmsp = async (): Promise<unknown> => {
  const place = await stored(emsp, '/booking_locations/DE/CPO/BL1')
  return (place?.calendars as Json[] | undefined)?.[0]?.available_timeslots
}
/** The free time of the place at the eMSP, once it is this. */
const calendarIs = async (slots: readonly object[]): Promise<void> => {
  await eventually('the calendar', async () =>
    isDeepStrictEqual(await slotsAtEmsp(), slots) ? true : undefined,
  )
}
const order = async (change: object = {}): Promise<Json> => {
  const { status, body } = await emsp.api('POST', '/booking_orders', {
    booking_location_id: 'BL1',
    period: period(10, 11),
    tokens: [{ uid: '04AA11BB22CC33' }],
    ...change,
  })
  expect(status).toBe(201)
  return body as Json
}

beforeAll(async () => {
  cpo = await startTestNode({ syncLimits: { backoff: { firstMs: 100, longestMs: 1_000 } } })
  emsp = await startTestNode()
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'CPO' } })
  await emsp.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'eMSP' } })
  await emsp.api('PUT', '/tokens/DE/MSP/04AA11BB22CC33', token())
  await emsp.api('PUT', '/tokens/DE/MSP/OTHER', token('OTHER'))
  await cpo.api('PUT', '/locations/DE/CPO/LOC1', location())
  await cpo.api('PUT', '/booking_locations/DE/CPO/BL1', bookingLocation('BL1'))
  const partner = await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'CPO' })
  expect(partner).toMatchObject({ version: '2.3.0' })
  await eventually('the booking location', slotsAtEmsp)
})

afterAll(async () => {
  await cpo?.[Symbol.asyncDispose]()
  await emsp?.[Symbol.asyncDispose]()
})

describe('two nodes', () => {
  let made: Json

  it('book: requested at one, granted at the other, the calendar follows', async () => {
    made = await order()
    expect(made).toMatchObject({ state: 'ANSWERED', booking: { reservation_status: 'PENDING' } })
    const id = String(made.booking_id)
    const decision = { decision: 'ACCEPTED', access_information: [{ method: 'ACCESS_CODE', value: '4711' }] }
    expect((await cpo.api('POST', `/bookings/DE/CPO/${id}/decision`, decision)).status).toBe(200)
    const booking = await atEmsp(id, 'RESERVED')
    expect(booking).toMatchObject({
      period: timeslot(10, 11),
      booking_terms: terms(),
      access_information: decision.access_information,
      booking_requests: [{ request_status: 'ACCEPTED' }],
    })
    await calendarIs([timeslot(8, 10), timeslot(11, 18)])
  })

  it('refuse the same slot to another driver', async () => {
    const second = await order({ tokens: [{ uid: 'OTHER' }] })
    expect(second.booking).toMatchObject({ reservation_status: 'REJECTED' })
  })

  it('change the booking, and decline a change', async () => {
    const path = `/bookings/DE/CPO/${String(made.booking_id)}`
    const change = (from: number, to: number) =>
      emsp.api('POST', `${path}/change`, { period: period(from, to) })
    expect((await change(11, 12.5)).status).toBe(201)
    await cpo.api('POST', `${path}/decision`, { decision: 'ACCEPTED' })
    await eventually('the change', async () => {
      const { period: at } = await atEmsp(made.booking_id, 'RESERVED')
      return (at as Json).start_date_time === period(11, 12.5).start_date_time ? true : undefined
    })
    await change(14, 15)
    await cpo.api('POST', `${path}/decision`, { decision: 'DECLINED' })
    const after = await eventually('the decline', async () => {
      const booking = await atEmsp(made.booking_id, 'RESERVED')
      const states = (booking.booking_requests as Json[]).map((each) => each.request_status)
      return states.at(-1) === 'DECLINED' ? booking : undefined
    })
    expect(after.period).toMatchObject(period(11, 12.5))
    await calendarIs([timeslot(8, 11), timeslot(12.5, 18)])
  })

  it('charge under the booking: FULFILLED, the session and a CDR that names it (flow F)', async () => {
    const booking = await atEmsp(made.booking_id, 'RESERVED')
    const { authorization_reference } = booking
    const own = { authorization_reference, cdr_token: cdrToken() }
    await cpo.api('PUT', '/sessions/DE/CPO/SB', session('SB', own))
    await atEmsp(made.booking_id, 'FULFILLED')
    await cpo.api('PATCH', '/sessions/DE/CPO/SB', {
      status: 'COMPLETED',
      end_date_time: period(12, 13).end_date_time,
    })
    await cpo.api('PUT', '/cdrs/DE/CPO/CB', cdr('CB', { ...own, session_id: 'SB' }))
    const bill = await eventually('the CDR', () => stored(emsp, '/cdrs/DE/CPO/CB'))
    expect(bill).toMatchObject({ booking_id: made.booking_id, authorization_reference })
    const cancel = { cancellation_reason: 'TRAFFIC' }
    const late = await emsp.api('POST', `/bookings/DE/CPO/${String(made.booking_id)}/cancellation`, cancel)
    expect(late.body).toMatchObject({ booking: { reservation_status: 'FULFILLED' } })
  })

  it('cancel in time, and the slot is free again', async () => {
    const again = await order({ period: period(16, 17), tokens: [{ uid: 'OTHER' }] })
    const path = `/bookings/DE/CPO/${String(again.booking_id)}`
    await cpo.api('POST', `${path}/decision`, { decision: 'ACCEPTED' })
    await atEmsp(again.booking_id, 'RESERVED')
    const { body } = await emsp.api('POST', `${path}/cancellation`, { cancellation_reason: 'TRAFFIC' })
    expect(body).toMatchObject({ booking: { reservation_status: 'CANCELED' } })
    expect(await stored(cpo, path)).toMatchObject({ canceled: { who_canceled: 'EMSP' } })
    await calendarIs([timeslot(8, 11), timeslot(12.5, 18)])
  })

  it('a booking made while the eMSP was away arrives when it is back', async () => {
    const made = await order({ period: period(17, 18), tokens: [{ uid: 'OTHER' }] })
    // Both pushes have arrived: a node that closes waits for connections that were opened and not used yet.
    await calendarIs([timeslot(8, 11), timeslot(12.5, 17)])
    await emsp.restart()
    await cpo.api('POST', `/bookings/DE/CPO/${String(made.booking_id)}/decision`, { decision: 'ACCEPTED' })
    await atEmsp(made.booking_id, 'RESERVED')
  })
})
