import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BookingCpo, OTHER, requestsOf, statusOf } from '../support/booking-cpo.js'
import { bookingRequest, bookingToken, period, terms, timeslot } from '../support/bookings.js'
import { arrives, codes, data } from '../support/connect.js'

/** A foreign eMSP changes and cancels bookings at our CPO node, and the CPO cancels. */
let cpo: BookingCpo

beforeAll(async () => {
  cpo = await BookingCpo.start()
})

afterAll(() => cpo?.[Symbol.asyncDispose]())

describe('a change', () => {
  const edit = (request: object, change: object) => ({ ...request, ...change })

  it('keeps the booking RESERVED while it is decided, holds both times, then one (flow C, BKG-024, BKG-025)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('CH')] })
    const made = await cpo.reserved(request)
    const asked = await cpo.post(edit(request, { period: period(10.5, 12) }))
    expect([codes(asked), statusOf(asked), requestsOf(data(asked))]).toEqual([
      [200, 1000],
      'RESERVED',
      ['ACCEPTED', 'PENDING'],
    ])
    expect(data(asked).period).toEqual(timeslot(10, 11))
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10), timeslot(12, 18)]])
    const early = await cpo.post(edit(request, { period: period(8, 9) }))
    expect(requestsOf(data(early))).toEqual(['ACCEPTED', 'PENDING', 'DECLINED'])
    await cpo.decide(made.id, { decision: 'ACCEPTED' })
    const after = await cpo.shown(made.id)
    expect([after.period, requestsOf(after)]).toEqual([
      timeslot(10.5, 12),
      ['ACCEPTED', 'ACCEPTED', 'DECLINED'],
    ])
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10.5), timeslot(12, 18)]])
  })

  it('that is declined leaves the old booking as it was (BKG-025)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('DE')] })
    const made = await cpo.reserved(request)
    await cpo.post(edit(request, { period: period(13, 14) }))
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10), timeslot(11, 13), timeslot(14, 18)]])
    await cpo.decide(made.id, { decision: 'DECLINED' })
    const after = await cpo.shown(made.id)
    expect([after.reservation_status, after.period]).toEqual(['RESERVED', timeslot(10, 11)])
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10), timeslot(11, 18)]])
  })

  it('to a time that is taken, against the terms or too late is DECLINED at once (BKG-027, BKG-028)', async () => {
    const id = await cpo.place()
    const taken = bookingRequest(12, 13, { booking_location_id: id, tokens: [bookingToken('T1')] })
    await cpo.post(taken)
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('T2')] })
    await cpo.reserved(request)
    for (const change of [
      { period: period(12, 13) },
      { period: period(10, 10.25) },
      { location_id: 'LOC2' },
      { booking_location_id: 'BL-1' },
    ]) {
      const answer = await cpo.post(edit(request, change))
      expect([statusOf(answer), requestsOf(data(answer)).at(-1)]).toEqual(['RESERVED', 'DECLINED'])
    }
    const fixed = await cpo.place({ booking_terms: terms({ change_not_allowed: true }) })
    const rigid = bookingRequest(10, 11, { booking_location_id: fixed, tokens: [bookingToken('T3')] })
    await cpo.reserved(rigid)
    expect(requestsOf(data(await cpo.post(edit(rigid, { period: period(13, 14) })))).at(-1)).toBe('DECLINED')
    const late = await cpo.place({ booking_terms: terms({ change_until_minutes: 60 * 24 * 30 }) })
    const far = bookingRequest(10, 11, { booking_location_id: late, tokens: [bookingToken('T4')] })
    await cpo.reserved(far)
    expect(requestsOf(data(await cpo.post(edit(far, { period: period(13, 14) })))).at(-1)).toBe('DECLINED')
  })
})

describe('a cancellation', () => {
  const canceled = { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' }

  it('in time is done at once and gives the time back; twice is DECLINED (flow D, BKG-026, BKG-035)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('CA')] })
    const made = await cpo.reserved(request)
    const answer = await cpo.post({ ...request, canceled })
    expect(data(answer)).toMatchObject({ reservation_status: 'CANCELED', canceled })
    expect(requestsOf(data(answer))).toEqual(['ACCEPTED', 'ACCEPTED'])
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 18)]])
    await arrives(
      cpo.emsp.party,
      'the cancellation',
      ({ path, body }) => path.endsWith(String(made.id)) && JSON.stringify(body).includes('CANCELED'),
    )
    const again = await cpo.post({ ...request, canceled: { ...canceled, cancellation_reason: 'UNKNOWN' } })
    expect([statusOf(again), requestsOf(data(again)).at(-1)]).toEqual(['CANCELED', 'DECLINED'])
    expect((await cpo.decide(made.id, { decision: 'ACCEPTED' })).status).toBe(409)
  })

  it('after its time is DECLINED and the booking stands (BKG-027)', async () => {
    const id = await cpo.place({ booking_terms: terms({ cancel_until_minutes: 60 * 24 * 30 }) })
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('LA')] })
    await cpo.reserved(request)
    const answer = await cpo.post({ ...request, canceled })
    expect([statusOf(answer), requestsOf(data(answer)).at(-1)]).toEqual(['RESERVED', 'DECLINED'])
  })

  it('of what nobody booked, or another eMSP booked, is 404 and changes nothing (BKG-023)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('NO')] })
    expect(codes(await cpo.post({ ...request, canceled }))).toEqual([404, 2000])
    const made = await cpo.reserved(request)
    const foreign = { ...request, ...OTHER, tokens: [], canceled }
    expect(codes(await cpo.post(foreign, cpo.other))).toEqual([404, 2000])
    expect((await cpo.shown(made.id)).reservation_status).toBe('RESERVED')
  })

  it('by the CPO carries its reason and is pushed as a PATCH or PUT (flow E, BKG-041, BKG-055)', async () => {
    const id = await cpo.place()
    const made = await cpo.reserved(
      bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('CP')] }),
    )
    const cancel = (cancellation_reason: string) =>
      cpo.node.api('POST', `/bookings/DE/CPO/${String(made.id)}/cancellation`, { cancellation_reason })
    expect((await cancel('TRAFFIC')).status).toBe(400)
    expect((await cancel('BROKEN_CHARGER')).status).toBe(200)
    const pushed = await arrives(
      cpo.emsp.party,
      'the cancellation',
      ({ path, body }) => path.endsWith(String(made.id)) && JSON.stringify(body).includes('CANCELED'),
    )
    expect(pushed.body).toMatchObject({
      canceled: { cancellation_reason: 'BROKEN_CHARGER', who_canceled: 'CPO' },
      last_updated: expect.any(String),
    })
  })
})
