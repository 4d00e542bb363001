import type { Statement } from '../../database/index.js'

/** Commands about session $1 or with the authorization reference $2, both in upper case. */
export const selectCommandsOfSession: Statement = {
  name: 'story/select-commands-of-session',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where upper(session_id) = $1 and session_id is not null
  or upper(request ->> 'session_id') = $1 and request ->> 'session_id' is not null
  or upper(request ->> 'authorization_reference') = $2 and request ->> 'authorization_reference' is not null
order by created_at, number
limit 50
`,
}
