import type { Statement } from '../../database/index.js'

export const selectOverdue: Statement = {
  name: 'commands/select-overdue-commands',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where state in ('PENDING', 'ACCEPTED') and deadline < $1
order by deadline
limit $2
`,
}
