/** Tokens of the driver $1, the oldest first. */
export const selectDriverTokens = {
  name: 'select-driver-tokens',
  text: `
select country_code as "countryCode", party_id as "partyId", uid, type, label, added_at as "addedAt", blocked_at as "blockedAt"
from driver_tokens
where driver_id = $1
order by added_at, uid`,
}
