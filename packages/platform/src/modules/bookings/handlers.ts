import { formatDateTime, OcpiRefusal, parseDateTime } from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import { bookingLocationKey, type StoredObject } from '@interwatt/store'
import { hostedIn } from '../../directory/partner-directory.js'
import { moduleRoles } from '../access.rules.js'
import { concernedParties } from '../calling-parties.js'
import { listOwn } from '../listing.js'
import { isLive } from '../plan-write.js'
import { answerObject } from '../receive-object.js'
import { calendarIn } from './plan-received.js'
import { type RequestDeps, receiveRequest } from './receive-request.js'
import { bookingReceiverHandlers } from './receiver-handlers.js'

type BookingHandlers = Pick<Handlers, Extract<keyof Handlers, `bookings.${string}`>>
type SenderHandlers = Pick<Handlers, Extract<keyof Handlers, `bookings.sender.${string}`>>

const timeIn = (call: Pick<Call, 'query'>, name: 'timeslot_from' | 'timeslot_to'): string | undefined => {
  const text = call.query[name] || undefined
  if (text === undefined) return undefined
  const parsed = parseDateTime(text.trim())
  if (parsed === undefined)
    throw new OcpiRefusal(
      'invalid',
      `query parameter ${name} must be an RFC 3339 date-time in UTC (TRN-076).`,
    )
  return formatDateTime(parsed.epochMs, 3)
}

const ownPlace = async (
  deps: RequestDeps,
  call: Pick<Call, 'routing'> & { readonly params: { readonly booking_location_id: string } },
): Promise<StoredObject> => {
  const owners = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to)
  const keys = owners.map((owner) => bookingLocationKey(owner, call.params.booking_location_id))
  const place = (await deps.objects.getMany(keys)).find((row) => isLive(row) && row.receivedFrom === null)
  if (place === undefined) throw new OcpiRefusal('unknownObject', 'There is no such booking location here.')
  return place
}

/** A calendar as `data`; 404 when the booking location has none of that id (BKG-003). */
export const answerCalendar = (place: StoredObject, id: string): Reply => {
  const calendar = calendarIn(place.document, id)
  if (calendar === undefined) throw new OcpiRefusal('unknownObject', 'There is no such calendar here.')
  return { kind: 'data', data: calendar }
}

/** The CPO side: what can be booked, the caller's bookings, and its requests (BKG-001 to BKG-004, BKG-020 to BKG-035). */
const senderHandlers = (deps: RequestDeps): SenderHandlers => ({
  'bookings.sender.listLocations': (call) => {
    const timeslotFrom = timeIn(call, 'timeslot_from')
    const timeslotTo = timeIn(call, 'timeslot_to')
    return listOwn(deps, call, 'booking_location', 'CPO', {
      ...(timeslotFrom === undefined ? {} : { timeslotFrom }),
      ...(timeslotTo === undefined ? {} : { timeslotTo }),
    })
  },
  'bookings.sender.getLocation': async (call) =>
    answerObject(deps, call, 'booking_location', await ownPlace(deps, call), 'unknownObject'),
  'bookings.sender.getCalendar': async (call) =>
    answerCalendar(await ownPlace(deps, call), call.params.calendar_id),
  'bookings.sender.list': (call) =>
    listOwn(deps, call, 'booking', 'CPO', {
      requesters: concernedParties(call, moduleRoles.bookings.readers),
    }),
  'bookings.sender.request': (call) => receiveRequest(deps, call),
})

/** Bookings, sender and receiver side (bookings.md). */
export const bookingHandlers = (deps: RequestDeps): BookingHandlers => ({
  ...senderHandlers(deps),
  ...bookingReceiverHandlers(deps),
})
