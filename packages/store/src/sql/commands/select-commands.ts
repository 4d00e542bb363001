import type { Statement } from '../../database/index.js'

export const selectCommands: Statement = {
  name: 'commands/select-commands',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where ($1::text is null or state = $1)
  and ($2::text is null or direction = $2)
  and ($3::text is null or number < (select number from commands where id = $3))
order by number desc
limit $4
`,
}
