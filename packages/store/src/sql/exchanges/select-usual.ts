import type { Statement } from '../../database/index.js'

/** How long all partners took to answer since $1, as counts by bucket. */
export const selectUsual: Statement = {
  name: 'exchanges/select-usual',
  text: `
select "partnerId", array_agg(count order by place) as buckets
from (
  select x.partner_id as "partnerId", place, sum(b)::float8 as count
  from partner_exchanges x, unnest(x.buckets) with ordinality as each (b, place)
  where x.span = 'hour' and x.at >= $1 and x.direction = 'out'
  group by x.partner_id, place
) summed
group by "partnerId"
`,
}
