import type { Statement } from '../../database/index.js'

export const insertOrder: Statement = {
  name: 'bookings/insert-order',
  text: `
insert into booking_orders (id, request_id, partner_id, country_code, party_id, request, state, message, booking_id, attempts,
  created_at, tried_at, finished_at, decide_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
`,
}
