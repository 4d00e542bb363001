import type { Statement } from '../../database/index.js'
import { spreadOf } from './spread.js'

/**
 * How long status changes of partner $1 since $2 took to arrive, the newest $3 of them; EVSEs that were new say nothing about it. Twenty
 * times as many changes of all partners are looked at.
 */
export const selectStatusDelays: Statement = {
  name: 'scorecards/select-status-delays',
  text: `
select ${spreadOf('delay')}
from (
  select greatest(extract(epoch from arrived_at - last_updated), 0)::float8 as delay
  from (
    select arrived_at, last_updated, before, received_from
    from evse_statuses
    where arrived_at >= $2
    order by arrived_at desc
    limit $3::integer * 20
  ) looked_at
  where received_from = $1 and before is not null
  order by arrived_at desc
  limit $3
) newest
`,
}
