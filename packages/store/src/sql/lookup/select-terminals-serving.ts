import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live terminals of the provider $1, $2 that serve the location $3 or the EVSE $4, both in upper case (PAY-010). */
export const selectTerminalsServing: Statement = {
  name: 'lookup/select-terminals-serving',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'terminal' and o.country_code = $1 and o.party_id = $2 and o.deleted_at is null
  and (
    exists (select from jsonb_path_query(o.document, 'lax $.location_ids[*]') id where upper(id #>> '{}') = $3)
    or exists (select from jsonb_path_query(o.document, 'lax $.evse_uids[*]') uid where upper(uid #>> '{}') = $4)
  )
order by o.created_seq
limit 10
`,
}
