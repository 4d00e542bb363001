import type { Statement } from '../../database/index.js'
import { spreadOf } from './spread.js'

/** How long the newest $3 status changes of partner $1 since $2 took to arrive; EVSEs that were new say nothing about it. */
export const selectStatusDelays: Statement = {
  name: 'scorecards/select-status-delays',
  text: `
select ${spreadOf('delay')}
from (
  select greatest(extract(epoch from arrived_at - last_updated), 0)::float8 as delay
  from evse_statuses
  where received_from = $1 and arrived_at >= $2 and before is not null
  order by arrived_at desc
  limit $3
) newest
`,
}
