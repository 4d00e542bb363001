import type { Statement } from '../../database/index.js'

/** Stores statuses $1, a JSON list. The commit does not wait for the disk. */
export const insertStatuses: Statement = {
  name: 'statuses/insert-statuses',
  text: `
with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
insert into evse_statuses (arrived_at, country_code, party_id, id, status, before, last_updated, received_from)
select arrived_at, country_code, party_id, id, status, before, last_updated, received_from
from relaxed cross join json_to_recordset($1::json) as incoming (
  arrived_at timestamptz(3), country_code text, party_id text, id text, status text, before text,
  last_updated timestamptz(3), received_from text
)
`,
}
