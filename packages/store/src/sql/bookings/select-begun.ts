import type { Statement } from '../../database/index.js'
import { bookingColumns } from './booking-columns.js'

/** Own bookings still open although they began before $1, at most $2. */
export const selectBegun: Statement = {
  name: 'bookings/select-begun',
  text: `
select ${bookingColumns}
from objects
where kind = 'booking' and received_from is null and document ->> 'reservation_status' in ('PENDING', 'RESERVED')
  and (document -> 'period' ->> 'start_date_time')::timestamptz < $1::timestamptz
order by (document -> 'period' ->> 'start_date_time')::timestamptz, created_seq
limit $2
`,
}
