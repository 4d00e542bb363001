import type { ocpi230 } from '@interwatt/protocol'

/** What happens in a stretch of time, which decides the elements of a tariff that are looked at (4.8). */
export type Family =
  | 'charging'
  | 'reserved'
  | 'expired'
  | 'booked'
  | 'booking-expired'
  | 'booking-overtime'
  | 'booking-cancelled'

/** A kind of element: ordinary, or with the value of its `reservation` or `booking` restriction. */
export type ElementKind = 'ORDINARY' | ocpi230.ReservationRestrictionType | ocpi230.BookingRestrictionType

/** The kinds a family looks at, in order: what the first kind lacks in a dimension, the next may give. */
export const KINDS_OF_FAMILY: Readonly<Record<Family, readonly ElementKind[]>> = {
  charging: ['ORDINARY'],
  reserved: ['RESERVATION'],
  expired: ['RESERVATION_EXPIRES', 'RESERVATION'],
  booked: ['BOOKING', 'RESERVATION'],
  'booking-expired': ['BOOKING_EXPIRES', 'BOOKING'],
  'booking-overtime': ['BOOKING_OVERTIME'],
  'booking-cancelled': ['BOOKING_CANCELLATION_FEES'],
}

export const FAMILIES: readonly Family[] = [
  'charging',
  'reserved',
  'expired',
  'booked',
  'booking-expired',
  'booking-overtime',
  'booking-cancelled',
]

/** The kind of an element, by its restrictions. */
export const kindOf = (element: ocpi230.TariffElement): ElementKind =>
  element.restrictions?.booking ?? element.restrictions?.reservation ?? 'ORDINARY'
