import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live credits of the party $1, $2 that name the CDR $3, which is in upper case. */
export const selectCreditsOf: Statement = {
  name: 'lookup/select-credits-of',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'cdr' and o.country_code = $1 and o.party_id = $2 and o.document ? 'credit_reference_id'
  and upper((o.document ->> 'credit_reference_id') collate "C") = $3 and o.deleted_at is null
order by o.created_seq
limit 100
`,
}
