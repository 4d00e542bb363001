import type { Statement } from '../../database/index.js'
import { orderColumns } from './order-columns.js'

export const selectOrder: Statement = {
  name: 'bookings/select-order',
  text: `
select ${orderColumns}
from booking_orders
where id = $1
`,
}
