/** The decision with the id $1. */
export const selectAuthorization = {
  name: 'select-authorization',
  text: `
select id, at, direction, partner_id as "partnerId", token_uid as "tokenUid", token_type as "tokenType",
  allowed, reason, duration_ms as "durationMs", authorization_reference as "authorizationReference",
  location_id as "locationId"
from authorizations
where id = $1`,
}
