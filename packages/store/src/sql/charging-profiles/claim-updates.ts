import type { Statement } from '../../database/index.js'

/** Parameters: time, end of the lease, limit. */
export const claimUpdates: Statement = {
  name: 'charging-profiles/claim-updates',
  text: `
update profile_updates set due_at = $2
where (country_code, party_id, session_key, partner_id, partner_party) in (
  select country_code, party_id, session_key, partner_id, partner_party
  from profile_updates
  where due_at <= $1
  order by due_at
  limit $3
  for update skip locked
)
returning country_code, party_id, session_key, partner_id, partner_party, failures
`,
}
