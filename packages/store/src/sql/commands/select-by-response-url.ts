import type { Statement } from '../../database/index.js'

export const selectByResponseUrl: Statement = {
  name: 'commands/select-command-by-response-url',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = 'received' and partner_id = $1 and response_url = $2 and created_at > $3
order by number desc
limit 1
`,
}
