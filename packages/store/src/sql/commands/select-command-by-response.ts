import type { Statement } from '../../database/index.js'

export const selectCommandByResponse: Statement = {
  name: 'commands/select-command-by-response',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where response_token_hash = $1
`,
}
