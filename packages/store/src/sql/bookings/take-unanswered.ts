import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

/** Last tried before $1, now $2, limit $3. */
export const takeUnanswered: Statement = {
  name: 'bookings/take-unanswered',
  text: `
update booking_orders set tried_at = $2, attempts = attempts + 1
where id in (
  select id from booking_orders
  where state = 'SENDING' and tried_at < $1
  order by tried_at
  limit $3
  for update skip locked
)
returning ${orderColumns}
`,
}
