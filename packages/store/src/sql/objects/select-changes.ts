import type { Statement } from '../../database/index.js'
import { objectColumns, settled } from './object-columns.js'

/** Changed rows above $1 of kinds $2, at most $3, oldest first; with $4 only those received from $5 (null: own). */
export const selectChanges: Statement = {
  name: 'select-changes',
  text: `
select o.*
from unnest($2::text[]) as wanted (kind)
cross join lateral (
  select ${objectColumns}
  from objects o
  where o.kind = wanted.kind and o.changed_seq > $1
    and ${settled('o.changed_xid')}
    and (not $4::boolean or o.received_from is not distinct from $5)
  order by o.changed_seq
  limit $3
) o
order by o.changed_seq
limit $3`,
}
