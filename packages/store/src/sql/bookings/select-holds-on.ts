import type { Statement } from '../../database/index.js'

/** Places, and the time after which holds count. */
export const selectHoldsOn: Statement = {
  name: 'bookings/select-holds-on',
  text: `
select place, lower(period) as starts, upper(period) as ends, calendar
from booking_holds
where place = any ($1::text[]) and upper(period) > $2::timestamptz
order by place, lower(period)
`,
}
