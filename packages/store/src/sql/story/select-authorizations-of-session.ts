import type { Statement } from '../../database/index.js'

/** Decisions with the reference $1, or on one of the spellings $2 of a token uid from $3 to $4. */
export const selectAuthorizationsOfSession: Statement = {
  name: 'story/select-authorizations-of-session',
  text: `
select id, at, direction, partner_id as "partnerId", token_uid as "tokenUid", token_type as "tokenType",
  allowed, reason, duration_ms as "durationMs", authorization_reference as "authorizationReference",
  location_id as "locationId"
from authorizations
where authorization_reference = $1
  or token_uid = any ($2::text[]) and at >= $3::timestamptz and at <= $4::timestamptz
    and (authorization_reference is null or $1::text is null)
order by at, id
limit 20
`,
}
