import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOOKING_EMSP, BookingCpo, OTHER, requestsOf, statusOf } from '../support/booking-cpo.js'
import {
  bookingLocation,
  bookingRequest,
  bookingToken,
  calendar,
  period,
  terms,
  timeslot,
} from '../support/bookings.js'
import { arrives, type Connected, codes, connect, crawl, data, list } from '../support/connect.js'
import { readEvent } from '../support/read-events.js'

/** A foreign eMSP asks what can be booked at our CPO node and requests it; the test plays the back end. */
let cpo: BookingCpo

beforeAll(async () => {
  cpo = await BookingCpo.start()
})

afterAll(() => cpo?.[Symbol.asyncDispose]())

describe('who is offered the module', () => {
  it('is listed as Booking to eMSPs of 2.3.0, sender side, and to nobody of 2.2.1 (ROL-004, ROL-016)', async () => {
    expect([...cpo.emsp.party.nodeEndpoints.keys()].filter((name) => /booking/i.test(name))).toEqual([
      'Booking SENDER',
    ])
    const old = await connect(cpo.node, {
      version: '2.2.1',
      role: 'EMSP',
      party: { country_code: 'NL', party_id: 'OLD' },
      endpoints: [...BOOKING_EMSP, { identifier: 'locations', role: 'RECEIVER' }],
    })
    expect([...old.party.nodeEndpoints.keys()].some((name) => /booking/i.test(name))).toBe(false)
    await cpo.place()
    await arrives(old.party, 'the location', ({ path }) => path.includes('/locations/'))
    expect(old.party.received.some(({ path }) => /booking/i.test(path))).toBe(false)
    const url = cpo.emsp.party.at('Booking', 'SENDER').replace('2.3.0', '2.2.1')
    expect((await old.party.send('GET', url)).http).toBe(404)
    await old.party[Symbol.asyncDispose]()
  })

  it('refuses POST, PUT, PATCH and DELETE where the module has none with 405', async () => {
    const url = cpo.emsp.party.at('Booking', 'SENDER')
    for (const [method, path] of [
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/booking_locations'],
      ['PATCH', '/booking_locations/BL1'],
      ['DELETE', '/booking_locations/BL1/CAL1'],
    ] as const)
      expect([method, (await cpo.emsp.party.send(method, url + path, { body: {} })).http]).toEqual([
        method,
        405,
      ])
  })
})

describe('what can be booked', () => {
  it('is read one by one and page by page; an unknown id is 404 (BKG-001, BKG-003)', async () => {
    const id = await cpo.place()
    expect(data(await cpo.get(`/booking_locations/${id}`))).toMatchObject({ id, location_id: 'LOC1' })
    expect(data(await cpo.get(`/booking_locations/${id.toLowerCase()}/cal1`))).toMatchObject({ id: 'CAL1' })
    expect(codes(await cpo.get('/booking_locations/NONE'))).toEqual([404, 2000])
    expect(codes(await cpo.get(`/booking_locations/${id}/NONE`))).toEqual([404, 2000])
    const pages = await crawl(
      cpo.emsp.party,
      cpo.emsp.party.at('Booking', 'SENDER', '/booking_locations?limit=1'),
    )
    expect(pages.flatMap(list).map((each) => each.id)).toContain(id)
    expect(Number(pages[0]?.headers.get('x-total-count'))).toBe(pages.length)
  })

  it('is filtered by last_updated and by free timeslots, from inclusive and to exclusive (BKG-001, BKG-002)', async () => {
    const at = '2027-06-01T10:00:00.000Z'
    const id = await cpo.place({
      last_updated: at,
      calendars: [calendar('C', { available_timeslots: [timeslot(2, 3)] })],
    })
    const ids = async (query: string) =>
      list(await cpo.get(`/booking_locations?${query}`)).map((each) => each.id)
    const slots = (from: number, to: number) => {
      const { start_date_time, end_date_time } = period(from, to)
      return `timeslot_from=${start_date_time}&timeslot_to=${end_date_time}`
    }
    expect(await ids(slots(2, 3))).toContain(id)
    expect(await ids(slots(2.5, 2.75))).toContain(id)
    expect(await ids(slots(3, 4))).not.toContain(id)
    expect(await ids(slots(1, 2))).not.toContain(id)
    expect(codes(await cpo.get('/booking_locations?timeslot_from=soon'))).toEqual([200, 2001])
    expect(codes(await cpo.get('/booking_locations?date_from=soon'))).toEqual([200, 2001])
    expect(await ids('date_to=2026-01-01T00:00:00Z')).toEqual([])
  })

  it('is pushed with PUT, and again when a booking takes a slot (BKG-006, flow A)', async () => {
    const id = await cpo.place()
    const path = `/DE/CPO/booking_locations/${id}`
    const first = await arrives(
      cpo.emsp.party,
      'the place',
      (r) => r.method === 'PUT' && r.path.endsWith(path),
    )
    expect(first.body).toMatchObject({ id, calendars: [{ available_timeslots: [timeslot(8, 18)] }] })
    await cpo.post(bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('PUSH')] }))
    const second = await arrives(
      cpo.emsp.party,
      'the calendar',
      (request) => request !== first && request.path.endsWith(path),
    )
    const free = [timeslot(8, 10), timeslot(11, 18)]
    expect(second.body).toMatchObject({ calendars: [{ available_timeslots: free }] })
  })

  it('is withdrawn with a PUT without calendars and leaves the lists (BKG-016)', async () => {
    const id = await cpo.place()
    const path = `/DE/CPO/booking_locations/${id}`
    await arrives(cpo.emsp.party, 'the place', (r) => r.path.endsWith(path))
    expect((await cpo.node.api('DELETE', `/booking_locations/DE/CPO/${id}`)).status).toBe(200)
    await arrives(
      cpo.emsp.party,
      'the withdrawal',
      (r) => r.method === 'PUT' && r.path.endsWith(path) && JSON.stringify(r.body).includes('"calendars":[]'),
    )
    expect((await cpo.get(`/booking_locations/${id}`)).http).toBe(404)
    expect(codes(await cpo.post(bookingRequest(10, 11, { booking_location_id: id })))).toEqual([200, 2003])
  })

  it('has calendars in order, or the back end is told what is wrong (BKG-017, BKG-018)', async () => {
    const put = (calendars: object[]) =>
      cpo.node.api('PUT', '/booking_locations/DE/CPO/BAD', bookingLocation('BAD', { calendars }))
    const slots = (...available_timeslots: object[]) => [calendar('C', { available_timeslots })]
    for (const calendars of [
      slots(timeslot(8, 10), timeslot(9, 11)),
      slots(timeslot(-2, 1)),
      slots(timeslot(9, 9.25)),
      slots(timeslot(9, 8)),
      slots(),
      [calendar('C'), calendar('c')],
    ]) {
      const { status, body } = await put(calendars)
      expect([status, JSON.stringify(body).includes('BKG-017')]).toEqual([422, true])
    }
    expect((await cpo.node.api('GET', '/booking_locations/DE/CPO/BAD')).status).toBe(404)
  })
})

describe('a request', () => {
  it('is PENDING until the back end decides, then RESERVED and pushed (flow B, BKG-021, BKG-033, BKG-034)', async () => {
    const id = await cpo.place()
    const plate = { access_information: [{ method: 'LICENSE_PLATE', value: 'B-IW 2030E' }] }
    const power = { power_required: 22 }
    const request = bookingRequest(10, 11.5, { booking_location_id: id, ...plate, ...power })
    const answer = await cpo.post(request)
    expect(codes(answer)).toEqual([201, 1000])
    const made = data(answer)
    expect(made).toMatchObject({
      country_code: 'DE',
      party_id: 'CPO',
      request_id: request.request_id,
      location_id: 'LOC1',
      booking_tokens: request.tokens,
      tariff_ids: ['AC-DAY'],
      period: timeslot(10, 11.5),
      reservation_status: 'PENDING',
      authorization_reference: request.authorization_reference,
      ...plate,
      booking_terms: terms(),
      booking_requests: [{ request_status: 'PENDING', booking_request: request }],
    })
    expect(
      await readEvent(cpo.node, 'booking.created', (text) => text.includes(request.request_id)),
    ).toContain('PENDING')
    await cpo.node.api('PATCH', `/booking_locations/DE/CPO/${id}`, {
      booking_terms: terms({ cancel_until_minutes: 600 }),
    })
    const access_information = [{ method: 'ACCESS_CODE', value: '4711' }]
    expect((await cpo.decide(made.id, { decision: 'ACCEPTED', access_information })).status).toBe(200)
    const pushed = await arrives(
      cpo.emsp.party,
      'the reservation',
      ({ path, body }) =>
        path.endsWith(`/DE/CPO/${String(made.id)}`) && JSON.stringify(body).includes('RESERVED'),
    )
    expect(pushed.body).toMatchObject({
      reservation_status: 'RESERVED',
      booking_requests: [{ request_status: 'ACCEPTED' }],
      access_information,
    })
    expect(await cpo.shown(made.id)).toMatchObject({ booking_terms: terms() })
    expect(JSON.stringify(cpo.other.party.received)).not.toContain(request.request_id)
    expect((await cpo.decide(made.id, { decision: 'ACCEPTED' })).status).toBe(409)
  })

  it('that the back end declines is REJECTED, fails is FAILED, and gives its time back (BKG-021)', async () => {
    const id = await cpo.place()
    for (const [decision, status, entry] of [
      ['DECLINED', 'REJECTED', 'DECLINED'],
      ['FAILED', 'FAILED', 'FAILED'],
    ]) {
      const made = data(await cpo.post(bookingRequest(10, 11, { booking_location_id: id })))
      expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10), timeslot(11, 18)]])
      await cpo.decide(made.id, { decision })
      const after = await cpo.shown(made.id)
      expect([after.reservation_status, requestsOf(after)]).toEqual([status, [entry]])
      expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 18)]])
    }
  })

  it('repeated is the same booking and adds nothing, also at the same moment (BKG-022)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(12, 13, { booking_location_id: id })
    const answers = await Promise.all(Array.from({ length: 8 }, () => cpo.post(request)))
    expect(answers.map(({ http }) => http).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map((answer) => data(answer).id)).size).toBe(1)
    expect(requestsOf(data(await cpo.post(request)))).toEqual(['PENDING'])
  })

  it('id is one of its asker: two eMSPs with the same id have two bookings (BKG-023, BKG-004)', async () => {
    const id = await cpo.place()
    const mine = bookingRequest(8, 9, { booking_location_id: id })
    const theirs = { ...mine, ...OTHER, tokens: [bookingToken('X', OTHER)], period: period(9, 10) }
    const [first, second] = [data(await cpo.post(mine)), data(await cpo.post(theirs, cpo.other))]
    expect(first.id).not.toBe(second.id)
    expect([first.reservation_status, second.reservation_status]).toEqual(['PENDING', 'PENDING'])
    const ids = async (from: Connected) => {
      const pages = await crawl(from.party, from.party.at('Booking', 'SENDER', '?limit=5'))
      return pages.flatMap(list).map((each) => each.id)
    }
    expect(await ids(cpo.emsp)).toContain(first.id)
    expect(await ids(cpo.emsp)).not.toContain(second.id)
    expect(await ids(cpo.other)).toEqual([second.id])
    expect(list(await cpo.get('?date_to=2026-01-01T00:00:00Z'))).toEqual([])
  })

  it.each([
    ['shorter than the terms', /at least 30 minutes/, { period: period(10, 10.25) }],
    ['longer than the terms', /at most 240 minutes/, { period: period(8, 13) }],
    ['outside the calendar', /not free/, { period: period(17, 19) }],
    ['not in steps', /steps of timeslot_increment/, { period: period(10.2, 11.2) }],
    [
      'in the past',
      /has begun/,
      { period: { start_date_time: '2026-01-01T10:00:00Z', end_date_time: '2026-01-01T11:00:00Z' } },
    ],
    ['without token or access', /Neither a token/, { tokens: [] }],
    ['with access the terms do not know', /INTERCOM/, { access_information: [{ method: 'INTERCOM' }] }],
    ['for more power than there is', /22000 W/, { power_required: 23 }],
  ])('%s is REJECTED and takes nothing (BKG-028)', async (_what, reason, change) => {
    const id = await cpo.place()
    const answer = await cpo.post(bookingRequest(10, 11, { booking_location_id: id, ...change }))
    expect([codes(answer), statusOf(answer), requestsOf(data(answer))]).toEqual([
      [201, 1000],
      'REJECTED',
      ['DECLINED'],
    ])
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 18)]])
    const isIt = (text: string) => text.includes(String(data(answer).id))
    expect(await readEvent(cpo.node, 'booking.declined', isIt)).toMatch(reason)
  })

  it('for what is not known is 2003 and makes no booking (BKG-030)', async () => {
    const id = await cpo.place()
    const before = list(await cpo.get('?limit=1000')).length
    for (const change of [
      { booking_location_id: 'NONE' },
      { location_id: 'NONE', booking_location_id: id },
      { location_id: 'NONE', booking_location_id: undefined },
      { booking_location_id: id, booking_option: { evse_uid: 'OTHER' } },
    ])
      expect(codes(await cpo.post(bookingRequest(10, 11, change)))).toEqual([200, 2003])
    expect(list(await cpo.get('?limit=1000'))).toHaveLength(before)
  })

  it('without booking_location_id is understood by its EVSE, and asks for it when several fit (BKG-031)', async () => {
    await cpo.place()
    await cpo.place()
    const unclear = bookingRequest(10, 11, { booking_location_id: undefined })
    expect(codes(await cpo.post(unclear))).toEqual([200, 2001])
    const id = cpo.placeId
    const clear = { ...unclear, booking_option: { evse_uid: cpo.evseUid }, tokens: [bookingToken('CLEAR')] }
    const made = data(await cpo.post(clear))
    expect(made).toMatchObject({
      booking_option: { evse_uid: cpo.evseUid },
      booking_requests: [{ booking_request: { booking_location_id: id } }],
    })
  })

  it('of a party or with a token of somebody else is 2001 and changes nothing (BKG-032)', async () => {
    const id = await cpo.place()
    for (const change of [
      OTHER,
      { tokens: [bookingToken('X', OTHER)] },
      { tokens: [bookingToken(), bookingToken('X', { party_id: 'CPO' })] },
    ])
      expect(codes(await cpo.post(bookingRequest(10, 11, { booking_location_id: id, ...change })))).toEqual([
        200, 2001,
      ])
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 18)]])
  })

  it.each([
    ['no object', []],
    ['nothing', {}],
    ['a period without end', { period: { start_date_time: '2030-01-01T10:00:00Z' } }],
    ['a period that ends first', { period: period(11, 10) }],
    ['an id that is too long', { request_id: 'x'.repeat(37) }],
    ['tokens that are none', { tokens: [{ uid: 'X' }] }],
    ['power as text', { power_required: 'much' }],
    ['more than a booking can keep', { x_vendor: 'x'.repeat(30_000) }],
    ['a cancellation without reason', { canceled: { who_canceled: 'EMSP' } }],
  ])('with wrong input is 2001: %s', async (what, change) => {
    const body = what === 'no object' || what === 'nothing' ? change : bookingRequest(10, 11, change)
    expect(codes(await cpo.post(body))).toEqual([200, 2001])
  })

  it('is one of many for a slot at one moment: one is held, the others are rejected (BKG-029)', async () => {
    const id = await cpo.place()
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => {
        const [from, party] = index % 2 === 0 ? [cpo.emsp, { party_id: 'MSP' }] : [cpo.other, OTHER]
        const tokens = [bookingToken(`T${index}`, party)]
        return cpo.post(bookingRequest(14, 15, { booking_location_id: id, ...party, tokens }), from)
      }),
    )
    const statuses = answers.map(statusOf)
    expect(statuses.filter((status) => status === 'PENDING')).toHaveLength(1)
    expect(statuses.filter((status) => status === 'REJECTED')).toHaveLength(23)
  })

  it('finds its time held by the database although a calendar offers it (BKG-029)', async () => {
    const shared = { booking_option: { evse_uid: 'E2' } }
    const [a, b] = [await cpo.place(shared), await cpo.place(shared)]
    const tokens = (uid: string) => [bookingToken(uid)]
    const first = await cpo.post(bookingRequest(10, 12, { booking_location_id: a, tokens: tokens('A') }))
    const second = await cpo.post(bookingRequest(11, 13, { booking_location_id: b, tokens: tokens('B') }))
    const third = await cpo.post(bookingRequest(12, 13, { booking_location_id: b, tokens: tokens('C') }))
    expect([first, second, third].map(statusOf)).toEqual(['PENDING', 'REJECTED', 'PENDING'])
    expect(await cpo.slotsOf(b)).toEqual([[timeslot(8, 12), timeslot(13, 18)]])
  })

  it('for a time a calendar is written free again is still rejected: what is held is left out of it (BKG-029)', async () => {
    const id = await cpo.place()
    await cpo.post(bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('HELD')] }))
    await cpo.node.api('PUT', `/booking_locations/DE/CPO/${id}`, bookingLocation(id, { booking_option: {} }))
    expect(await cpo.slotsOf(id)).toEqual([[timeslot(8, 10), timeslot(11, 18)]])
  })

  it('with a token of an overlapping booking is rejected unless the terms allow it (BKG-060)', async () => {
    const [a, b] = [await cpo.place(), await cpo.place()]
    const tokens = [bookingToken('BUSY')]
    const made = await cpo.post(bookingRequest(10, 12, { booking_location_id: a, tokens }))
    const again = await cpo.post(bookingRequest(11, 13, { booking_location_id: b, tokens }))
    expect([statusOf(made), statusOf(again)]).toEqual(['PENDING', 'REJECTED'])
    const free = await cpo.place({ booking_terms: terms({ overlapping_bookings_allowed: true }) })
    expect(statusOf(await cpo.post(bookingRequest(11, 13, { booking_location_id: free, tokens })))).toBe(
      'PENDING',
    )
  })
})

describe('a restart', () => {
  it('loses no booking that was acknowledged, and holds its time (promise 1)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('RE')] })
    const made = data(await cpo.post(request))
    await cpo.node.restart()
    expect(await cpo.shown(made.id)).toMatchObject({ reservation_status: 'PENDING' })
    expect(codes(await cpo.post(request))).toEqual([200, 1000])
    const rival = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('RI')] })
    expect(statusOf(await cpo.post(rival))).toBe('REJECTED')
    expect((await cpo.decide(made.id, { decision: 'ACCEPTED' })).status).toBe(200)
  })
})
