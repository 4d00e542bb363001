import type { Statement } from '../../database/index.js'

export const selectAwaitingByReference: Statement = {
  name: 'commands/select-awaiting-by-reference',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = 'sent' and session_id is null and request ->> 'authorization_reference' = $1
order by number desc
limit 20
`,
}
