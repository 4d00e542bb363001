import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

const evsesByCode = (field: 'evse_id' | 'physical_reference'): Statement => ({
  name: `lookup/select-evses-by-${field}`,
  text: `
select ${objectColumns}
from objects o
where o.kind = 'evse' and o.deleted_at is null and o.document ->> '${field}' is not null
  and upper(regexp_replace((o.document ->> '${field}') collate "C", '[^A-Za-z0-9]', '', 'g')) = $1
order by o.created_seq
limit $2
`,
})

/** Live EVSEs with the EVSE id $1, in upper case and without separators; at most $2. */
export const selectEvsesByEvseId = evsesByCode('evse_id')

/** Live EVSEs with the physical reference $1, in upper case and without separators; at most $2. */
export const selectEvsesByReference = evsesByCode('physical_reference')
