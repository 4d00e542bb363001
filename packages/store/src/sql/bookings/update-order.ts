import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

/** Id; then state, message, booking, times: null leaves a field as it is. */
export const updateOrder: Statement = {
  name: 'bookings/update-order',
  text: `
update booking_orders set
  state = coalesce($2, state), message = coalesce($3, message), booking_id = coalesce($4, booking_id),
  tried_at = coalesce($5, tried_at), finished_at = coalesce($6, finished_at),
  decide_by = coalesce($7, decide_by)
where id = $1 and state = 'SENDING'
returning ${orderColumns}
`,
}
