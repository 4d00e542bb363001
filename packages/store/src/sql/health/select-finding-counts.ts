import type { Statement } from '../../database/index.js'

/** How many kinds of errors messages of each partner had since $1, with the latest. */
export const selectFindingCounts: Statement = {
  name: 'health/select-finding-counts',
  text: `
select partner_id as "partnerId", count(*)::float8 as count, max(last_at) as "latestAt",
  (array_agg(operation || ' ' || pointer || ': ' || message order by last_at desc))[1] as example
from partner_findings
where severity = 'error' and last_at >= $1
group by partner_id
`,
}
