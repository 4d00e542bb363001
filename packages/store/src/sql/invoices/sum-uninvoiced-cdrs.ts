import type { Statement } from '../../database/index.js'
import { uninvoicedCdrs } from './uninvoiced-cdrs.js'

/** How many, and what they come to without taxes, by currency; numerics are exact. */
export const sumUninvoicedCdrs: Statement = {
  name: 'invoices/sum-uninvoiced-cdrs',
  text: `${uninvoicedCdrs}
select o.document ->> 'currency' as currency, count(*)::int as cdrs,
  coalesce(sum((o.document -> 'total_cost' ->> 'before_taxes')::numeric), 0)::text as before_taxes
from uninvoiced o
group by 1
order by 1
`,
}
