import type { Statement } from '../../database/index.js'

/**
 * How many objects each partner refuses, with its latest answer. What was not sent because the version of the partner cannot say it was
 * refused by nobody.
 */
export const selectRefusalCounts: Statement = {
  name: 'health/select-refusal-counts',
  text: `
select partner_id as "partnerId", count(*)::float8 as count, max(at) as "latestAt",
  (array_agg(message order by at desc))[1] as example
from sync_refusals
where message not like 'withheld: %'
group by partner_id
`,
}
