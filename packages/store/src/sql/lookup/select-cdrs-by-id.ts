import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** CDRs of any owner whose key ends in one of the ids $1. */
export const selectCdrsById: Statement = {
  name: 'lookup/select-cdrs-by-id',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'cdr' and o.id = any ($1::text[]) and o.deleted_at is null
order by o.created_seq
`,
}
