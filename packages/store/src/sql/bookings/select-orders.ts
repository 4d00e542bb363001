import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

/** Request id (null: all), id of the last one seen (null: from the newest), limit. */
export const selectOrders: Statement = {
  name: 'bookings/select-orders',
  text: `
select ${orderColumns}
from booking_orders
where ($1::text is null or request_id = $1)
  and ($2::text is null or (created_at, id) < (select seen.created_at, seen.id from booking_orders seen where seen.id = $2))
order by created_at desc, id desc
limit $3
`,
}
