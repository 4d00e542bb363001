import type { Statement } from '../../database/index.js'

/** EVSEs received from each partner, and the latest arrival of a change. */
export const selectEvseCounts: Statement = {
  name: 'health/select-evse-counts',
  text: `
select received_from as "partnerId", count(*)::float8 as count, max(changed_at) as "latestAt", null as example
from objects
where kind = 'evse' and received_from is not null and deleted_at is null
group by received_from
`,
}
