import type { Statement } from '../../database/index.js'

/** Parameters: a partner, its roles, its end of ours. Another partner that has one of the roles registered. */
export const selectRoleRival: Statement = {
  name: 'partners/select-role-rival',
  text: `
select p.id
from partners p
where p.id <> $1 and p.status in ('REGISTERED', 'UPDATING', 'SUSPENDED')
  and exists (
    select from jsonb_array_elements($2::jsonb) r
    where p.roles @> jsonb_build_array(jsonb_build_object('role', r -> 'role', 'party', r -> 'party'))
  )
  and (p.own is null or $3::jsonb is null or p.own = $3::jsonb)
limit 1
`,
}
