import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live own terminals of the party $1, $2 with the reference $3, which is in upper case. */
export const selectTerminalsByReference: Statement = {
  name: 'lookup/select-terminals-by-reference',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'terminal' and o.country_code = $1 and o.party_id = $2 and o.received_from is null
  and upper(o.document ->> 'reference') = $3 and o.deleted_at is null
order by o.created_seq
limit 10
`,
}
