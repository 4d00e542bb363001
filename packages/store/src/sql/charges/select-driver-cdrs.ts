import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'
import { ofDriver } from './of-driver.js'

/** CDRs on the contract of the driver $1, newest first, at most $2. */
export const selectDriverCdrs: Statement = {
  name: 'charges/select-driver-cdrs',
  text: `
select ${objectColumns}
from drivers d
join objects o on o.kind = 'cdr' and ${ofDriver}
where d.id = $1 and o.deleted_at is null
order by o.created_seq desc
limit $2
`,
}
