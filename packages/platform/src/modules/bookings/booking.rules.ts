import { foldCase, ocpi230 } from '@interwatt/protocol'
import { type Span, spanOf } from './spans.js'

type Booking = ocpi230.Booking
type BookingRequest = ocpi230.BookingRequest
type BookingTerms = ocpi230.BookingTerms

const MINUTE_MS = 60_000

/** Most requests of one booking; more is no driver's doing. */
export const MOST_REQUESTS = 100

/** Terms of a booking location that states none: open access, changes and cancellation until it begins. */
export const DEFAULT_TERMS: BookingTerms = {
  supported_access_methods: ['OPEN'],
  change_until_minutes: 0,
  cancel_until_minutes: 0,
}

const FINAL: readonly ocpi230.ReservationStatus[] = ['CANCELED', 'NO_SHOW', 'REJECTED', 'FAILED', 'FULFILLED']

/** Whether nothing about a booking can change any more (BKG-035). */
export const isFinal = (status: ocpi230.ReservationStatus): boolean => FINAL.includes(status)

/** Why not, as a sentence; undefined when there is nothing against it. */
export type Objection = string | undefined

const minutesOf = ({ fromMs, toMs }: Span): number => (toMs - fromMs) / MINUTE_MS

/** Length and begin of a period against terms (BKG-028). */
const objectToPeriod = (span: Span, terms: BookingTerms, nowMs: number): Objection => {
  if (span.fromMs <= nowMs) return 'The period has begun already.'
  const minutes = minutesOf(span)
  if (terms.min_booking_duration !== undefined && minutes < terms.min_booking_duration)
    return `Bookings are for at least ${terms.min_booking_duration} minutes.`
  if (terms.max_booking_duration !== undefined && minutes > terms.max_booking_duration)
    return `Bookings are for at most ${terms.max_booking_duration} minutes.`
  return undefined
}

/** Who may use the booking has to be clear: by a token, or by other access that the terms know (trap 14, BKG-039). */
const objectToAccess = (request: BookingRequest, terms: BookingTerms): Objection => {
  const known: readonly string[] = terms.supported_access_methods
  const other = (request.access_information ?? []).find(({ method }) => !known.includes(method))
  if (other !== undefined) return `Access by ${other.method} is not possible here.`
  if ((request.tokens ?? []).length > 0 || (request.access_information ?? []).length > 0) return undefined
  return 'Neither a token nor access information says who may use the booking.'
}

/** What speaks against a period and its access under terms, the free time aside (BKG-028, BKG-039). */
export const objectToRequest = (request: BookingRequest, terms: BookingTerms, nowMs: number): Objection =>
  objectToPeriod(spanOf(request.period), terms, nowMs) ?? objectToAccess(request, terms)

/** Power is asked in kilowatts and offered in watts (trap 5). */
export const objectToPower = (
  { power_required: kilowatts }: BookingRequest,
  { max_power: watts }: ocpi230.Timeslot,
): Objection =>
  kilowatts !== undefined && watts !== undefined && kilowatts * 1000 > watts
    ? `At most ${watts} W are available in this period.`
    : undefined

const startMs = (booking: Booking): number => spanOf(booking.period).fromMs

/** Whether a request of a booking still waits for the back end. */
export const isUndecided = (booking: Booking): boolean =>
  booking.booking_requests.some(({ request_status: status }) => status === 'PENDING')

/** What the one who asked waits for: the booking itself, a change or cancellation of it, or nothing (BKG-036). */
export const waitingOf = (
  booking: Pick<Booking, 'reservation_status' | 'booking_requests'>,
): 'booking' | 'request' | 'nothing' => {
  if (isFinal(booking.reservation_status)) return 'nothing'
  if (booking.reservation_status === 'PENDING') return 'booking'
  return booking.booking_requests.some(({ request_status: status }) => status === 'PENDING')
    ? 'request'
    : 'nothing'
}

/** What speaks against a change of a booking before its new period is looked at (BKG-027, BKG-035). */
export const objectToChange = (booking: Booking, request: BookingRequest, nowMs: number): Objection => {
  const { booking_terms: terms } = booking
  if (isFinal(booking.reservation_status)) return `The booking is ${booking.reservation_status}.`
  if (isUndecided(booking)) return 'An earlier request for this booking is still being decided.'
  if (terms.change_not_allowed === true) return 'This booking cannot be changed.'
  if (nowMs > startMs(booking) - terms.change_until_minutes * MINUTE_MS)
    return `Changes are possible until ${terms.change_until_minutes} minutes before it begins.`
  if (foldCase(request.location_id) !== foldCase(booking.location_id))
    return 'A booking stays at its location; cancel it and make another one.'
  return undefined
}

/** What speaks against a cancellation by the eMSP (BKG-027, BKG-035). */
export const objectToCancel = (booking: Booking, nowMs: number): Objection => {
  const { cancel_until_minutes: minutes } = booking.booking_terms
  if (isFinal(booking.reservation_status)) return `The booking is ${booking.reservation_status}.`
  if (nowMs > startMs(booking) - minutes * MINUTE_MS)
    return `Cancellation is possible until ${minutes} minutes before it begins.`
  return undefined
}

/** When a booking that nobody used is over: after the time its terms give, else with its period (BKG-054). */
export const noShowAtMs = (booking: Booking): number => {
  const { noshow_timeout: minutes } = booking.booking_terms
  const { fromMs, toMs } = spanOf(booking.period)
  return minutes === undefined ? toMs : fromMs + minutes * MINUTE_MS
}

/** What the transition diagram allows from a status that is not final; a change under review may show as PENDING (trap 16). */
export const mayFollow = (from: ocpi230.ReservationStatus, to: ocpi230.ReservationStatus): boolean =>
  from === to || !isFinal(from)

/** Reasons a CPO may give when it cancels. */
export const CPO_REASONS: readonly ocpi230.CanceledReason[] = [
  'POWER_OUTAGE',
  'BROKEN_CHARGER',
  'FULL',
  'BLOCKED',
  'UNKNOWN',
]

/** Reasons an eMSP may give when it cancels. */
export const EMSP_REASONS: readonly ocpi230.CanceledReason[] = [
  'TRAFFIC',
  'BROKEN_VEHICLE',
  'NO_CANCELED',
  'BLOCKED',
  'UNKNOWN',
]

/** Every reason there is. */
export const REASONS = ocpi230.CanceledReason.values
