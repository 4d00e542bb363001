import type { Statement } from '../../database/index.js'
import { bookingColumns } from './booking-columns.js'

/** Own bookings that are to be ended by $1, at most $2; an index narrows them to those still open. */
export const selectOverdueBookings: Statement = {
  name: 'bookings/select-overdue-bookings',
  text: `
select ${bookingColumns}
from objects
cross join lateral (
  select (document -> 'period' ->> 'start_date_time')::timestamptz as starts,
    (document -> 'period' ->> 'end_date_time')::timestamptz as ends,
    (document -> 'booking_terms' ->> 'noshow_timeout')::numeric as minutes
) times
cross join lateral (
  select case
    when document ->> 'reservation_status' = 'PENDING' then starts
    when minutes is null then ends
    else starts + least(minutes, 1000000)::float8 * interval '1 minute'
  end as ending
) due
where kind = 'booking' and received_from is null and document ->> 'reservation_status' in ('PENDING', 'RESERVED')
  and ending <= $1::timestamptz
order by ending, created_seq
limit $2
`,
}
