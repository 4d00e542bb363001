import type { Statement } from '../../database/index.js'

/** Parameters: the columns in their order, whether it ends every profile that was set before. Writes nothing when what is stored is newer, or the same. */
export const upsertActiveProfile: Statement = {
  name: 'charging-profiles/upsert-active-profile',
  text: `
insert into active_profiles (country_code, party_id, session_key, session_id, partner_id, profile, start_at, updated_at, released_number)
values ($1, $2, $3, $4, $5, $6, $7, $8, case when $9::boolean then (select coalesce(max(number), 0) from profile_requests) else 0 end)
on conflict (country_code, party_id, session_key) do update set
  session_id = excluded.session_id, partner_id = excluded.partner_id, profile = excluded.profile,
  start_at = excluded.start_at, updated_at = excluded.updated_at,
  released_number = greatest(active_profiles.released_number, excluded.released_number)
where excluded.start_at >= active_profiles.start_at and excluded.profile is distinct from active_profiles.profile
`,
}
