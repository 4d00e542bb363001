/** Columns of a request, in the order of the port. */
export const requestColumns = `id, direction, type, partner_id, partner_party, country_code, party_id, session_key, session_id, request,
  response_url, response_token_hash, state, response, result, profile, message, deadline, correlation_id, created_at, finished_at`
