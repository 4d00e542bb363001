import type { Statement } from '../../database/index.js'

export const insertCommand: Statement = {
  name: 'commands/insert-command',
  text: `
insert into commands (id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
`,
}
