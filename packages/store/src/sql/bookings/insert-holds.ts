import type { Statement } from '../../database/index.js'

/** Holds $1 as JSON. Fails with an exclusion violation when a place is held already. */
export const insertHolds: Statement = {
  name: 'bookings/insert-holds',
  text: `
insert into booking_holds (country_code, party_id, booking_id, place, period, calendar)
select country_code, party_id, booking_id, place, tstzrange(starts, ends), calendar
from json_to_recordset($1::json) as incoming (
  country_code text, party_id text, booking_id text, place text, starts timestamptz, ends timestamptz, calendar jsonb
)
`,
}
