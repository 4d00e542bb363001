import type { Statement } from '../../database/index.js'

export const selectRule: Statement = {
  name: 'rules/select-token-rule',
  text: `
select rule
from token_rules
where country_code = $1 and party_id = $2 and id = $3
`,
}
