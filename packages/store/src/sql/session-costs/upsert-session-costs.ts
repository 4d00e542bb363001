import type { Statement } from '../../database/index.js'

/** Parameters: key parts, updates and costs as arrays of one length, then the time. */
export const upsertSessionCosts: Statement = {
  name: 'session-costs/upsert',
  text: `
insert into session_costs (country_code, party_id, session_key, changed_seq, priced_at, cost)
select country_code, party_id, session_key, changed_seq, $6, cost
from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::jsonb[])
  as priced (country_code, party_id, session_key, changed_seq, cost)
on conflict (country_code, party_id, session_key) do update set
  changed_seq = excluded.changed_seq, priced_at = excluded.priced_at, cost = excluded.cost
`,
}
