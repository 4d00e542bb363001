import type { Statement } from '../../database/index.js'

export const deleteToken: Statement = {
  name: 'partners/delete-partner-token',
  text: `
delete from partner_tokens
where hash = $1
`,
}
