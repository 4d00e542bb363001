import type { Queryable } from '../database/index.js'
import type { Hold, ObjectKey } from '../ports/objects.js'
import { deleteHolds } from '../sql/bookings/delete-holds.js'
import { insertHolds } from '../sql/bookings/insert-holds.js'

/** Lets go what bookings held and takes what they hold now; fails when others hold any of it. */
export const replaceHolds = async (
  tx: Queryable,
  bookings: readonly { readonly key: ObjectKey; readonly holds: readonly Hold[] }[],
): Promise<void> => {
  const keys = bookings.map(({ key }) => key)
  await tx.query(deleteHolds, [
    keys.map(({ countryCode }) => countryCode),
    keys.map(({ partyId }) => partyId),
    keys.map(({ id }) => id),
  ])
  const rows = bookings.flatMap(({ key, holds }) =>
    holds.map(({ place, from, to, calendar }) => ({
      country_code: key.countryCode,
      party_id: key.partyId,
      booking_id: key.id,
      place,
      starts: from,
      ends: to,
      calendar,
    })),
  )
  if (rows.length > 0) await tx.query(insertHolds, [JSON.stringify(rows)])
}
