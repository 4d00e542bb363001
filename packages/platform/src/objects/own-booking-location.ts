import { ocpi230, parseDocument } from '@interwatt/protocol'
import type { BookingStore, Hold, ObjectKey, ReadSet } from '@interwatt/store'
import { calendarFaults, withoutHeld } from '../modules/bookings/calendar.rules.js'
import { bookingPlace, spanOfHold } from '../modules/bookings/holds.rules.js'
import { upsertOf } from '../modules/incoming.js'
import { isLive, type Planned } from '../modules/plan-write.js'
import { keySegments } from './own-objects.js'

/** What is held of an own booking location from now on. */
export const heldOf = (bookings: BookingStore, key: ObjectKey, nowIso: string): Promise<readonly Hold[]> =>
  bookings.holdsOn([bookingPlace(key, keySegments(key)[0] ?? '')], nowIso)

/**
 * The planned booking location as it may be published: its calendars are in order (BKG-017, BKG-018), and without the
 * time that bookings hold, whatever the back end wrote.
 */
export const publishable = (planned: Planned, held: readonly Hold[]): Planned => {
  const [upsert] = planned.upserts
  const parsed = upsert && parseDocument(ocpi230.BookingLocation, upsert.document, 'whole')
  if (upsert === undefined || !parsed?.ok) return planned
  const { calendars } = parsed.value
  if (calendars === undefined) return planned
  const findings = calendarFaults(calendars).map(
    (message) =>
      ({ pointer: '/calendars', code: 'rule_broken', message, rule: 'BKG-017', severity: 'error' }) as const,
  )
  if (findings.length > 0) return { upserts: [], result: { kind: 'invalid', findings } }
  const free = withoutHeld(calendars, held.map(spanOfHold))
  return { ...planned, upserts: [{ ...upsert, document: { ...upsert.document, calendars: free } }] }
}

/** A booking location that is no more: told with a last PUT without calendars, and in no list after that (BKG-016). */
export const planWithdrawPlace = (key: ObjectKey, nowIso: string, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing)) return { upserts: [], result: { kind: 'unknown_object' } }
  const document = { ...existing.document, calendars: [], last_updated: nowIso }
  const upsert = upsertOf(key, { ...existing, document, lastUpdated: nowIso }, null)
  return { upserts: [{ ...upsert, deleted: true }], result: { kind: 'updated' } }
}
