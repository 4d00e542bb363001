import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

/** Orders whose time to be decided ended by $1; nobody else takes them before $2. At most $3. */
export const takeUndecided: Statement = {
  name: 'bookings/take-undecided',
  text: `
update booking_orders set decide_by = $2
where id in (
  select id from booking_orders
  where decide_by <= $1
  order by decide_by
  limit $3
  for update skip locked
)
returning ${orderColumns}
`,
}
