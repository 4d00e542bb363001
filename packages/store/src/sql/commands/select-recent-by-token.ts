import type { Statement } from '../../database/index.js'

export const selectRecentByToken: Statement = {
  name: 'commands/select-recent-by-token',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = 'received' and type in ('START_SESSION', 'RESERVE_NOW') and state in ('ACCEPTED', 'DONE')
  and upper(request -> 'token' ->> 'uid') = upper($1) and created_at > $2
order by number desc
limit 20
`,
}
