import type { Statement } from '../../database/index.js'

export const updateCommand: Statement = {
  name: 'commands/update-command',
  text: `
update commands set
  state = coalesce($3, state), response = coalesce($4, response), result = coalesce($5, result),
  message = coalesce($6, message), deadline = coalesce($7, deadline), session_id = coalesce($8, session_id),
  finished_at = coalesce($9, finished_at)
where id = $1 and state = any($2)
returning id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party
`,
}
