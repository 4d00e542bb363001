import type { Statement } from '../../database/index.js'

/** Parallel lists of country, party and booking key. */
export const deleteHolds: Statement = {
  name: 'bookings/delete-holds',
  text: `
delete from booking_holds
where (country_code, party_id, booking_id) in (select * from unnest($1::text[], $2::text[], $3::text[]))
`,
}
