import type { Statement } from '../../database/index.js'

/** Drops holds that ended before $1. */
export const deleteOldHolds: Statement = {
  name: 'bookings/delete-old-holds',
  text: `
delete from booking_holds where upper(period) < $1::timestamptz
`,
}
