import { foldCase, type ocpi230 } from '@interwatt/protocol'
import { NOT_ASSIGNED } from './holds.rules.js'
import { spanOf } from './spans.js'

type Booking = ocpi230.Booking

const MINUTE_MS = 60_000

/** Somebody who wants to charge: with which token, where, how and when. */
export interface Arrival {
  readonly token: {
    readonly countryCode?: string
    readonly partyId?: string
    readonly uid: string
    readonly type: string
  }
  /** Group of the token, where it is known. */
  readonly groupId?: string | undefined
  /** EVSEs it may be, folded; undefined for any of the location. */
  readonly evseUids?: readonly string[] | undefined
  /** A card at the charger, or START_SESSION. */
  readonly manner: 'local' | 'remote'
  readonly nowMs: number
}

/** What bookings say about an arrival; `none` leaves it to the rules for everybody. */
export type Access =
  | { readonly kind: 'booked'; readonly booking: Booking; readonly token: ocpi230.BookingToken }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'none' }

/** From when on the booked place may be used: an early start where terms allow it (BKG-053). */
const opensMs = ({ booking_terms: terms, period }: Booking): number => {
  const earlyMinutes = terms.early_start_allowed === true ? (terms.early_start_time ?? 0) : 0
  return spanOf(period).fromMs - earlyMinutes * MINUTE_MS
}

const isOpen = (booking: Booking, nowMs: number): boolean =>
  booking.reservation_status === 'RESERVED' &&
  opensMs(booking) <= nowMs &&
  nowMs < spanOf(booking.period).toMs

/** A token is country, party, uid and type; what else is told of it may differ (BKG-052). */
const isToken = (known: ocpi230.BookingToken, { token }: Arrival): boolean =>
  foldCase(known.uid) === foldCase(token.uid) &&
  foldCase(known.type) === foldCase(token.type) &&
  (token.countryCode === undefined || foldCase(known.country_code) === foldCase(token.countryCode)) &&
  (token.partyId === undefined || foldCase(known.party_id) === foldCase(token.partyId))

/** How the group of a token of a booking is found; undefined when it has none or is not known. */
export type GroupOf = (token: ocpi230.BookingToken) => string | undefined

/** The token of the booking that lets this arrival in: itself, or one of its group where terms allow (BKG-051). */
const tokenFor = (booking: Booking, arrival: Arrival, groupOf: GroupOf): ocpi230.BookingToken | undefined => {
  const tokens = booking.booking_tokens ?? []
  const own = tokens.find((token) => isToken(token, arrival))
  if (own !== undefined || booking.booking_terms.token_groups_supported !== true) return own
  return arrival.groupId === undefined
    ? undefined
    : tokens.find((token) => groupOf(token) === arrival.groupId)
}

const evseOf = (booking: Booking): string | undefined => {
  const uid = booking.booking_option?.evse_uid
  return uid === undefined || uid === NOT_ASSIGNED ? undefined : foldCase(uid)
}

const isThere = (booking: Booking, { evseUids }: Arrival): boolean => {
  const evse = evseOf(booking)
  return evse === undefined || evseUids === undefined || evseUids.includes(evse)
}

/** Whether the only EVSE of the arrival is the one this booking has, within its own period. */
const isTaken = (booking: Booking, { evseUids, nowMs }: Arrival): boolean => {
  const evse = evseOf(booking)
  const isIt = evse !== undefined && evseUids?.length === 1 && evseUids[0] === evse
  return isIt && spanOf(booking.period).fromMs <= nowMs && isOpen(booking, nowMs)
}

const objectToManner = ({ booking_terms: terms }: Booking, manner: Arrival['manner']): string | undefined => {
  if (manner === 'local') return undefined
  if (terms.rfid_auth_required === true) return 'This booking is started with its card at the charger.'
  return terms.remote_auth_supported === true ? undefined : 'This booking cannot be started remotely.'
}

/** EVSEs where nobody charges without a booking (BKG-063); `any` when a place names none. */
export interface Required {
  readonly evseUid: string | undefined
}

const needsBooking = (required: readonly Required[], { evseUids }: Arrival): boolean =>
  evseUids?.length === 1 &&
  required.some(({ evseUid }) => evseUid !== undefined && foldCase(evseUid) === evseUids[0])

/** Whether an arrival may charge because of a booking, must not because of one, or neither (BKG-050 to BKG-053, BKG-063). */
export const accessOf = (
  arrival: Arrival,
  place: {
    readonly bookings: readonly Booking[]
    readonly required: readonly Required[]
    readonly groupOf: GroupOf
  },
): Access => {
  const open = place.bookings.filter((booking) => isOpen(booking, arrival.nowMs))
  for (const booking of open) {
    const token = isThere(booking, arrival) ? tokenFor(booking, arrival, place.groupOf) : undefined
    if (token === undefined) continue
    const reason = objectToManner(booking, arrival.manner)
    return reason === undefined ? { kind: 'booked', booking, token } : { kind: 'refused', reason }
  }
  if (open.some((booking) => isTaken(booking, arrival)))
    return { kind: 'refused', reason: 'The EVSE is booked for somebody else.' }
  if (needsBooking(place.required, arrival))
    return { kind: 'refused', reason: 'This EVSE is for bookings only.' }
  return { kind: 'none' }
}
