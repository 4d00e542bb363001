import { partyOf } from '@interwatt/protocol'
import type { BookingStore, Document, StoredObject } from '@interwatt/store'
import { isFinal, noShowAtMs } from '../modules/bookings/booking.rules.js'
import { readBooking } from '../modules/bookings/booking-identity.js'
import type { HeldDeps } from '../modules/bookings/held.js'
import { decideBooking } from './decide-booking.js'

/** Bookings ended in one go; the rest follows at the next tick. */
const AT_ONCE = 200

/** Session states that say that charging began. */
const BEGUN: readonly unknown[] = ['ACTIVE', 'COMPLETED']

/** A session that began under a booking makes it FULFILLED (BKG-050). */
export const fulfilBySession = async (deps: HeldDeps, session: Document): Promise<void> => {
  const { authorization_reference: reference, country_code: country, party_id: party } = session
  if (typeof reference !== 'string' || !BEGUN.includes(session.status)) return
  const owner = partyOf(String(country), String(party))
  for (const { key, document } of await deps.bookings.byReference(owner, reference)) {
    if (document.reservation_status === 'RESERVED') await decideBooking(deps, key, { kind: 'fulfil' })
  }
}

const wasUsed = async (bookings: BookingStore, { key, document }: StoredObject): Promise<boolean> => {
  const sessions = await bookings.sessionsByReference(key, String(document.authorization_reference))
  return sessions.some(({ document: session }) => BEGUN.includes(session.status))
}

const end = async (deps: HeldDeps, row: StoredObject): Promise<void> => {
  const booking = readBooking(row.document)
  if (isFinal(booking.reservation_status)) return
  if (booking.reservation_status === 'PENDING') {
    await decideBooking(deps, row.key, { kind: 'fail' })
    return
  }
  // A node that died after the session was stored has not told the booking.
  if (await wasUsed(deps.bookings, row)) await decideBooking(deps, row.key, { kind: 'fulfil' })
  else if (noShowAtMs(booking) <= deps.now()) await decideBooking(deps, row.key, { kind: 'no_show' })
}

/** Ends bookings whose time is up: nobody came (BKG-054), or nobody decided before they began. */
export const endOverdueBookings = async (deps: HeldDeps): Promise<void> => {
  const due = await deps.bookings.overdue(new Date(deps.now()).toISOString(), AT_ONCE)
  for (const row of due) await end(deps, row)
}
