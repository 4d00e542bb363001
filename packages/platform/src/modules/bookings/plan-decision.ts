import type { ocpi230 } from '@interwatt/protocol'
import type { ReadSet, Upsert } from '@interwatt/store'
import { isLive } from '../plan-write.js'
import { isFinal } from './booking.rules.js'
import { askedIn, readBooking } from './booking-identity.js'
import { bookingPlace } from './holds.rules.js'
import { bookingUpsert, type Held, hasMoved, settle } from './plan-booking.js'
import { slotWithin } from './plan-request.js'

type Booking = ocpi230.Booking

/** What the back end may say with a decision, or later: where, for whom, how to get in, at what price (BKG-056). */
export type Assignment = Pick<
  Partial<Booking>,
  'booking_option' | 'booking_tokens' | 'access_information' | 'tariff_ids'
>

/** What our own side does with a booking. */
export type Decision =
  | { readonly kind: 'accept'; readonly assigned: Assignment }
  | { readonly kind: 'decline' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'assign'; readonly assigned: Assignment }
  | { readonly kind: 'cancel'; readonly reason: ocpi230.CanceledReason }
  | { readonly kind: 'no_show' }
  | { readonly kind: 'fulfil' }

/** What became of a decision. */
export type Decided =
  | { readonly kind: 'decided'; readonly booking: Booking }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'final'; readonly status: ocpi230.ReservationStatus }
  | { readonly kind: 'nothing_to_decide' | 'moved' }

interface Plan {
  readonly upserts: readonly Upsert[]
  readonly result: Decided
}

const nothing = (result: Decided): Plan => ({ upserts: [], result })

const decidedAs = (
  { booking_requests: requests }: Booking,
  status: ocpi230.ReservationRequestStatus,
): ocpi230.BookingRequestStatus[] =>
  requests.map((each) => (each.request_status === 'PENDING' ? { ...each, request_status: status } : each))

const pendingIn = (booking: Booking): ocpi230.BookingRequest | undefined =>
  booking.booking_requests.findLast(({ request_status: status }) => status === 'PENDING')?.booking_request

const present = (assigned: Assignment): Assignment =>
  Object.fromEntries(Object.entries(assigned).filter(([, value]) => value !== undefined))

/** The booking as a request wants it. */
const asWanted = (held: Held, booking: Booking, request: ocpi230.BookingRequest): Booking => {
  const { bookingLocationId = '' } = askedIn(booking)
  const place = bookingPlace(held.key, bookingLocationId)
  const parts = held.holds.filter((hold) => hold.place === place).flatMap(({ calendar }) => slotsIn(calendar))
  return {
    ...booking,
    period: slotWithin(parts, request.period),
    booking_tokens: [...(request.tokens ?? booking.booking_tokens ?? [])],
    access_information: [...(request.access_information ?? booking.access_information ?? [])],
    authorization_reference: request.authorization_reference,
  }
}

const isSlot = (value: unknown): value is ocpi230.Timeslot =>
  typeof value === 'object' && value !== null && 'start_date_time' in value && 'end_date_time' in value

const slotsIn = (calendar: Held['holds'][number]['calendar']): readonly ocpi230.Timeslot[] => {
  const slots: unknown = calendar?.available_timeslots
  return Array.isArray(slots) ? slots.filter(isSlot) : []
}

const planOpen = (
  held: Held,
  booking: Booking,
  decision: Extract<Decision, { kind: 'accept' | 'decline' | 'fail' }>,
  read: ReadSet,
): Plan => {
  const request = pendingIn(booking)
  if (request === undefined) return nothing({ kind: 'nothing_to_decide' })
  const at = { last_updated: held.nowIso }
  const decided = (next: Booking, keeps: 'period' | 'nothing'): Plan => ({
    upserts: settle(held, next, keeps, read),
    result: { kind: 'decided', booking: next },
  })
  if (decision.kind === 'accept') {
    const booking_requests = decidedAs(booking, 'ACCEPTED')
    const wanted = asWanted(held, booking, request)
    const next: Booking = {
      ...wanted,
      ...present(decision.assigned),
      ...at,
      booking_requests,
      reservation_status: 'RESERVED',
    }
    return decided(next, 'period')
  }
  const [status, whenNew] =
    decision.kind === 'decline' ? (['DECLINED', 'REJECTED'] as const) : (['FAILED', 'FAILED'] as const)
  const booking_requests = decidedAs(booking, status)
  // A declined change leaves the booking as it was (BKG-025).
  if (booking.reservation_status !== 'PENDING')
    return decided({ ...booking, ...at, booking_requests }, 'period')
  return decided({ ...booking, ...at, booking_requests, reservation_status: whenNew }, 'nothing')
}

/** Decides on an own booking: what its back end says, the clock, or a session that began under it. */
export const planDecision = (held: Held, decision: Decision, read: ReadSet): Plan => {
  if (hasMoved(held, read)) return nothing({ kind: 'moved' })
  const row = read.get(held.key)
  if (!isLive(row) || row.receivedFrom !== null) return nothing({ kind: 'unknown' })
  const booking = readBooking(row.document)
  if (isFinal(booking.reservation_status))
    return nothing({ kind: 'final', status: booking.reservation_status })
  const at = { last_updated: held.nowIso }
  const decided = (next: Booking, upserts: readonly Upsert[]): Plan => ({
    upserts,
    result: { kind: 'decided', booking: next },
  })
  switch (decision.kind) {
    case 'accept':
    case 'decline':
    case 'fail':
      return planOpen(held, booking, decision, read)
    case 'assign': {
      const next = { ...booking, ...present(decision.assigned), ...at }
      return decided(next, settle(held, next, 'period', read))
    }
    case 'cancel': {
      const next: Booking = {
        ...booking,
        ...at,
        booking_requests: decidedAs(booking, 'DECLINED'),
        reservation_status: 'CANCELED',
        canceled: { cancellation_reason: decision.reason, who_canceled: 'CPO' },
      }
      return decided(next, settle(held, next, 'nothing', read))
    }
    case 'no_show': {
      if (booking.reservation_status !== 'RESERVED') return nothing({ kind: 'nothing_to_decide' })
      const booking_requests = decidedAs(booking, 'DECLINED')
      const next: Booking = { ...booking, ...at, booking_requests, reservation_status: 'NO_SHOW' }
      return decided(next, settle(held, next, 'nothing', read))
    }
    case 'fulfil': {
      if (booking.reservation_status !== 'RESERVED') return nothing({ kind: 'nothing_to_decide' })
      const booking_requests = decidedAs(booking, 'DECLINED')
      const next: Booking = { ...booking, ...at, booking_requests, reservation_status: 'FULFILLED' }
      return decided(next, [bookingUpsert({ key: held.key, existing: row, booking: next })])
    }
  }
}
