import type { Statement } from '../../database/index.js'

/** Parameters: partner, profile. */
export const upsertProfile: Statement = {
  name: 'profiles/upsert-profile',
  text: `
insert into partner_profiles (partner_id, profile)
select id, $2::jsonb
from partners
where id = $1
on conflict (partner_id) do update set profile = excluded.profile
`,
}
