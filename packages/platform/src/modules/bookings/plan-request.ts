import { contentEquals, type ocpi230 } from '@interwatt/protocol'
import type { ReadSet, Upsert } from '@interwatt/store'
import { isLive } from '../plan-write.js'
import { asDocument } from '../serving.js'
import {
  DEFAULT_TERMS,
  MOST_REQUESTS,
  objectToCancel,
  objectToChange,
  objectToPower,
  objectToRequest,
} from './booking.rules.js'
import { askedIn, readBooking, readPlace } from './booking-identity.js'
import { bookedSlot, partsIn, takeFrom } from './calendar.rules.js'
import {
  bookingUpsert,
  calendarUpserts,
  claimOf,
  claimTime,
  type Held,
  hasMoved,
  settle,
} from './plan-booking.js'
import { spanOf, timesOf } from './spans.js'

type Booking = ocpi230.Booking
type BookingRequest = ocpi230.BookingRequest

/** A BookingRequest of a partner, ready to be decided on; `booking_location_id` is filled in. */
export interface Asked extends Held {
  readonly bookingId: string
  readonly request: BookingRequest
  /** Set when the database found the time held: it is declined with this. */
  readonly refused?: string
}

/** What a request came to. `reason` is ours and says why it was declined. */
export type Answered =
  | {
      readonly kind: 'booking'
      readonly created: boolean
      readonly booking: Booking
      readonly reason?: string
    }
  | { readonly kind: 'unknown_booking' | 'unknown_place' | 'too_many' | 'moved' }

interface Plan {
  readonly upserts: readonly Upsert[]
  readonly result: Answered
}

const nothing = (result: Answered): Plan => ({ upserts: [], result })

const entry = (
  { request, nowIso }: Asked,
  status: ocpi230.ReservationRequestStatus,
): ocpi230.BookingRequestStatus => ({
  request_status: status,
  booking_request: request,
  request_received: nowIso,
})

const optionOf = (
  place: ocpi230.BookingLocation,
  request: BookingRequest,
): { booking_option?: ocpi230.BookingOption } => {
  if (place.booking_option === undefined && request.booking_option === undefined) return {}
  return { booking_option: { ...request.booking_option, ...place.booking_option } }
}

const newBooking = (asked: Asked, place: ocpi230.BookingLocation): Booking => {
  const { request } = asked
  return {
    id: asked.bookingId,
    country_code: place.country_code,
    party_id: place.party_id,
    request_id: request.request_id,
    ...optionOf(place, request),
    location_id: place.location_id,
    booking_tokens: [...(request.tokens ?? [])],
    tariff_ids: [...(place.tariff_ids ?? [])],
    period: timesOf(spanOf(request.period)),
    reservation_status: 'PENDING',
    access_information: [...(request.access_information ?? [])],
    authorization_reference: request.authorization_reference,
    booking_terms: place.booking_terms ?? DEFAULT_TERMS,
    booking_requests: [entry(asked, 'PENDING')],
    last_updated: asked.nowIso,
  }
}

const NOT_FREE = 'The period is not free.'
const sentence = (why: string): string =>
  why === 'not_in_steps'
    ? 'Bookings keep to the steps of timeslot_increment.'
    : why === 'not_free'
      ? NOT_FREE
      : why

/** A new booking: PENDING with its time held, or REJECTED (BKG-028, BKG-029). */
const planNew = (asked: Asked, read: ReadSet): Plan => {
  const row = read.get(asked.placeKey)
  if (!isLive(row)) return nothing({ kind: 'unknown_place' })
  const place = readPlace(row.document)
  const booking = newBooking(asked, place)
  const { request, nowIso: at } = asked
  const span = spanOf(request.period)
  const reject = (reason: string): Plan => {
    const rejected: Booking = {
      ...booking,
      reservation_status: 'REJECTED',
      booking_requests: [entry(asked, 'DECLINED')],
    }
    const upsert = bookingUpsert({ key: asked.key, existing: undefined, booking: rejected, holds: [] })
    return { upserts: [upsert], result: { kind: 'booking', created: true, booking: rejected, reason } }
  }
  const objection = asked.refused ?? objectToRequest(request, booking.booking_terms, Date.parse(at))
  if (objection !== undefined) return reject(objection)
  const taking = takeFrom(place.calendars ?? [], span, { at, steps: true })
  if (typeof taking === 'string') return reject(sentence(taking))
  const period = bookedSlot(taking.taken.available_timeslots ?? [], span)
  const tooWeak = objectToPower(request, period)
  if (tooWeak !== undefined) return reject(tooWeak)
  const claim = claimOf(booking, { owner: asked.key, bookingLocationId: place.id })
  const claimed = claimTime(place.calendars ?? [], { holds: [], claim, span }, () => taking)
  if (typeof claimed === 'string') return reject(sentence(claimed))
  const pending = { ...booking, period }
  return {
    upserts: [
      bookingUpsert({ key: asked.key, existing: undefined, booking: pending, holds: claimed.holds }),
      ...calendarUpserts(row, claimed.calendars, at),
    ],
    result: { kind: 'booking', created: true, booking: pending },
  }
}

const withEntry = (booking: Booking, asked: Asked, status: ocpi230.ReservationRequestStatus): Booking => ({
  ...booking,
  booking_requests: [...booking.booking_requests, entry(asked, status)],
  last_updated: asked.nowIso,
})

const decline = (booking: Booking, asked: Asked, reason: string, read: ReadSet): Plan => {
  const declined = withEntry(booking, asked, 'DECLINED')
  return {
    upserts: [bookingUpsert({ key: asked.key, existing: read.get(asked.key), booking: declined })],
    result: { kind: 'booking', created: false, booking: declined, reason },
  }
}

/** A change: the status stays, the new time is held beside the old one until the back end decides (BKG-024). */
const planChange = (booking: Booking, asked: Asked, read: ReadSet): Plan => {
  const { request, nowIso: at } = asked
  const nowMs = Date.parse(at)
  const objection =
    asked.refused ??
    objectToChange(booking, request, nowMs) ??
    objectToRequest(request, booking.booking_terms, nowMs)
  if (objection !== undefined) return decline(booking, asked, objection, read)
  const row = read.get(asked.placeKey)
  const bookingLocationId = askedIn(booking).bookingLocationId ?? ''
  const named = request.booking_location_id ?? bookingLocationId
  if (!isLive(row) || named.toUpperCase() !== bookingLocationId.toUpperCase())
    return decline(booking, asked, 'A booking stays at its booking location.', read)
  const calendars = readPlace(row.document).calendars ?? []
  const wanted = { ...booking, booking_tokens: [...(request.tokens ?? [])] }
  const claim = claimOf(wanted, { owner: asked.key, bookingLocationId })
  const span = spanOf(request.period)
  const claimed = claimTime(calendars, { holds: asked.holds, claim, span }, (rest, piece) =>
    takeFrom(rest, piece, { at, steps: false }),
  )
  if (typeof claimed === 'string') return decline(booking, asked, sentence(claimed), read)
  const changed = withEntry(booking, asked, 'PENDING')
  const existing = read.get(asked.key)
  const moved = claimed.calendars === calendars ? [] : calendarUpserts(row, claimed.calendars, at)
  return {
    upserts: [bookingUpsert({ key: asked.key, existing, booking: changed, holds: claimed.holds }), ...moved],
    result: { kind: 'booking', created: false, booking: changed },
  }
}

const declinePending = (request: ocpi230.BookingRequestStatus): ocpi230.BookingRequestStatus =>
  request.request_status === 'PENDING' ? { ...request, request_status: 'DECLINED' } : request

/** A cancellation by the eMSP: in time it is done at once, late it is declined (BKG-026, BKG-027). */
const planCancel = (booking: Booking, asked: Asked, read: ReadSet): Plan => {
  const objection = objectToCancel(booking, Date.parse(asked.nowIso))
  const { canceled } = asked.request
  if (objection !== undefined || canceled === undefined) return decline(booking, asked, objection ?? '', read)
  const earlier = { ...booking, booking_requests: booking.booking_requests.map(declinePending) }
  const cancelled: Booking = {
    ...withEntry(earlier, asked, 'ACCEPTED'),
    reservation_status: 'CANCELED',
    canceled: { cancellation_reason: canceled.cancellation_reason, who_canceled: 'EMSP' },
  }
  return {
    upserts: settle(asked, cancelled, 'nothing', read),
    result: { kind: 'booking', created: false, booking: cancelled },
  }
}

/** Decides on a BookingRequest: repeated, new, a change or a cancellation (BKG-021 to BKG-029). */
export const planRequest = (asked: Asked, read: ReadSet): Plan => {
  if (hasMoved(asked, read)) return nothing({ kind: 'moved' })
  const row = read.get(asked.key)
  const { request } = asked
  if (!isLive(row)) return request.canceled ? nothing({ kind: 'unknown_booking' }) : planNew(asked, read)
  const booking = readBooking(row.document)
  const latest = booking.booking_requests.at(-1)
  if (latest && contentEquals(asDocument(latest.booking_request), asDocument(request)))
    return nothing({ kind: 'booking', created: false, booking })
  if (booking.booking_requests.length >= MOST_REQUESTS) return nothing({ kind: 'too_many' })
  return request.canceled ? planCancel(booking, asked, read) : planChange(booking, asked, read)
}

/** The timeslot a change leads to: what its calendar promises within the new period. */
export const slotWithin = (parts: readonly ocpi230.Timeslot[], period: ocpi230.Period): ocpi230.Timeslot => {
  const span = spanOf(period)
  return bookedSlot(partsIn(parts, span), span)
}
