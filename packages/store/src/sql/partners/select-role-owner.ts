import type { Statement } from '../../database/index.js'

export const selectRoleOwner: Statement = {
  name: 'partners/select-role-owner',
  text: `
select id
from partners
where status in ('REGISTERED', 'UPDATING', 'SUSPENDED')
  and roles @> $1::jsonb
  and (own is null or $2::jsonb is null or own = $2::jsonb)
limit 1
`,
}
