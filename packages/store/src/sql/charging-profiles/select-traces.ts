import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session. One row for each Sender, type, state and result, the newest. */
export const selectTraces: Statement = {
  name: 'charging-profiles/select-traces',
  text: `
select distinct on (partner_id, partner_party, type, state, result)
  number, number <= coalesce((
    select released_number from active_profiles where country_code = $1 and party_id = $2 and session_key = $3
  ), 0) as released, partner_id, partner_party, type, state, result
from profile_requests
where country_code = $1 and party_id = $2 and session_key = $3 and direction = 'received'
order by partner_id, partner_party, type, state, result, number desc
`,
}
