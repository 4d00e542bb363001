import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

/** Order $1 waits for no decision any more; $2 says why, null leaves its message. */
export const settleOrder: Statement = {
  name: 'bookings/settle-order',
  text: `
update booking_orders set decide_by = null, message = coalesce($2, message)
where id = $1
returning ${orderColumns}
`,
}
