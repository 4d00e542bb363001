import type { Statement } from '../../database/index.js'

export const deleteRule: Statement = {
  name: 'rules/delete-token-rule',
  text: `
delete from token_rules
where country_code = $1 and party_id = $2 and id = $3
`,
}
