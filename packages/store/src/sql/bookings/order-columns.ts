/** Columns of an order. */
export const orderColumns = `id, request_id, partner_id, country_code, party_id, request, state, message, booking_id, attempts,
  created_at, tried_at, finished_at, decide_by`
