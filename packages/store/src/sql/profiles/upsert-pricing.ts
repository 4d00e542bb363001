import type { Statement } from '../../database/index.js'

/** Parameters: partner, how its CDRs are checked. What else was agreed stays. */
export const upsertPricing: Statement = {
  name: 'profiles/upsert-pricing',
  text: `
insert into partner_profiles (partner_id, profile)
select id, jsonb_build_object('accepts', '{}'::jsonb, 'sends', '{}'::jsonb, 'pricing', $2::jsonb)
from partners
where id = $1
on conflict (partner_id) do update set
  profile = partner_profiles.profile || jsonb_build_object('pricing', $2::jsonb)
`,
}
