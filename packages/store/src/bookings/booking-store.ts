import { foldCase, type PartyId } from '@interwatt/protocol'
import type { Database, Statement } from '../database/index.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type { BookingOrder, BookingStore, Document, Hold, StoredObject } from '../ports/index.js'
import { deleteOldHolds } from '../sql/bookings/delete-old-holds.js'
import { deleteOldOrders } from '../sql/bookings/delete-old-orders.js'
import { insertOrder } from '../sql/bookings/insert-order.js'
import { selectByReference } from '../sql/bookings/select-by-reference.js'
import { selectHoldsOf } from '../sql/bookings/select-holds-of.js'
import { selectHoldsOn } from '../sql/bookings/select-holds-on.js'
import { selectOrder } from '../sql/bookings/select-order.js'
import { selectOrders } from '../sql/bookings/select-orders.js'
import { selectOverdueBookings } from '../sql/bookings/select-overdue-bookings.js'
import { selectReservedAt } from '../sql/bookings/select-reserved-at.js'
import { settleOrder } from '../sql/bookings/settle-order.js'
import { takeUnanswered } from '../sql/bookings/take-unanswered.js'
import { takeUndecided } from '../sql/bookings/take-undecided.js'
import { updateOrder } from '../sql/bookings/update-order.js'

interface HoldRow {
  readonly place: string
  readonly starts: string
  readonly ends: string
  readonly calendar: Document | null
}

const holdOf = ({ place, starts, ends, calendar }: HoldRow): Hold => ({
  place,
  from: starts,
  to: ends,
  calendar,
})

interface OrderRow {
  readonly id: string
  readonly request_id: string
  readonly partner_id: string
  readonly country_code: string
  readonly party_id: string
  readonly request: Document
  readonly state: BookingOrder['state']
  readonly message: string | null
  readonly booking_id: string | null
  readonly attempts: number
  readonly created_at: string
  readonly tried_at: string | null
  readonly finished_at: string | null
  readonly decide_by: string | null
}

const orderOf = (row: OrderRow): BookingOrder => ({
  id: row.id,
  requestId: row.request_id,
  partnerId: row.partner_id,
  party: { countryCode: row.country_code, partyId: row.party_id },
  request: row.request,
  state: row.state,
  message: row.message,
  bookingId: row.booking_id,
  attempts: row.attempts,
  createdAt: row.created_at,
  triedAt: row.tried_at,
  finishedAt: row.finished_at,
  decideBy: row.decide_by,
})

const orderParams = (order: BookingOrder): readonly unknown[] => [
  order.id,
  order.requestId,
  order.partnerId,
  order.party.countryCode,
  order.party.partyId,
  JSON.stringify(order.request),
  order.state,
  order.message,
  order.bookingId,
  order.attempts,
  order.createdAt,
  order.triedAt,
  order.finishedAt,
  order.decideBy,
]

/** Holds, lookups and orders of bookings, in PostgreSQL. */
export const createBookingStore = (database: Database): BookingStore => {
  const holds = async (statement: Statement, params: readonly unknown[]): Promise<readonly Hold[]> =>
    (await database.query<HoldRow>(statement, params)).rows.map(holdOf)
  const objects = async (
    statement: Statement,
    params: readonly unknown[],
  ): Promise<readonly StoredObject[]> =>
    (await database.query<ObjectRow>(statement, params)).rows.map(rowObject)
  const orders = async (statement: Statement, params: readonly unknown[]): Promise<readonly BookingOrder[]> =>
    (await database.query<OrderRow>(statement, params)).rows.map(orderOf)
  const byReference = (kind: 'booking' | 'session', { countryCode, partyId }: PartyId, reference: string) =>
    objects(selectByReference, [kind, countryCode, partyId, foldCase(reference)])
  return {
    holdsOf: ({ countryCode, partyId, id }) => holds(selectHoldsOf, [countryCode, partyId, id]),
    holdsOn: (places, after) => holds(selectHoldsOn, [places, after]),
    reservedAt: ({ countryCode, partyId }, locationId) =>
      objects(selectReservedAt, [countryCode, partyId, foldCase(locationId)]),
    byReference: (party, reference) => byReference('booking', party, reference),
    sessionsByReference: (party, reference) => byReference('session', party, reference),
    overdue: (by, limit) => objects(selectOverdueBookings, [by, limit]),
    pruneHolds: async (before) => (await database.query(deleteOldHolds, [before])).rowCount,
    async addOrder(order) {
      await database.query(insertOrder, orderParams(order))
    },
    order: async (id) => (await orders(selectOrder, [id]))[0],
    updateOrder: async (id, { state, message, bookingId, triedAt, finishedAt, decideBy }) =>
      (
        await orders(updateOrder, [
          id,
          state ?? null,
          message ?? null,
          bookingId ?? null,
          triedAt ?? null,
          finishedAt ?? null,
          decideBy ?? null,
        ])
      )[0],
    orders: ({ requestId, after, limit }) => orders(selectOrders, [requestId ?? null, after ?? null, limit]),
    takeUnanswered: (triedBefore, now, limit) => orders(takeUnanswered, [triedBefore, now, limit]),
    takeUndecided: (now, lease, limit) => orders(takeUndecided, [now, lease, limit]),
    settleOrder: async (id, message) => (await orders(settleOrder, [id, message]))[0],
    pruneOrders: async (before) => (await database.query(deleteOldOrders, [before])).rowCount,
  }
}
