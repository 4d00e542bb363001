import type { Statement } from '../../database/index.js'
import { bookingColumns } from './booking-columns.js'

/** Kind, country, party, reference in upper case; own objects. */
export const selectByReference: Statement = {
  name: 'bookings/select-by-reference',
  text: `
select ${bookingColumns}
from objects
where kind = $1 and received_from is null and country_code = $2 and party_id = $3
  and upper((document ->> 'authorization_reference') collate "C") = $4
order by created_seq
`,
}
