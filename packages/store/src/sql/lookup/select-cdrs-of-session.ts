import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live CDRs of the party $1, $2 about the session $3, which is in upper case. */
export const selectCdrsOfSession: Statement = {
  name: 'lookup/select-cdrs-of-session',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'cdr' and o.country_code = $1 and o.party_id = $2
  and upper((o.document ->> 'session_id') collate "C") = $3 and o.deleted_at is null
order by o.created_seq
limit 100
`,
}
