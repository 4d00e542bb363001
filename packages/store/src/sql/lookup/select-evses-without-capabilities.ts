import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/**
 * Of the party $1, $2 the EVSEs in use at the locations $3 or with the uids $4, both segments of keys, that have none of the
 * capabilities $5; at most $6.
 */
export const selectEvsesWithoutCapabilities: Statement = {
  name: 'lookup/select-evses-without-capabilities',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'evse' and o.country_code = $1 and o.party_id = $2 and o.deleted_at is null
  and o.document ->> 'status' <> 'REMOVED'
  and (split_part(o.id, '/', 1) = any($3::text[]) or split_part(o.id, '/', 2) = any($4::text[]))
  and not coalesce(o.document -> 'capabilities', '[]') ?| $5::text[]
order by o.id
limit $6
`,
}
