import type { PartyId } from '@interwatt/protocol'
import type { Document, Hold, ObjectKey, StoredObject } from './objects.js'

/** A BookingRequest of ours to the party that owns the place: a new booking, a change or a cancellation. */
export interface BookingOrder {
  readonly id: string
  readonly requestId: string
  readonly partnerId: string
  /** CPO party that is asked. */
  readonly party: PartyId
  /** The BookingRequest as it is sent, in canonical shape. */
  readonly request: Document
  /** `SENDING` until there is an answer, `ANSWERED` with a Booking, `REFUSED` by the partner, `FAILED` when it never answered. */
  readonly state: 'SENDING' | 'ANSWERED' | 'REFUSED' | 'FAILED'
  readonly message: string | null
  /** `Booking.id` of the answer. */
  readonly bookingId: string | null
  readonly attempts: number
  readonly createdAt: string
  readonly triedAt: string | null
  readonly finishedAt: string | null
  /** Until when the partner may decide; then it is asked, and the booking cancelled (BKG-036). Null when nothing is waited for. */
  readonly decideBy: string | null
}

/** Bookings beyond single objects: what they hold, how they are found, and what we asked of others. */
export interface BookingStore {
  /** What a booking holds. */
  holdsOf(booking: ObjectKey): Promise<readonly Hold[]>
  /** What is held of these places after an ISO time, by any booking. */
  holdsOn(places: readonly string[], after: string): Promise<readonly Hold[]>
  /** Own bookings of a party at a location (by its id, without case) that are RESERVED. */
  reservedAt(party: PartyId, locationId: string): Promise<readonly StoredObject[]>
  /** Own bookings with this authorization reference, compared without case. */
  byReference(party: PartyId, reference: string): Promise<readonly StoredObject[]>
  /** Own sessions with this authorization reference, compared without case. */
  sessionsByReference(party: PartyId, reference: string): Promise<readonly StoredObject[]>
  /**
   * Own bookings to be ended by an ISO time, oldest first: PENDING ones that began, RESERVED ones whose time for a no-show has
   * come (`noshow_timeout` after they began, else their end).
   */
  overdue(by: string, limit: number): Promise<readonly StoredObject[]>
  /** Drops holds that ended before an ISO time; how many. */
  pruneHolds(before: string): Promise<number>
  addOrder(order: BookingOrder): Promise<void>
  order(id: string): Promise<BookingOrder | undefined>
  /** Changes an order that still is SENDING; the new state, undefined when it no longer is. */
  updateOrder(
    id: string,
    change: Partial<
      Pick<BookingOrder, 'state' | 'message' | 'bookingId' | 'triedAt' | 'finishedAt' | 'decideBy'>
    >,
  ): Promise<BookingOrder | undefined>
  /** Newest first; `after` is the id of the last one seen. */
  orders(query: {
    readonly requestId?: string
    readonly after?: string
    readonly limit: number
  }): Promise<readonly BookingOrder[]>
  /** Orders that are SENDING and were last tried before an ISO time; each is counted as tried now, so that one node has it. */
  takeUnanswered(triedBefore: string, now: string, limit: number): Promise<readonly BookingOrder[]>
  /**
   * Orders whose `decideBy` has come by `now`, the oldest first; they wait until `lease` now, so that one node has each and another one
   * takes it should that node die.
   */
  takeUndecided(now: string, lease: string, limit: number): Promise<readonly BookingOrder[]>
  /** Ends the wait for a decision; null leaves the message. The order as it is then. */
  settleOrder(id: string, message: string | null): Promise<BookingOrder | undefined>
  /** Drops finished orders created before an ISO time; how many. */
  pruneOrders(before: string): Promise<number>
}
