import { canonicalVersion, changedFieldsBetween, type ocpi230, partyOf } from '@interwatt/protocol'
import type { Hold, ObjectKey, ReadSet, StoredObject, Upsert } from '@interwatt/store'
import { upsertOf } from '../incoming.js'
import { isLive } from '../plan-write.js'
import { asDocument } from '../serving.js'
import { askedIn, readPlace } from './booking-identity.js'
import type { Taking } from './calendar.rules.js'
import { type Claim, keepOnly, missingAt, placesOf, released, withClaim } from './holds.rules.js'
import { type Span, spanOf } from './spans.js'

/** Rows that an own booking and its place become. */
export interface OwnChange {
  readonly key: ObjectKey
  readonly existing: StoredObject | undefined
  readonly booking: ocpi230.Booking
  /** Undefined leaves the holds as they are. */
  readonly holds?: readonly Hold[]
}

const own = { unmapped: null, versionIn: canonicalVersion.id, receivedFrom: null } as const

/** The row of an own booking. */
export const bookingUpsert = ({ key, existing, booking, holds }: OwnChange): Upsert => {
  const document = asDocument(booking)
  const changed = isLive(existing) ? changedFieldsBetween(existing.document, document) : null
  const row = upsertOf(key, { ...own, document, lastUpdated: booking.last_updated }, changed)
  return holds === undefined ? row : { ...row, holds }
}

/** The row of a booking location with other calendars; none when they are the same. */
export const calendarUpserts = (
  place: StoredObject | undefined,
  calendars: readonly ocpi230.Calendar[],
  at: string,
): readonly Upsert[] => {
  if (!isLive(place)) return []
  const before = readPlace(place.document)
  if (before.calendars === calendars) return []
  const document = { ...place.document, calendars, last_updated: at }
  return [
    upsertOf(
      place.key,
      { ...own, document, lastUpdated: at },
      changedFieldsBetween(place.document, document),
    ),
  ]
}

/** What a booking claims, with the EVSE and tokens it has or would have. */
export const claimOf = (
  booking: Pick<ocpi230.Booking, 'location_id' | 'booking_option' | 'booking_tokens' | 'booking_terms'>,
  { owner, bookingLocationId }: Pick<Claim, 'owner' | 'bookingLocationId'>,
): Claim => ({
  owner: partyOf(owner.countryCode, owner.partyId),
  bookingLocationId,
  locationId: booking.location_id,
  evseUid: booking.booking_option?.evse_uid,
  tokens: booking.booking_tokens ?? [],
  overlapsAllowed: booking.booking_terms.overlapping_bookings_allowed === true,
})

/** Time of a place taken for a booking that may hold some of it already; the take says no when any of the rest is not free. */
export const claimTime = (
  calendars: readonly ocpi230.Calendar[],
  input: { readonly holds: readonly Hold[]; readonly claim: Claim; readonly span: Span },
  take: (calendars: readonly ocpi230.Calendar[], piece: Span) => Taking | string,
): { readonly holds: readonly Hold[]; readonly calendars: readonly ocpi230.Calendar[] } | string => {
  const places = placesOf(input.claim)
  let rest = calendars
  const taken: { span: Span; from: Taking['taken'] }[] = []
  for (const piece of missingAt(input.holds, places[0] ?? '', input.span)) {
    const taking = take(rest, piece)
    if (typeof taking === 'string') return taking
    rest = taking.calendars
    taken.push({ span: piece, from: taking.taken })
  }
  return { calendars: rest, holds: withClaim(input.holds, places, input.span, taken) }
}

/** What an own booking is changed with: its row, its holds, the key of its place. */
export interface Held {
  readonly key: ObjectKey
  readonly placeKey: ObjectKey
  /** What the booking held when it was read, and its `changedSeq` then: 0 when there was none. */
  readonly holds: readonly Hold[]
  readonly seenSeq: number
  readonly nowIso: string
}

/** Whether the booking changed after its holds were read: then they are read again. */
export const hasMoved = ({ key, seenSeq }: Held, read: ReadSet): boolean =>
  (read.get(key)?.changedSeq ?? 0) !== seenSeq

/** The booking as it is now, holding its period only or nothing, and what it let go given back to the calendar. */
export const settle = (
  held: Held,
  booking: ocpi230.Booking,
  keeps: 'period' | 'nothing',
  read: ReadSet,
): readonly Upsert[] => {
  const place = read.get(held.placeKey)
  const { bookingLocationId = '' } = askedIn(booking)
  const places = placesOf(claimOf(booking, { owner: held.key, bookingLocationId }))
  const span = keeps === 'period' ? spanOf(booking.period) : undefined
  const kept = keepOnly(held.holds, places, span)
  const holds = span === undefined ? kept : withClaim(kept, places, span)
  const existing = read.get(held.key)
  const row = bookingUpsert({ key: held.key, existing, booking, holds })
  if (!isLive(place)) return [row]
  const before = readPlace(place.document).calendars ?? []
  const calendars = released(before, held.holds, { after: holds, at: held.nowIso })
  return [row, ...(calendars === before ? [] : calendarUpserts(place, calendars, held.nowIso))]
}
