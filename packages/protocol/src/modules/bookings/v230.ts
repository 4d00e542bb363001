import {
  boolean,
  COUNTRY_ALPHA_2,
  ciString,
  closed,
  dateTime,
  type Infer,
  int,
  many,
  number,
  object,
  one,
  opt,
  PARTY_ID,
  some,
  string,
  tolerate,
  url,
} from '../../schema/index.js'
import { ConnectorFormat, ConnectorType, EVSEPosition, PowerType, VehicleType } from '../locations/v230.js'
import { TokenType } from '../tokens/v230.js'
import { Role } from '../types/v230.js'
import { INTERFACE_AS_ROLE, otherwiseUnknown } from './tolerances.js'

/** 2.3.0 Bookings `mod_bookings_access_method_enum`. */
export const AccessMethod = closed('AccessMethod', 'mod_bookings_access_method_enum', [
  'OPEN',
  'TOKEN',
  'LICENSE_PLATE',
  'ACCESS_CODE',
  'INTERCOM',
  'PARKING_TICKET',
])
export type AccessMethod = Infer<typeof AccessMethod>

/** 2.3.0 Bookings `mod_bookings_canceled_reason_enum`. */
export const CanceledReason = closed('CanceledReason', 'mod_bookings_canceled_reason_enum', [
  'POWER_OUTAGE',
  'BROKEN_CHARGER',
  'FULL',
  'BLOCKED',
  'TRAFFIC',
  'BROKEN_VEHICLE',
  'NO_CANCELED',
  'UNKNOWN',
])
export type CanceledReason = Infer<typeof CanceledReason>

/** 2.3.0 Bookings `mod_bookings_request_status_enum`. */
export const ReservationRequestStatus = closed(
  'ReservationRequestStatus',
  'mod_bookings_request_status_enum',
  ['PENDING', 'ACCEPTED', 'DECLINED', 'FAILED'],
)
export type ReservationRequestStatus = Infer<typeof ReservationRequestStatus>

/** 2.3.0 Bookings `mod_bookings_reservation_status_enum`. */
export const ReservationStatus = closed('ReservationStatus', 'mod_bookings_reservation_status_enum', [
  'PENDING',
  'RESERVED',
  'CANCELED',
  'FAILED',
  'NO_SHOW',
  'FULFILLED',
  'REJECTED',
  'UNKNOWN',
])
export type ReservationStatus = Infer<typeof ReservationStatus>

/** 2.3.0 Bookings `mod_bookings_access_information_class`. */
export const AccessInformation = object('AccessInformation', 'mod_bookings_access_information_class', {
  method: one(AccessMethod),
  // Codes and plates are nobody's business.
  value: tolerate(opt(string()), { rule: 'BKG-040', hidesValue: true }),
})
export type AccessInformation = Infer<typeof AccessInformation>

/** 2.3.0 Bookings `mod_bookings_booking_option_class`. */
export const BookingOption = object('BookingOption', 'mod_bookings_booking_option_class', {
  evse_uid: opt(ciString(36)),
  connector_id: opt(ciString(36)),
  parking_id: opt(ciString(36)),
  evse_position: many(EVSEPosition),
  vehicle_types: many(VehicleType),
  connector_format: many(ConnectorFormat),
  connector_types: many(ConnectorType),
  power_types: many(PowerType),
  max_vehicle_weight: opt(number()),
  max_vehicle_height: opt(number()),
  max_vehicle_length: opt(number()),
  max_vehicle_width: opt(number()),
  min_parking_space_length: opt(number()),
  min_parking_space_width: opt(number()),
  dangerous_goods_allowed: opt(boolean()),
  drive_through: opt(boolean()),
  refrigeration_outlet: opt(boolean()),
})
export type BookingOption = Infer<typeof BookingOption>

/** 2.3.0 Bookings `mod_bookings_booking_terms_class`. */
export const BookingTerms = object('BookingTerms', 'mod_bookings_booking_terms_class', {
  rfid_auth_required: opt(boolean()),
  token_groups_supported: opt(boolean()),
  remote_auth_supported: opt(boolean()),
  supported_access_methods: some(AccessMethod),
  change_until_minutes: one(number()),
  cancel_until_minutes: one(number()),
  change_not_allowed: opt(boolean()),
  early_start_allowed: opt(boolean()),
  early_start_time: opt(number()),
  noshow_timeout: opt(number()),
  noshow_fee: opt(boolean()),
  late_stop_allowed: opt(boolean()),
  late_stop_time: opt(number()),
  overlapping_bookings_allowed: opt(boolean()),
  min_booking_duration: opt(number()),
  max_booking_duration: opt(number()),
  booking_terms: opt(url()),
})
export type BookingTerms = Infer<typeof BookingTerms>

/** 2.3.0 Bookings `mod_bookings_booking_token_object`. */
export const BookingToken = object('BookingToken', 'mod_bookings_booking_token_object', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  uid: one(ciString(36)),
  type: one(TokenType),
  contract_id: one(ciString(36)),
})
export type BookingToken = Infer<typeof BookingToken>

/** 2.3.0 Bookings `mod_bookings_cancellation_class`. */
export const Cancellation = object('Cancellation', 'mod_bookings_cancellation_class', {
  cancellation_reason: tolerate(one(CanceledReason), otherwiseUnknown(CanceledReason.values)),
  who_canceled: tolerate(one(Role), INTERFACE_AS_ROLE),
})
export type Cancellation = Infer<typeof Cancellation>

/** 2.3.0 Bookings `mod_bookings_period_class`. */
export const Period = object('Period', 'mod_bookings_period_class', {
  start_date_time: one(dateTime()),
  end_date_time: one(dateTime()),
})
export type Period = Infer<typeof Period>

/** 2.3.0 Bookings `mod_bookings_policy_object`. */
export const Policy = object('Policy', 'mod_bookings_policy_object', {
  reservation_required: one(boolean()),
  ad_hoc: opt(number()),
})
export type Policy = Infer<typeof Policy>

/** 2.3.0 Bookings `mod_bookings_timeslot_class`. */
export const Timeslot = object('Timeslot', 'mod_bookings_timeslot_class', {
  start_date_time: one(dateTime()),
  end_date_time: one(dateTime()),
  min_power: opt(number()),
  max_power: opt(number()),
  green_energy_support: opt(boolean()),
})
export type Timeslot = Infer<typeof Timeslot>

/** 2.3.0 Bookings `mod_bookings_calendar_object`; an empty list of slots is accepted (BKG-018). */
export const Calendar = object('Calendar', 'mod_bookings_calendar_object', {
  id: one(ciString(36)),
  begin_from: one(dateTime()),
  end_before: one(dateTime()),
  timeslot_increment: opt(int()),
  available_timeslots: many(Timeslot),
  last_updated: one(dateTime()),
})
export type Calendar = Infer<typeof Calendar>

/** 2.3.0 Bookings `mod_bookings_bookinglocation_object`. */
export const BookingLocation = object('BookingLocation', 'mod_bookings_bookinglocation_object', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  id: one(ciString(36)),
  location_id: one(ciString(36)),
  booking_option: opt(BookingOption),
  policy: opt(Policy),
  tariff_ids: many(ciString(36)),
  booking_terms: opt(BookingTerms),
  calendars: many(Calendar),
  last_updated: one(dateTime()),
})
export type BookingLocation = Infer<typeof BookingLocation>

/** 2.3.0 Bookings `mod_bookings_request_class`; `booking_location_id` may be missing (BKG-031). */
export const BookingRequest = object('BookingRequest', 'mod_bookings_request_class', {
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  request_id: one(ciString(36)),
  booking_option: opt(BookingOption),
  location_id: one(ciString(36)),
  booking_location_id: opt(ciString(36)),
  tokens: many(BookingToken),
  access_information: many(AccessInformation),
  period: one(Period),
  authorization_reference: one(ciString(36)),
  power_required: opt(int()),
  canceled: opt(Cancellation),
})
export type BookingRequest = Infer<typeof BookingRequest>

/** 2.3.0 Bookings `mod_bookings_request_status_class`. */
export const BookingRequestStatus = object('BookingRequestStatus', 'mod_bookings_request_status_class', {
  request_status: one(ReservationRequestStatus),
  booking_request: one(BookingRequest),
  request_received: one(dateTime()),
})
export type BookingRequestStatus = Infer<typeof BookingRequestStatus>

/** 2.3.0 Bookings `mod_bookings_booking_object`. */
export const Booking = object('Booking', 'mod_bookings_booking_object', {
  id: one(ciString(36)),
  country_code: one(ciString(2, COUNTRY_ALPHA_2)),
  party_id: one(ciString(3, PARTY_ID)),
  request_id: one(ciString(36)),
  booking_option: opt(BookingOption),
  location_id: one(ciString(36)),
  booking_tokens: many(BookingToken),
  tariff_ids: many(ciString(36)),
  period: one(Timeslot),
  reservation_status: tolerate(one(ReservationStatus), otherwiseUnknown(ReservationStatus.values)),
  canceled: opt(Cancellation),
  access_information: many(AccessInformation),
  authorization_reference: one(ciString(36)),
  booking_terms: one(BookingTerms),
  booking_requests: some(BookingRequestStatus),
  last_updated: one(dateTime()),
})
export type Booking = Infer<typeof Booking>
