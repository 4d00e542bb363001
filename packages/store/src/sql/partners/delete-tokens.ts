import type { Statement } from '../../database/index.js'

export const deleteTokens: Statement = {
  name: 'partners/delete-partner-tokens',
  text: `
delete from partner_tokens
where partner_id = $1
`,
}
