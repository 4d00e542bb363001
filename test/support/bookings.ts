/** Documents of the Bookings module for end-to-end tests; times are relative to now, since only what lies ahead can be booked. */

const HOUR_MS = 3_600_000

/** Whole hours from the begin of the day after tomorrow, as ISO text in UTC. */
export const hour = (hours: number): string => {
  const day = Math.ceil(Date.now() / (24 * HOUR_MS)) + 1
  return new Date(day * 24 * HOUR_MS + hours * HOUR_MS).toISOString()
}

export const period = (from: number, to: number) => ({
  start_date_time: hour(from),
  end_date_time: hour(to),
})

export const timeslot = (from: number, to: number, change: object = {}) => ({
  ...period(from, to),
  min_power: 11_000,
  max_power: 22_000,
  green_energy_support: true,
  ...change,
})

export const calendar = (id = 'CAL1', change: object = {}) => ({
  id,
  begin_from: hour(0),
  end_before: hour(24),
  timeslot_increment: 30,
  available_timeslots: [timeslot(8, 18)],
  last_updated: '2026-03-01T10:00:00.000Z',
  ...change,
})

export const terms = (change: object = {}) => ({
  rfid_auth_required: false,
  token_groups_supported: false,
  remote_auth_supported: true,
  supported_access_methods: ['TOKEN', 'LICENSE_PLATE'],
  change_until_minutes: 60,
  cancel_until_minutes: 30,
  early_start_allowed: true,
  early_start_time: 10,
  noshow_timeout: 15,
  min_booking_duration: 30,
  max_booking_duration: 240,
  ...change,
})

export const bookingLocation = (id = 'BL1', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id,
  location_id: 'LOC1',
  booking_option: { evse_uid: 'E1', connector_id: '1', vehicle_types: ['PERSONAL_VEHICLE'] },
  policy: { reservation_required: false, ad_hoc: 1 },
  tariff_ids: ['AC-DAY'],
  booking_terms: terms(),
  calendars: [calendar()],
  last_updated: '2026-03-01T10:00:00.000Z',
  ...change,
})

export const bookingToken = (uid = '04AA11BB22CC33', change: object = {}) => ({
  country_code: 'DE',
  party_id: 'MSP',
  uid,
  type: 'RFID',
  contract_id: 'DE-MSP-C00000001-5',
  ...change,
})

let requests = 0

/** A BookingRequest with an id and a token of its own. */
export const bookingRequest = (from: number, to: number, change: object = {}) => ({
  country_code: 'DE',
  party_id: 'MSP',
  request_id: `request-${++requests}`,
  location_id: 'LOC1',
  booking_location_id: 'BL1',
  tokens: [bookingToken(`CARD-${requests}`)],
  period: period(from, to),
  authorization_reference: `reference-${requests}`,
  ...change,
})

/** A Booking as a foreign CPO states it. */
export const booking = (id = 'B1', change: object = {}) => {
  const request = bookingRequest(10, 11)
  return {
    id,
    country_code: 'DE',
    party_id: 'CPO',
    request_id: request.request_id,
    location_id: 'LOC1',
    booking_tokens: request.tokens,
    period: timeslot(10, 11),
    reservation_status: 'PENDING',
    authorization_reference: request.authorization_reference,
    booking_terms: terms(),
    booking_requests: [
      { request_status: 'PENDING', booking_request: request, request_received: '2026-03-01T10:00:00.000Z' },
    ],
    last_updated: '2026-03-01T10:00:00.000Z',
    ...change,
  }
}
