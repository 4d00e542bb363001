import type { Statement } from '../../database/index.js'

export const updateTokenEncoding: Statement = {
  name: 'partners/update-token-encoding',
  text: `
update partners set token_encoding = $2
where id = $1 and token_encoding is distinct from $2
`,
}
