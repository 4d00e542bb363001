import { ocpi230 } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { BookingService } from '../../services.js'
import { newestFirst } from '../newest-first.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { found, unwrap } from '../problem.js'
import { viewFollowedOrder, viewOrder } from '../views.js'
import { cursor, document, idParams, limit, line, listOf, object, objectParams } from '../wire-schemas.js'

interface OfBooking {
  Params: ObjectAddress
  Body: unknown
}
interface ListOrders {
  Querystring: { request_id?: string; cursor?: string; limit?: number }
}

const BOOKING = '/bookings/:country_code/:party_id/:id'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Bookings'], summary, ...extra },
})

const ofBooking = { params: objectParams('id'), body: document }

const reasonBody = object(
  { cancellation_reason: { type: 'string', enum: [...ocpi230.CanceledReason.values] } },
  ['cancellation_reason'],
)

/** What our back end does about bookings at this node. */
const deciding = (scope: FastifyInstance, bookings: BookingService): void => {
  scope.post<OfBooking>(
    `${BOOKING}/decision`,
    schema('postBookingDecision', 'Decide on what is PENDING of an own booking', ofBooking),
    async ({ params, body }) => unwrap(await bookings.decide(objectKeyOf('booking', params), body)),
  )
  scope.post<OfBooking>(
    `${BOOKING}/assignment`,
    schema('postBookingAssignment', 'Assign EVSE, access, tokens or tariffs to an own booking', ofBooking),
    async ({ params, body }) => unwrap(await bookings.assign(objectKeyOf('booking', params), body)),
  )
}

/** What we ask of the party that owns the place. */
const asking = (scope: FastifyInstance, bookings: BookingService): void => {
  scope.post<{ Body: unknown }>(
    '/booking_orders',
    schema('postBookingOrder', 'Request a booking at a booking location of a partner', { body: document }),
    async ({ body }, reply) => {
      const followed = unwrap(await bookings.request(body))
      const location = `/api/v1/booking_orders/${followed.order.id}`
      return reply.code(201).header('location', location).send(viewFollowedOrder(followed))
    },
  )
  scope.post<OfBooking>(
    `${BOOKING}/change`,
    schema('postBookingChange', 'Ask the partner to change a booking of ours', ofBooking),
    async ({ params, body }, reply) =>
      reply
        .code(201)
        .send(viewFollowedOrder(unwrap(await bookings.change(objectKeyOf('booking', params), body)))),
  )
  scope.post<OfBooking>(
    `${BOOKING}/cancellation`,
    schema('postBookingCancellation', 'Cancel an own booking, or ask the partner to cancel one of ours', {
      ...ofBooking,
      body: reasonBody,
    }),
    async ({ params, body }) => {
      const { order, booking } = unwrap(await bookings.cancel(objectKeyOf('booking', params), body))
      return { order: order && viewOrder(order), booking }
    },
  )
}

const following = (scope: FastifyInstance, bookings: BookingService): void => {
  scope.get<{ Params: { id: string } }>(
    '/booking_orders/:id',
    schema('getBookingOrder', 'A booking request of ours and the booking that came of it', {
      params: idParams,
    }),
    async ({ params }) => viewFollowedOrder(found(await bookings.order(params.id), 'The booking order')),
  )
  scope.get<ListOrders>(
    '/booking_orders',
    schema('listBookingOrders', 'Booking requests we sent, newest first', {
      querystring: object({ request_id: line(36, 'Of one booking'), cursor, limit }),
      response: { 200: listOf({}) },
    }),
    async ({ query }) => {
      const filter = query.request_id === undefined ? {} : { requestId: query.request_id }
      return newestFirst(query, (page) => bookings.orders({ ...filter, ...page }), viewOrder)
    },
  )
}

/** Bookings at partners and at this node. */
export const bookingRoutes = (scope: FastifyInstance, bookings: BookingService): void => {
  asking(scope, bookings)
  deciding(scope, bookings)
  following(scope, bookings)
}
