import type { Statement } from '../../database/index.js'

/** Commands sent with the authorization reference $1, compared without case. */
export const selectSentByReference: Statement = {
  name: 'commands/select-sent-by-reference',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = 'sent' and upper(request ->> 'authorization_reference') = upper($1)
order by number desc
limit 20
`,
}
