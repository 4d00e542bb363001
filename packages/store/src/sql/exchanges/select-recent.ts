import type { Statement } from '../../database/index.js'
import { summedBuckets, summedExchanges } from './summed-exchanges.js'

/** Sums of spans of a few seconds since $1, by partner and direction. */
export const selectRecent: Statement = {
  name: 'exchanges/select-recent',
  text: `
select x.partner_id as "partnerId", x.direction, '' as module, ${summedExchanges},
  ${summedBuckets(`y.partner_id = x.partner_id and y.span = 'moment' and y.at >= $1 and y.direction = x.direction`)}
from partner_exchanges x
where x.span = 'moment' and x.at >= $1
group by x.partner_id, x.direction
`,
}
