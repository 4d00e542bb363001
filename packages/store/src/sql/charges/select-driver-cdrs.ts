import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'
import { ofDriverToken } from './of-driver-token.js'

/** CDRs on tokens of the driver $1, newest first, at most $2. */
export const selectDriverCdrs: Statement = {
  name: 'charges/select-driver-cdrs',
  text: `
select ${objectColumns}
from driver_tokens t
join objects o on o.kind = 'cdr' and ${ofDriverToken}
where t.driver_id = $1 and o.deleted_at is null
order by o.created_seq desc
limit $2
`,
}
