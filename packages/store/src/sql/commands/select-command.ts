import type { Statement } from '../../database/index.js'

export const selectCommand: Statement = {
  name: 'commands/select-command',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where id = $1
`,
}
