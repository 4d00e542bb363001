import type { Statement } from '../../database/index.js'
import { summedBuckets, summedExchanges } from './summed-exchanges.js'

/** The hours of partner $1 since $2, by direction, over all modules. */
export const selectHours: Statement = {
  name: 'exchanges/select-hours',
  text: `
select x.partner_id as "partnerId", x.direction, '' as module, ${summedExchanges},
  ${summedBuckets(`y.partner_id = $1 and y.span = 'hour' and y.at = x.at and y.direction = x.direction`)}
from partner_exchanges x
where x.partner_id = $1 and x.span = 'hour' and x.at >= $2
group by x.partner_id, x.direction, x.at
order by x.at, x.direction
`,
}
