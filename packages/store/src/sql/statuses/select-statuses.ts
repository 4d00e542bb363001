import type { Statement } from '../../database/index.js'

/** Changes of the EVSEs of location $3 of party $1, $2 since $4, the newest $5, the newest first. */
export const selectStatuses: Statement = {
  name: 'statuses/select-statuses',
  text: `
select id as evse, status, before, arrived_at as "arrivedAt", last_updated as "saidAt",
  received_from as "receivedFrom"
from evse_statuses
where country_code = $1 and party_id = $2 and id > $3 || '/' and id < $3 || '0' and arrived_at >= $4
order by arrived_at desc, last_updated desc
limit $5
`,
}
