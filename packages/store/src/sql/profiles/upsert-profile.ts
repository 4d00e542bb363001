import type { Statement } from '../../database/index.js'

/** Parameters: partner, profile. How its CDRs are checked is agreed apart from it and stays. */
export const upsertProfile: Statement = {
  name: 'profiles/upsert-profile',
  text: `
insert into partner_profiles (partner_id, profile)
select id, $2::jsonb - 'pricing'
from partners
where id = $1
on conflict (partner_id) do update set
  profile = excluded.profile || case
    when partner_profiles.profile ? 'pricing'
      then jsonb_build_object('pricing', partner_profiles.profile -> 'pricing')
    else '{}'::jsonb
  end
`,
}
