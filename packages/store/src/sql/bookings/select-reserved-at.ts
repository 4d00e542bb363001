import type { Statement } from '../../database/index.js'
import { bookingColumns } from './booking-columns.js'

/** Country, party, location id in upper case. */
export const selectReservedAt: Statement = {
  name: 'bookings/select-reserved-at',
  text: `
select ${bookingColumns}
from objects
where kind = 'booking' and received_from is null and document ->> 'reservation_status' = 'RESERVED'
  and country_code = $1 and party_id = $2 and upper((document ->> 'location_id') collate "C") = $3
order by created_seq
`,
}
