import type { Statement } from '../../database/index.js'
import { spreadOf } from './spread.js'

/** Ages at $4 of the statuses of EVSEs from partner $1, of the parties $2, $3; REMOVED ones have none. */
export const selectStatusAges: Statement = {
  name: 'scorecards/select-status-ages',
  text: `
select ${spreadOf('age')}, count(*) filter (where age > 86400)::float8 as "olderThanDay"
from (
  select greatest(extract(epoch from $4::timestamptz - e.last_updated), 0)::float8 as age
  from unnest($2::text[], $3::text[]) as p (country_code, party_id)
  join objects e on e.kind = 'evse' and e.country_code = p.country_code and e.party_id = p.party_id
  where e.received_from = $1 and e.deleted_at is null and e.document ->> 'status' is distinct from 'REMOVED'
) ages
`,
}
