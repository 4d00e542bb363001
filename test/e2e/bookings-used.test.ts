import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BookingCpo, statusOf } from '../support/booking-cpo.js'
import { bookingRequest, bookingToken, calendar, terms } from '../support/bookings.js'
import { arrives, data } from '../support/connect.js'
import { cdr, cdrToken, session, token } from '../support/documents.js'
import { eventually } from '../support/node.js'

/** What becomes of bookings at our CPO node when their time has come. */
let cpo: BookingCpo

beforeAll(async () => {
  cpo = await BookingCpo.start()
})

afterAll(() => cpo?.[Symbol.asyncDispose]())

describe('a booking is used', () => {
  const soon = (fromMs: number, toMs: number) => ({
    start_date_time: new Date(Date.now() + fromMs).toISOString(),
    end_date_time: new Date(Date.now() + toMs).toISOString(),
  })
  const today = (change: object = {}) => ({
    calendars: [
      {
        ...calendar(),
        begin_from: soon(-3_700_000, 0).start_date_time,
        end_before: soon(0, 7_300_000).end_date_time,
        timeslot_increment: undefined,
        available_timeslots: [soon(-3_600_000, 7_200_000)],
      },
    ],
    booking_terms: terms({
      change_until_minutes: 0,
      cancel_until_minutes: 0,
      min_booking_duration: undefined,
      ...change,
    }),
  })
  const uid = () => cpo.evseUid
  const authorize = async (tokenUid: string, evse_uids = [uid()]) => {
    const location = { location_id: 'LOC1', evse_uids }
    return (await cpo.node.api('POST', '/authorizations', { token_uid: tokenUid, type: 'RFID', location }))
      .body
  }

  it('by its token, not before its early start, and by nobody else while it lasts (BKG-051 to BKG-053)', async () => {
    const id = await cpo.place(today())
    await cpo.node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const request = bookingRequest(0, 0, {
      booking_location_id: id,
      period: soon(5 * 60_000, 60 * 60_000),
      tokens: [bookingToken('DRIVER')],
    })
    await cpo.reserved(request)
    expect(await authorize('DRIVER')).toMatchObject({
      allowed: 'ALLOWED',
      reason: 'booking',
      authorization_reference: request.authorization_reference,
    })
    const far = await cpo.place(today({ early_start_time: 2 }))
    const later = { booking_location_id: far, period: soon(15 * 60_000, 30 * 60_000) }
    await cpo.reserved(bookingRequest(0, 0, { ...later, tokens: [bookingToken('EARLY')] }))
    expect(await authorize('EARLY')).not.toMatchObject({ reason: 'booking' })
  })

  it('and keeps others off its EVSE, walk-up drivers where booking is required (BKG-063)', async () => {
    const id = await cpo.place(today())
    const request = { booking_location_id: id, period: soon(800, 60 * 60_000) }
    await cpo.reserved(bookingRequest(0, 0, { ...request, tokens: [bookingToken('MINE')] }))
    await eventually('the begin', async () => {
      const answer = (await authorize('SOMEBODY')) as { reason: string }
      return answer.reason === 'booked_by_others' || undefined
    })
    const started = await cpo.emsp.party.send(
      'POST',
      cpo.emsp.party.at('commands', 'RECEIVER', '/START_SESSION'),
      {
        body: {
          response_url: `${cpo.emsp.party.url}/result`,
          token: token('STRANGER'),
          location_id: 'LOC1',
          evse_uid: uid(),
        },
      },
    )
    expect(data(started)).toMatchObject({ result: 'REJECTED' })
    await cpo.place({ ...today(), policy: { reservation_required: true } })
    expect(await authorize('SOMEBODY')).toMatchObject({ allowed: 'NOT_ALLOWED', reason: 'booked_by_others' })
  })

  it('remotely only where its terms support it (BKG-051)', async () => {
    const start = async (tokenUid: string) => {
      const url = cpo.emsp.party.at('commands', 'RECEIVER', '/START_SESSION')
      const body = {
        response_url: `${cpo.emsp.party.url}/result`,
        token: token(tokenUid),
        location_id: 'LOC1',
        evse_uid: uid(),
      }
      return data(await cpo.emsp.party.send('POST', url, { body }))
    }
    for (const [change, result] of [
      [{}, 'ACCEPTED'],
      [{ remote_auth_supported: false }, 'REJECTED'],
      [{ rfid_auth_required: true }, 'REJECTED'],
    ] as const) {
      const id = await cpo.place(today(change))
      const tokens = [bookingToken(`REMOTE-${cpo.evseUid}`)]
      await cpo.reserved(
        bookingRequest(0, 0, { booking_location_id: id, period: soon(60_000, 600_000), tokens }),
      )
      expect(await start(`REMOTE-${cpo.evseUid}`)).toMatchObject({ result })
    }
  })

  it('when a session begins under its reference: FULFILLED is pushed, the CDR names it (BKG-050, BKG-057)', async () => {
    const id = await cpo.place()
    const request = bookingRequest(10, 11, { booking_location_id: id, tokens: [bookingToken('FU')] })
    const made = await cpo.reserved(request)
    const { authorization_reference } = request
    const own = { authorization_reference, cdr_token: cdrToken('FU') }
    await cpo.node.api('PUT', '/sessions/DE/CPO/SB', session('SB', { ...own, status: 'PENDING' }))
    expect((await cpo.shown(made.id)).reservation_status).toBe('RESERVED')
    await cpo.node.api('PATCH', '/sessions/DE/CPO/SB', { status: 'ACTIVE' })
    expect((await cpo.shown(made.id)).reservation_status).toBe('FULFILLED')
    // As a PATCH, or whole where the state before had not been taken yet.
    await arrives(
      cpo.emsp.party,
      'the end',
      ({ method, path, body }) =>
        ['PATCH', 'PUT'].includes(method) &&
        path.endsWith(String(made.id)) &&
        JSON.stringify(body).includes('FULFILLED'),
    )
    await cpo.node.api('PUT', '/cdrs/DE/CPO/CB', cdr('CB', { ...own, session_id: 'SB' }))
    expect((await cpo.node.api('GET', '/cdrs/DE/CPO/CB')).body).toMatchObject({ booking_id: made.id })
  })

  it('by nobody: NO_SHOW after the time of its terms, and the rest of its time is free again (BKG-054)', async () => {
    const id = await cpo.place(today({ noshow_timeout: 0.02 }))
    const made = await cpo.reserved(
      bookingRequest(0, 0, {
        booking_location_id: id,
        period: soon(1_000, 3_600_000),
        tokens: [bookingToken('NS')],
      }),
    )
    await eventually('the no-show', async () =>
      (await cpo.shown(made.id)).reservation_status === 'NO_SHOW' ? true : undefined,
    )
    const again = bookingRequest(0, 0, {
      booking_location_id: id,
      period: soon(60_000, 1_800_000),
      tokens: [bookingToken('NS')],
    })
    expect(statusOf(await cpo.post(again))).toBe('PENDING')
  })

  it('never when the back end stays silent until it begins: FAILED', async () => {
    const id = await cpo.place(today())
    const made = data(
      await cpo.post(
        bookingRequest(0, 0, {
          booking_location_id: id,
          period: soon(700, 600_000),
          tokens: [bookingToken('SI')],
        }),
      ),
    )
    await eventually('the end', async () =>
      (await cpo.shown(made.id)).reservation_status === 'FAILED' ? true : undefined,
    )
  })

  it('where the back end puts it later, unless that EVSE is held (flow H, BKG-056)', async () => {
    const id = await cpo.place({ booking_option: {} })
    const request = { booking_location_id: id, tokens: [bookingToken('LATE')] }
    const made = await cpo.reserved(bookingRequest(10, 11, request))
    const assign = (evse_uid: string) =>
      cpo.node.api('POST', `/bookings/DE/CPO/${String(made.id)}/assignment`, { booking_option: { evse_uid } })
    const busy = await cpo.place({ booking_option: { evse_uid: 'E1' } })
    await cpo.post(bookingRequest(10, 11, { booking_location_id: busy, tokens: [bookingToken('BU')] }))
    expect((await assign('E1')).status).toBe(409)
    expect((await assign('P60')).status).toBe(200)
    const pushed = await arrives(
      cpo.emsp.party,
      'the EVSE',
      ({ path, body }) => path.endsWith(String(made.id)) && JSON.stringify(body).includes('P60'),
    )
    expect(pushed.body).toMatchObject({ booking_option: { evse_uid: 'P60' } })
    const refused = await cpo.node.api('POST', `/bookings/DE/CPO/${String(made.id)}/assignment`, {
      reservation_status: 'FULFILLED',
    })
    expect(refused.status).toBe(422)
  })
})
