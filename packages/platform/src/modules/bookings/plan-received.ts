import {
  applyPatch,
  changedFieldsBetween,
  contentEquals,
  foldCase,
  isJsonObject,
  laterOf,
  ocpi230,
} from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet } from '@interwatt/store'
import { effectiveInstant, type Incoming, type Origin, upsertOf } from '../incoming.js'
import { isLive, type Planned, planPatch, planPut, type Verdict } from '../plan-write.js'
import { asDocument } from '../serving.js'
import { isFinal } from './booking.rules.js'

const nothing = (result: Verdict): Planned => ({ upserts: [], result })

const statusIn = (document: Document): ocpi230.ReservationStatus | undefined =>
  ocpi230.ReservationStatus.values.find((status) => status === document.reservation_status)

/** A booking does not come back from a final state; such a message is acknowledged and ignored (BKG-035, BKG-037). */
const unlessFinal = (key: ObjectKey, planned: Planned, read: ReadSet): Planned => {
  const existing = read.get(key)
  const before = isLive(existing) ? statusIn(existing.document) : undefined
  const [upsert] = planned.upserts
  if (before === undefined || upsert === undefined || !isFinal(before)) return planned
  return statusIn(upsert.document) === before ? planned : nothing({ kind: 'stale' })
}

/** A whole booking from its CPO. */
export const planReceivedBooking = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned =>
  unlessFinal(key, planPut(key, incoming, read), read)

/** Some fields of a booking from its CPO. */
export const planBookingPatch = (
  key: ObjectKey,
  received: Document,
  origin: Origin,
  read: ReadSet,
): Planned => unlessFinal(key, planPatch('booking', key, received, origin, read), read)

const calendarsOf = (place: Document): readonly Document[] =>
  Array.isArray(place.calendars) ? place.calendars.filter(isJsonObject).map(asDocument) : []

const sameId = (calendar: Document, id: string): boolean =>
  typeof calendar.id === 'string' && foldCase(calendar.id) === foldCase(id)

/** A calendar of a stored booking location. */
export const calendarIn = (place: Document, id: string): Document | undefined =>
  calendarsOf(place).find((calendar) => sameId(calendar, id))

const isOlder = (calendar: Document | undefined, received: Document, nowMs: number): boolean =>
  calendar !== undefined &&
  effectiveInstant(received.last_updated, nowMs) < effectiveInstant(calendar.last_updated, nowMs)

/**
 * A calendar of a booking location, whole or some fields of it; the booking location takes its `last_updated` (BKG-011).
 * An unknown booking location is 404 (BKG-013).
 */
export const planCalendar = (
  place: ObjectKey,
  change: { readonly id: string; readonly received: Document; readonly form: 'whole' | 'patch' },
  origin: Origin,
  read: ReadSet,
): Planned => {
  const existing = read.get(place)
  if (!isLive(existing)) return nothing({ kind: 'unknown_parent' })
  const known = calendarIn(existing.document, change.id)
  if (known === undefined && change.form === 'patch') return nothing({ kind: 'unknown_object' })
  if (isOlder(known, change.received, origin.nowMs)) return nothing({ kind: 'stale' })
  const patched =
    change.form === 'patch' && known ? applyPatch('calendar', known, change.received) : undefined
  if (patched !== undefined && 'findings' in patched)
    return nothing({ kind: 'invalid', findings: patched.findings })
  const calendar = patched === undefined ? change.received : asDocument(patched.document)
  const before = calendarsOf(existing.document)
  const calendars =
    known === undefined ? [...before, calendar] : before.map((each) => (each === known ? calendar : each))
  const last_updated = laterOf(String(existing.document.last_updated), String(calendar.last_updated))
  const document = { ...existing.document, calendars, last_updated }
  if (contentEquals(document, existing.document)) return nothing({ kind: 'updated' })
  const incoming: Incoming = {
    document,
    unmapped: existing.unmapped,
    versionIn: existing.versionIn,
    receivedFrom: origin.receivedFrom,
    lastUpdated: effectiveInstant(last_updated, origin.nowMs),
  }
  const changed = changedFieldsBetween(existing.document, document)
  const kind = known === undefined ? 'created' : 'updated'
  return { upserts: [upsertOf(place, incoming, changed)], result: { kind } }
}
