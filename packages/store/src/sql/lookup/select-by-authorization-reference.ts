import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Live sessions, CDRs and confirmations with the authorization reference $1, which is in upper case. */
export const selectByAuthorizationReference: Statement = {
  name: 'lookup/select-by-authorization-reference',
  text: `
select ${objectColumns}
from objects o
where o.kind in ('session', 'cdr', 'financial_advice_confirmation')
  and upper(o.document ->> 'authorization_reference') = $1 and o.deleted_at is null
order by o.created_seq
limit 100
`,
}
