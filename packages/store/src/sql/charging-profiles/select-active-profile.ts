import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session. */
export const selectActiveProfile: Statement = {
  name: 'charging-profiles/select-active-profile',
  text: `
select country_code, party_id, session_key, session_id, partner_id, profile, start_at, updated_at
from active_profiles
where country_code = $1 and party_id = $2 and session_key = $3
`,
}
