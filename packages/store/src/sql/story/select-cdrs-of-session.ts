import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live CDRs of the party $1, $2 that came after $3 and name the session $4 or the reference $5, both in upper case. */
export const selectCdrsOfSession: Statement = {
  name: 'story/select-cdrs-of-session',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'cdr' and o.country_code = $1 and o.party_id = $2 and o.created_seq > $3 and o.deleted_at is null
  and (upper(o.document ->> 'session_id') = $4 or upper(o.document ->> 'authorization_reference') = $5)
order by o.created_seq
limit 10
`,
}
