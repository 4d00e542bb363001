import { createHash } from 'node:crypto'
import {
  foldCase,
  type Infer,
  ocpi230,
  type PartyId,
  parseDocument,
  partyLabel,
  partyOf,
  type Schema,
} from '@interwatt/protocol'
import type { Document } from '@interwatt/store'

/**
 * The id of the booking that a request makes: always the same for the same asker and request id, so that a request sent
 * twice, even at one moment to two nodes, is one booking (BKG-022, BKG-023).
 */
export const bookingIdOf = (owner: PartyId, asker: PartyId, requestId: string): string => {
  const text = [partyLabel(owner), partyLabel(asker), foldCase(requestId)].join('\n')
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

const readStored = <S extends Schema>(schema: S, document: Document): Infer<S> => {
  const parsed = parseDocument(schema, document, 'whole')
  if (!parsed.ok) throw new TypeError(`A stored document is not valid: ${parsed.findings[0]?.message ?? ''}`)
  // NOTE: a whole document of a schema is what Infer says; the compiler cannot see that through the generic form.
  return parsed.value
}

/** A stored booking, typed. */
export const readBooking = (document: Document): ocpi230.Booking => readStored(ocpi230.Booking, document)

/** A stored booking location, typed. */
export const readPlace = (document: Document): ocpi230.BookingLocation =>
  readStored(ocpi230.BookingLocation, document)

/** The party that asked for a booking, and the booking location it asked for. */
export const askedIn = (
  booking: ocpi230.Booking,
): { readonly asker: PartyId; readonly bookingLocationId: string | undefined } => {
  const request = booking.booking_requests[0]?.booking_request
  return {
    asker: partyOf(request?.country_code ?? '', request?.party_id ?? ''),
    bookingLocationId: request?.booking_location_id,
  }
}
