/** The last $1 decisions, newest first. */
export const selectAuthorizations = {
  name: 'select-authorizations',
  text: `
select id, at, direction, partner_id as "partnerId", token_uid as "tokenUid", token_type as "tokenType",
  allowed, reason, duration_ms as "durationMs", authorization_reference as "authorizationReference",
  location_id as "locationId"
from authorizations
order by at desc, id desc
limit $1`,
}
