import type { Statement } from '../../database/index.js'

/** Drops finished orders created before $1. */
export const deleteOldOrders: Statement = {
  name: 'bookings/delete-old-orders',
  text: `
delete from booking_orders where created_at < $1::timestamptz and finished_at is not null
`,
}
