import type { Statement } from '../../database/index.js'

export const insertToken: Statement = {
  name: 'partners/insert-partner-token',
  text: `
insert into partner_tokens (hash, partner_id, purpose, expires_at)
values ($1, $2, $3, $4)
on conflict (hash) do update set purpose = excluded.purpose, expires_at = excluded.expires_at
where partner_tokens.partner_id = excluded.partner_id
`,
}
