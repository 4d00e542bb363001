import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session, partner, its party, time since. */
export const countRecentRequests: Statement = {
  name: 'charging-profiles/count-recent-requests',
  text: `
select count(*)::int as count
from profile_requests
where country_code = $1 and party_id = $2 and session_key = $3 and direction = 'received'
  and partner_id = $4 and partner_party = $5 and created_at > $6
`,
}
