import type { Statement } from '../../database/index.js'

export const selectPartnerOfToken: Statement = {
  name: 'partners/select-partner-of-token',
  text: `
select p.*, t.hash, t.partner_id, t.purpose, t.expires_at
from partner_tokens t
join partners p on p.id = t.partner_id
where t.hash = $1 and (t.expires_at is null or t.expires_at > now())
`,
}
