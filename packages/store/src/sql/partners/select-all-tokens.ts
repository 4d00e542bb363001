import type { Statement } from '../../database/index.js'

export const selectAllTokens: Statement = {
  name: 'partners/select-all-tokens',
  text: `
select hash, partner_id, purpose, expires_at
from partner_tokens
`,
}
