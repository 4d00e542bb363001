import type { ModuleContract } from '../../contract/endpoint.js'
import { dateTime, type Schema } from '../../schema/index.js'

type Schemas<L extends Schema, C extends Schema, B extends Schema, R extends Schema> = {
  BookingLocation: L
  Calendar: C
  Booking: B
  BookingRequest: R
}

/**
 * Bookings, both interfaces; requests go to the sender, which owns what is booked
 * (2.3.0 Bookings `mod_bookings_interfaces_and_endpoints`).
 */
export const bookings = <L extends Schema, C extends Schema, B extends Schema, R extends Schema>(
  v: Schemas<L, C, B, R>,
) => {
  const location = { document: 'booking_location', schema: v.BookingLocation } as const
  const calendar = { document: 'calendar', schema: v.Calendar } as const
  const booking = { document: 'booking', schema: v.Booking } as const
  const request = { document: 'booking_request', schema: v.BookingRequest } as const
  const sender = { module: 'bookings', side: 'SENDER', anchor: 'mod_bookings_cpo_interface' } as const
  const receiver = { module: 'bookings', side: 'RECEIVER', anchor: 'mod_bookings_emsp_interface' } as const
  const L = '/{country_code}/{party_id}/booking_locations/{booking_location_id}'
  const C = '/{country_code}/{party_id}/booking_locations/{booking_location_id}/{calendar_id}'
  const B = '/{country_code}/{party_id}/{booking_id}'
  return {
    id: 'bookings',
    advertisedAs: 'Booking',
    kind: 'functional',
    endpoints: [
      {
        operation: 'bookings.sender.listLocations',
        ...sender,
        method: 'GET',
        path: '/booking_locations',
        query: { timeslot_from: dateTime(), timeslot_to: dateTime() },
        data: location,
        paged: true,
      },
      {
        operation: 'bookings.sender.getLocation',
        ...sender,
        method: 'GET',
        path: '/booking_locations/{booking_location_id}',
        data: location,
      },
      {
        operation: 'bookings.sender.getCalendar',
        ...sender,
        method: 'GET',
        path: '/booking_locations/{booking_location_id}/{calendar_id}',
        data: calendar,
      },
      { operation: 'bookings.sender.list', ...sender, method: 'GET', path: '', data: booking, paged: true },
      {
        operation: 'bookings.sender.request',
        ...sender,
        method: 'POST',
        path: '',
        body: { ...request, form: 'whole' },
        data: booking,
      },
      { operation: 'bookings.receiver.getLocation', ...receiver, method: 'GET', path: L, data: location },
      {
        operation: 'bookings.receiver.putLocation',
        ...receiver,
        method: 'PUT',
        path: L,
        body: { ...location, form: 'whole' },
      },
      {
        operation: 'bookings.receiver.patchLocation',
        ...receiver,
        method: 'PATCH',
        path: L,
        body: { ...location, form: 'patch' },
      },
      { operation: 'bookings.receiver.getCalendar', ...receiver, method: 'GET', path: C, data: calendar },
      {
        operation: 'bookings.receiver.putCalendar',
        ...receiver,
        method: 'PUT',
        path: C,
        body: { ...calendar, form: 'whole' },
      },
      {
        operation: 'bookings.receiver.patchCalendar',
        ...receiver,
        method: 'PATCH',
        path: C,
        body: { ...calendar, form: 'patch' },
      },
      { operation: 'bookings.receiver.get', ...receiver, method: 'GET', path: B, data: booking },
      {
        operation: 'bookings.receiver.put',
        ...receiver,
        method: 'PUT',
        path: B,
        body: { ...booking, form: 'whole' },
      },
      {
        operation: 'bookings.receiver.patch',
        ...receiver,
        method: 'PATCH',
        path: B,
        body: { ...booking, form: 'patch' },
      },
    ],
  } as const satisfies ModuleContract
}
