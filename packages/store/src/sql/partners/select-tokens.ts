import type { Statement } from '../../database/index.js'

export const selectTokens: Statement = {
  name: 'partners/select-partner-tokens',
  text: `
select hash, partner_id, purpose, expires_at
from partner_tokens
where partner_id = $1
`,
}
