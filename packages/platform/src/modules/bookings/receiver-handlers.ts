import { foldCase, OcpiRefusal } from '@interwatt/protocol'
import type { Call, Handlers } from '@interwatt/server'
import { bookingKey, bookingLocationKey, type ObjectKey, type StoredObject } from '@interwatt/store'
import { assertSameId, assertSameParty } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { isLive } from '../plan-write.js'
import { type ModuleDeps, mayReadBack, originOf, ownerInPath, receive } from '../receive.js'
import { answerObject, receivePatch, receivePut } from '../receive-object.js'
import { asDocument } from '../serving.js'
import { calendarIn, planBookingPatch, planCalendar, planReceivedBooking } from './plan-received.js'

type ReceiverHandlers = Pick<Handlers, Extract<keyof Handlers, `bookings.receiver.${string}`>>
type CalendarCall = Call<'bookings.receiver.putCalendar'> | Call<'bookings.receiver.patchCalendar'>

const receivedPlace = async (
  deps: ModuleDeps,
  call: Call<'bookings.receiver.getLocation'> | Call<'bookings.receiver.getCalendar'>,
): Promise<StoredObject> => {
  const owner = ownerInPath(deps, call, 'bookings')
  const place = await deps.objects.get(bookingLocationKey(owner, call.params.booking_location_id))
  if (!isLive(place) || !mayReadBack(call.caller, place))
    throw new OcpiRefusal('unknownObject', 'There is no such booking location here.')
  return place
}

const receiveCalendar = (deps: ModuleDeps, call: CalendarCall, form: 'whole' | 'patch') => {
  const { booking_location_id: placeId, calendar_id: id } = call.params
  const key = bookingLocationKey(ownerInPath(deps, call, 'bookings'), placeId)
  const received = asDocument(call.received)
  assertSameId('id', id, received.id)
  const origin = originOf(call, deps.now)
  const plan = (read: Parameters<typeof planCalendar>[3]) =>
    planCalendar(key, { id, received, form }, origin, read)
  return receive(deps, { reads: [key], plan }, 'unknownObject')
}

/** The key of a received booking by what its path names: its `id`, or else its `request_id` (BKG-008). */
const receivedKey = async (
  deps: ModuleDeps,
  call: Call<'bookings.receiver.get'> | Call<'bookings.receiver.patch'>,
): Promise<ObjectKey> => {
  const owner = ownerInPath(deps, call, 'bookings')
  const { booking_id: inUrl } = call.params
  const key = bookingKey(owner, inUrl)
  if (isLive(await deps.objects.get(key))) return key
  const { partnerId: receivedFrom } = call.caller
  const where = { request_id: inUrl }
  const found = await deps.objects.page({ kind: 'booking', owners: [owner], receivedFrom, where, limit: 2 })
  return found.items.length === 1 ? (found.items[0]?.key ?? key) : key
}

/** The path of a Booking names its `id`, in one table of the specification its `request_id` (BKG-008, trap 2). */
const assertNamed = (inUrl: string, received: Readonly<Record<string, unknown>>): string => {
  const { id, request_id: requestId } = received
  const same = (value: unknown): boolean => typeof value === 'string' && foldCase(value) === foldCase(inUrl)
  if (typeof id === 'string' && !same(id) && !same(requestId)) assertSameId('id', inUrl, id)
  return typeof id === 'string' ? id : inUrl
}

/** The eMSP side: booking locations, their calendars and bookings as CPOs push them (BKG-007 to BKG-013). */
export const bookingReceiverHandlers = (deps: ModuleDeps): ReceiverHandlers => ({
  'bookings.receiver.getLocation': async (call) =>
    answerObject(deps, call, 'booking_location', await receivedPlace(deps, call), 'unknownObject'),
  'bookings.receiver.putLocation': async (call) => {
    const { booking_location_id: inUrl } = call.params
    const key = bookingLocationKey(ownerInPath(deps, call, 'bookings'), inUrl)
    const id = { field: 'id', inUrl } as const
    return (await receivePut(deps, call, { kind: 'booking_location', key, id, unknown: 'unknownObject' }))
      .reply
  },
  'bookings.receiver.patchLocation': async (call) => {
    const key = bookingLocationKey(ownerInPath(deps, call, 'bookings'), call.params.booking_location_id)
    return (await receivePatch(deps, call, { kind: 'booking_location', key, unknown: 'unknownObject' })).reply
  },
  'bookings.receiver.getCalendar': async (call) => {
    const place = await receivedPlace(deps, call)
    const calendar = calendarIn(place.document, call.params.calendar_id)
    if (calendar === undefined) throw new OcpiRefusal('unknownObject', 'There is no such calendar here.')
    return { kind: 'data', data: calendar }
  },
  'bookings.receiver.putCalendar': async (call) => (await receiveCalendar(deps, call, 'whole')).reply,
  'bookings.receiver.patchCalendar': async (call) => (await receiveCalendar(deps, call, 'patch')).reply,
  'bookings.receiver.get': async (call) => {
    const booking = await deps.objects.get(await receivedKey(deps, call))
    if (!isLive(booking) || !mayReadBack(call.caller, booking))
      throw new OcpiRefusal('unknownObject', 'There is no such booking here.')
    return answerObject(deps, call, 'booking', booking, 'unknownObject')
  },
  'bookings.receiver.put': async (call) => {
    const owner = ownerInPath(deps, call, 'bookings')
    const received = asDocument(call.received)
    assertSameParty(owner, received)
    const key = bookingKey(owner, assertNamed(call.params.booking_id, received))
    const incoming = readIncoming('booking', received, originOf(call, deps.now))
    const plan = (read: Parameters<typeof planReceivedBooking>[2]) => planReceivedBooking(key, incoming, read)
    return (await receive(deps, { reads: [key], plan }, 'unknownObject')).reply
  },
  'bookings.receiver.patch': async (call) => {
    const key = await receivedKey(deps, call)
    const received = asDocument(call.received)
    const plan = (read: Parameters<typeof planBookingPatch>[3]) =>
      planBookingPatch(key, received, originOf(call, deps.now), read)
    return (await receive(deps, { reads: [key], plan }, 'unknownObject')).reply
  },
})
