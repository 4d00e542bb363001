import type { Statement } from '../../database/index.js'

export const selectAwaitingByToken: Statement = {
  name: 'commands/select-awaiting-by-token',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = 'sent' and session_id is null and type in ('START_SESSION', 'RESERVE_NOW')
  and upper(request -> 'token' ->> 'uid') = upper($1) and created_at > now() - interval '1 day'
order by number desc
limit 20
`,
}
