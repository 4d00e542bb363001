import { foldCase, ocpi230, type PartyId, parseDocument, partyLabel } from '@interwatt/protocol'
import type { Hold } from '@interwatt/store'
import { giveBack, partsIn, type Taken } from './calendar.rules.js'
import { overlapOf, type Span, without } from './spans.js'

/** An EVSE that is not chosen yet is written so. */
export const NOT_ASSIGNED = '#NA'

/** The text of a booking location as a place that is held. */
export const bookingPlace = (owner: PartyId, bookingLocationId: string): string =>
  foldCase(`${partyLabel(owner)}/booking_location/${bookingLocationId}`)

/** The text of an EVSE as a place that is held. */
export const evsePlace = (owner: PartyId, locationId: string, evseUid: string): string =>
  foldCase(`${partyLabel(owner)}/evse/${locationId}/${evseUid}`)

/** A token keeps its driver from two bookings at one time where terms do not allow it (BKG-060). */
const tokenPlace = (owner: PartyId, token: ocpi230.BookingToken): string =>
  foldCase(`${partyLabel(owner)}/token/${token.country_code}*${token.party_id}/${token.type}/${token.uid}`)

/** What a booking is for, as far as places are concerned. */
export interface Claim {
  readonly owner: PartyId
  readonly bookingLocationId: string
  readonly locationId: string
  readonly evseUid: string | undefined
  readonly tokens: readonly ocpi230.BookingToken[]
  readonly overlapsAllowed: boolean
}

/** Every place a booking keeps for itself: the booking location, its EVSE once it has one, and its tokens. */
export const placesOf = (claim: Claim): readonly string[] => {
  const { owner, evseUid } = claim
  const evse =
    evseUid === undefined || evseUid === NOT_ASSIGNED ? [] : [evsePlace(owner, claim.locationId, evseUid)]
  const tokens = claim.overlapsAllowed ? [] : claim.tokens.map((token) => tokenPlace(owner, token))
  return [...new Set([bookingPlace(owner, claim.bookingLocationId), ...evse, ...tokens])]
}

/** The span of a hold. */
export const spanOfHold = ({ from, to }: Hold): Span => ({ fromMs: Date.parse(from), toMs: Date.parse(to) })

const holdOn = (place: string, span: Span, calendar: Hold['calendar']): Hold => ({
  place,
  from: new Date(span.fromMs).toISOString(),
  to: new Date(span.toMs).toISOString(),
  calendar,
})

/** Parts of a span that are not held at a place yet. */
export const missingAt = (holds: readonly Hold[], place: string, span: Span): readonly Span[] =>
  without(span, holds.filter((hold) => hold.place === place).map(spanOfHold))

/** Holds with those added that are missing for a span; `taken` is what came out of calendars for it. */
export const withClaim = (
  holds: readonly Hold[],
  places: readonly string[],
  span: Span,
  taken: readonly { readonly span: Span; readonly from: Taken }[] = [],
): readonly Hold[] => {
  const [first] = places
  const added = places.flatMap((place) =>
    missingAt(holds, place, span).map((piece) => {
      const source = place === first ? taken.find((each) => overlapOf(each.span, piece)) : undefined
      return holdOn(place, piece, source === undefined ? null : { ...source.from })
    }),
  )
  return [...holds, ...added]
}

const takenOf = (hold: Hold): Taken | undefined => {
  const parsed = hold.calendar && parseDocument(ocpi230.Calendar, hold.calendar, 'whole')
  return parsed?.ok ? parsed.value : undefined
}

const cutTo = (hold: Hold, span: Span): Hold => {
  const taken = takenOf(hold)
  const calendar = taken && {
    ...taken,
    available_timeslots: [...partsIn(taken.available_timeslots ?? [], span)],
  }
  return holdOn(hold.place, span, calendar ?? null)
}

/** What is left of holds when only these places are kept, for this span; nothing without a span. */
export const keepOnly = (
  holds: readonly Hold[],
  places: readonly string[],
  span: Span | undefined,
): readonly Hold[] =>
  holds.flatMap((hold) => {
    const kept = span && places.includes(hold.place) ? overlapOf(spanOfHold(hold), span) : undefined
    return kept === undefined ? [] : [cutTo(hold, kept)]
  })

/** Calendars with the time given back that was held and no longer is; what is past stays gone. */
export const released = (
  calendars: readonly ocpi230.Calendar[],
  before: readonly Hold[],
  { after, at }: { readonly after: readonly Hold[]; readonly at: string },
): readonly ocpi230.Calendar[] => {
  const future: Span = { fromMs: Date.parse(at), toMs: Number.MAX_SAFE_INTEGER }
  const free = before.flatMap((hold) => {
    const keeps = after.filter(({ place }) => place === hold.place).map(spanOfHold)
    return without(spanOfHold(hold), keeps).flatMap((piece) => {
      const ahead = overlapOf(piece, future)
      return ahead === undefined ? [] : [cutTo(hold, ahead)]
    })
  })
  return free.reduce((rest, hold) => {
    const taken = takenOf(hold)
    return taken === undefined ? rest : giveBack(rest, taken, at)
  }, calendars)
}
