import type { Statement } from '../../database/index.js'

/**
 * Parameters: those of `insert-command`, then a time. Inserts nothing when the partner sent the same since then. Runs under the
 * write lock, so that nobody else does so at the same moment.
 */
export const insertReceivedCommand: Statement = {
  name: 'commands/insert-received-command',
  text: `
insert into commands (id, direction, type, partner_id, party, request, response_url, response_token_hash, state, response, result, message,
  deadline, session_id, correlation_id, created_at, finished_at, partner_party)
select $1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
where not exists (
  select from commands
  where direction = 'received' and partner_id = $4 and response_url = $7 and type = $3 and request = $6::jsonb
    and created_at > $19
)
`,
}
