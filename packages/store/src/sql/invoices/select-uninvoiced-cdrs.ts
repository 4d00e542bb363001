import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'
import { uninvoicedCdrs } from './uninvoiced-cdrs.js'

/** After the `created_seq` $4, at most $5; oldest first. */
export const selectUninvoicedCdrs: Statement = {
  name: 'invoices/select-uninvoiced-cdrs',
  text: `${uninvoicedCdrs}
select ${objectColumns}
from uninvoiced o
where o.created_seq > $4::bigint
order by o.created_seq
limit $5
`,
}
