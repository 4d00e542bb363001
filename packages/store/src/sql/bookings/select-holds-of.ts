import type { Statement } from '../../database/index.js'

/** Country, party and key of a booking. */
export const selectHoldsOf: Statement = {
  name: 'bookings/select-holds-of',
  text: `
select place, lower(period) as starts, upper(period) as ends, calendar
from booking_holds
where country_code = $1 and party_id = $2 and booking_id = $3
order by place, lower(period)
`,
}
