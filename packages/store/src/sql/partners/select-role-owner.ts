import type { Statement } from '../../database/index.js'

export const selectRoleOwner: Statement = {
  name: 'partners/select-role-owner',
  text: `
select id
from partners
where status in ('REGISTERED', 'UPDATING', 'SUSPENDED')
  and roles @> $1::jsonb
limit 1
`,
}
