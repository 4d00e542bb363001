import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session, partners, their parties, time due. What was waiting begins anew. */
export const upsertUpdates: Statement = {
  name: 'charging-profiles/upsert-updates',
  text: `
insert into profile_updates (country_code, party_id, session_key, partner_id, partner_party, due_at)
select $1, $2, $3, listener.partner_id, listener.party, $6
from unnest($4::text[], $5::text[]) as listener (partner_id, party)
on conflict (country_code, party_id, session_key, partner_id, partner_party) do update set
  due_at = excluded.due_at, failures = 0
`,
}
