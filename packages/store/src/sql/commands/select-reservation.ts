import type { Statement } from '../../database/index.js'

export const selectReservation: Statement = {
  name: 'commands/select-reservation',
  text: `
select id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
from commands
where direction = $1 and type = 'RESERVE_NOW' and upper(request ->> 'reservation_id') = $2
order by number desc
limit 20
`,
}
