import type { ocpi230 } from '@interwatt/protocol'
import { describe, expect, it } from 'vitest'
import { type Arrival, accessOf } from './access.rules.js'

const start = Date.parse('2026-03-02T10:00:00Z')
const minute = 60_000

const booking = (terms: object = {}, change: Partial<ocpi230.Booking> = {}): ocpi230.Booking => ({
  id: 'B1',
  country_code: 'DE',
  party_id: 'CPO',
  request_id: 'R1',
  booking_option: { evse_uid: 'E1' },
  location_id: 'LOC1',
  booking_tokens: [
    { country_code: 'NL', party_id: 'EMS', uid: 'CARD', type: 'RFID', contract_id: 'NL-EMS-C1' },
  ],
  period: { start_date_time: '2026-03-02T10:00:00Z', end_date_time: '2026-03-02T11:00:00Z' },
  reservation_status: 'RESERVED',
  authorization_reference: 'A1',
  booking_terms: {
    supported_access_methods: ['TOKEN'],
    change_until_minutes: 0,
    cancel_until_minutes: 0,
    ...terms,
  },
  booking_requests: [],
  last_updated: '2026-03-01T10:00:00Z',
  ...change,
})

const arrival = (change: Partial<Arrival> = {}): Arrival => ({
  token: { countryCode: 'NL', partyId: 'EMS', uid: 'card', type: 'RFID' },
  evseUids: ['E1'],
  manner: 'local',
  nowMs: start + minute,
  ...change,
})

const ask = (
  given: Partial<Arrival>,
  one = booking(),
  place: { required?: { evseUid: string | undefined }[]; group?: string } = {},
) =>
  accessOf(arrival(given), {
    bookings: [one],
    required: place.required ?? [],
    groupOf: () => place.group,
  }).kind

describe('what a booking says about an arrival', () => {
  it.each([
    ['its token, in its time, at its EVSE', {}, {}, 'booked'],
    [
      'its token of which only uid and type are known',
      { token: { uid: 'CARD', type: 'RFID' } },
      {},
      'booked',
    ],
    ['its token before it begins', { nowMs: start - 1 }, {}, 'none'],
    ['its token as it ends', { nowMs: start + 60 * minute }, {}, 'none'],
    ['its token at another EVSE', { evseUids: ['E2'] }, {}, 'none'],
    ['its token at no certain EVSE', { evseUids: undefined }, {}, 'booked'],
    [
      'the uid of another eMSP',
      { token: { countryCode: 'BE', partyId: 'EMS', uid: 'CARD', type: 'RFID' } },
      {},
      'refused',
    ],
    ['the uid as another type', { token: { uid: 'CARD', type: 'APP_USER' } }, {}, 'refused'],
    ['another token', { token: { uid: 'X', type: 'RFID' } }, {}, 'refused'],
    [
      'another token with a choice of EVSEs',
      { token: { uid: 'X', type: 'RFID' }, evseUids: ['E1', 'E2'] },
      {},
      'none',
    ],
  ] as const)('%s (BKG-052)', (_what, given, terms, expected) => {
    expect(
      ask(
        { ...given, evseUids: 'evseUids' in given ? given.evseUids : ['E1'] } as Partial<Arrival>,
        booking(terms),
      ),
    ).toBe(expected)
  })

  it.each([
    [10, { early_start_allowed: true, early_start_time: 15 }, 'booked'],
    [30, { early_start_allowed: true, early_start_time: 15 }, 'none'],
    [10, { early_start_time: 15 }, 'none'],
    [10, { early_start_allowed: true }, 'none'],
  ])('%s minutes early with %o: %s (BKG-053)', (minutes, terms, expected) => {
    expect(ask({ nowMs: start - minutes * minute }, booking(terms))).toBe(expected)
  })

  it.each([
    ['local', {}, 'booked'],
    ['local', { rfid_auth_required: true }, 'booked'],
    ['remote', {}, 'refused'],
    ['remote', { remote_auth_supported: true }, 'booked'],
    ['remote', { remote_auth_supported: true, rfid_auth_required: true }, 'refused'],
  ] as const)('started %s with %o: %s (BKG-051)', (manner, terms, expected) => {
    expect(ask({ manner }, booking(terms))).toBe(expected)
  })

  it('lets a token of the group in where terms support groups (BKG-051)', () => {
    const other = { token: { uid: 'X', type: 'RFID' }, groupId: 'G' }
    const groups = booking({ token_groups_supported: true })
    expect(ask(other, groups, { group: 'G' })).toBe('booked')
    expect(ask(other, groups, { group: 'H' })).toBe('refused')
    expect(ask({ ...other, groupId: undefined }, groups)).toBe('refused')
    expect(ask(other, booking(), { group: 'G' })).toBe('refused')
  })

  it('counts only while it is RESERVED, and at any EVSE while none is assigned (BKG-056)', () => {
    expect(ask({}, booking({}, { reservation_status: 'CANCELED' }))).toBe('none')
    expect(ask({}, booking({}, { reservation_status: 'PENDING' }))).toBe('none')
    const unassigned = booking({}, { booking_option: { evse_uid: '#NA' } })
    expect(ask({ evseUids: ['E7'] }, unassigned)).toBe('booked')
    expect(ask({ token: { uid: 'X', type: 'RFID' } }, unassigned)).toBe('none')
  })

  it('keeps walk-up drivers off an EVSE for bookings only (BKG-063)', () => {
    const nobody = { token: { uid: 'X', type: 'RFID' }, evseUids: ['E9'] }
    expect(ask(nobody, booking(), { required: [{ evseUid: 'e9' }] })).toBe('refused')
    expect(ask(nobody, booking(), { required: [{ evseUid: undefined }] })).toBe('none')
  })
})
