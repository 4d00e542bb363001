import type { Statement } from '../../database/index.js'
import { summedBuckets, summedExchanges } from './summed-exchanges.js'

/** Sums of the hours of partner $1 since $2, by direction and module. */
export const selectTotals: Statement = {
  name: 'exchanges/select-totals',
  text: `
select x.partner_id as "partnerId", x.direction, x.module, ${summedExchanges},
  ${summedBuckets(`y.partner_id = $1 and y.span = 'hour' and y.at >= $2
    and y.direction = x.direction and y.module = x.module`)}
from partner_exchanges x
where x.partner_id = $1 and x.span = 'hour' and x.at >= $2
group by x.partner_id, x.direction, x.module
order by x.direction desc, sum(x.ok + x.refused + x.failed + x.timed_out) desc, x.module
`,
}
