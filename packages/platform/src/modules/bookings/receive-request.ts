import {
  jsonText,
  OcpiRefusal,
  type ocpi230,
  type PartyId,
  partyLabel,
  partyOf,
  sameParty,
} from '@interwatt/protocol'
import type { Call, Reply } from '@interwatt/server'
import {
  type BookingStore,
  bookingKey,
  bookingLocationKey,
  type NodeEvent,
  type ObjectKey,
  SlotTaken,
  type StoredObject,
  UnstorableDocument,
} from '@interwatt/store'
import { hostedIn } from '../../directory/partner-directory.js'
import { moduleRoles, partiesIn } from '../access.rules.js'
import { isLive } from '../plan-write.js'
import type { ModuleDeps } from '../receive.js'
import { askedIn, bookingIdOf, readBooking } from './booking-identity.js'
import { findPlace } from './find-place.js'
import { readHeld, untilStill } from './held.js'
import { type Answered, type Asked, planRequest } from './plan-request.js'
import { spanOf } from './spans.js'

export interface RequestDeps extends ModuleDeps {
  readonly bookings: BookingStore
  /** Tells our own side why a request was declined; must not throw or wait. */
  event(event: NodeEvent): void
}

type RequestCall = Call<'bookings.sender.request'>

/** The asker is a party of the caller, and so is the owner of every token (BKG-032). */
const assertOwn = (call: RequestCall): PartyId => {
  const { body } = call
  const mine = partiesIn(call.caller, moduleRoles.bookings.readers)
  const asker = partyOf(body.country_code, body.party_id)
  if (!mine.some((party) => sameParty(party, asker)))
    throw new OcpiRefusal('invalid', `/party_id: ${partyLabel(asker)} is no EMSP party of yours (BKG-032).`)
  for (const [index, token] of (body.tokens ?? []).entries()) {
    const owner = partyOf(token.country_code, token.party_id)
    if (!mine.some((party) => sameParty(party, owner)))
      throw new OcpiRefusal(
        'invalid',
        `/tokens/${index} belongs to ${partyLabel(owner)}, not to you (BKG-032).`,
      )
  }
  return asker
}

const assertPeriod = ({ period }: ocpi230.BookingRequest): void => {
  const { fromMs, toMs } = spanOf(period)
  if (fromMs >= toMs) throw new OcpiRefusal('invalid', '/period ends before it begins (BKG-028).')
}

/** Requests are kept in the booking for good, so that each has to be of a sensible size. */
const LARGEST_REQUEST = 20_000

const assertSize = (call: RequestCall): void => {
  if (jsonText(call.body).length > LARGEST_REQUEST)
    throw new OcpiRefusal('invalid', `A booking request has at most ${LARGEST_REQUEST} characters.`)
}

/** The booking this request was made with before, among those of our parties that it may be for (BKG-023). */
const known = async (
  deps: RequestDeps,
  owners: readonly PartyId[],
  from: { readonly asker: PartyId; readonly requestId: string },
): Promise<StoredObject | undefined> => {
  const keys = owners.map((owner) => bookingKey(owner, bookingIdOf(owner, from.asker, from.requestId)))
  return (await deps.objects.getMany(keys)).find(isLive)
}

interface Target {
  readonly key: ObjectKey
  readonly bookingId: string
  readonly placeKey: ObjectKey
  readonly request: ocpi230.BookingRequest
}

const targetOf = async (deps: RequestDeps, call: RequestCall, asker: PartyId): Promise<Target> => {
  const { body: request } = call
  const owners = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to)
  const existing = await known(deps, owners, { asker, requestId: request.request_id })
  if (existing !== undefined) {
    const booking = readBooking(existing.document)
    const id = askedIn(booking).bookingLocationId ?? ''
    return {
      key: existing.key,
      bookingId: booking.id,
      placeKey: bookingLocationKey(existing.key, id),
      request: { ...request, booking_location_id: request.booking_location_id ?? id },
    }
  }
  if (request.canceled !== undefined)
    throw new OcpiRefusal('unknownObject', 'There is no booking with this request_id to cancel.')
  const place = await findPlace(deps.objects, owners, request)
  const bookingId = bookingIdOf(place.key, asker, request.request_id)
  return {
    key: bookingKey(place.key, bookingId),
    bookingId,
    placeKey: place.key,
    request: { ...request, booking_location_id: place.id },
  }
}

/** Plans and stores; what the database finds held after all is declined in a second write (BKG-029). */
const decide = async (deps: RequestDeps, target: Target): Promise<Answered> => {
  const write = async (refused?: string): Promise<Answered> => {
    const held = await readHeld(deps, target)
    const asked: Asked = { ...target, ...held, ...(refused === undefined ? {} : { refused }) }
    const reads = [target.key, target.placeKey]
    return (await deps.objects.write({ reads, plan: (read) => planRequest(asked, read) })).result
  }
  try {
    return await untilStill(() => write())
  } catch (error) {
    if (error instanceof UnstorableDocument)
      throw new OcpiRefusal('invalid', 'The request holds something that cannot be stored.')
    if (!(error instanceof SlotTaken)) throw error
    return untilStill(() => write('The period is held by another booking of this place or token.'))
  }
}

/** A BookingRequest of a partner: a new booking, a change or a cancellation; answered with the Booking (flows B to D). */
export const receiveRequest = async (deps: RequestDeps, call: RequestCall): Promise<Reply> => {
  const asker = assertOwn(call)
  assertPeriod(call.body)
  assertSize(call)
  const answered = await decide(deps, await targetOf(deps, call, asker))
  switch (answered.kind) {
    case 'booking': {
      const { booking, created, reason } = answered
      if (reason !== undefined) {
        const { country_code, party_id, id } = booking
        const data = { country_code, party_id, id, request_id: booking.request_id, reason }
        deps.event({ type: 'booking.declined', subject: id, data })
      }
      return { kind: 'data', data: booking, created }
    }
    case 'unknown_booking':
      throw new OcpiRefusal('unknownObject', 'There is no booking with this request_id to cancel.')
    case 'unknown_place':
      throw new OcpiRefusal('unknownLocation', 'There is no such booking location here (BKG-030).', {
        http: 200,
      })
    case 'moved':
      throw new OcpiRefusal('overloaded', 'The booking changes all the time; try again.')
    case 'too_many':
      throw new OcpiRefusal('refused', 'This booking was changed too often.')
  }
}
