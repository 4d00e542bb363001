import type { Statement } from '../../database/index.js'

/** Lists of each partner that could not be read three times in a row or more, with the latest reason. */
export const selectFailedPulls: Statement = {
  name: 'health/select-failed-pulls',
  text: `
select partner_id as "partnerId", count(*)::float8 as count, null as "latestAt",
  (array_agg(module || ': ' || coalesce(last_error, 'no reason given') order by failures desc))[1] as example
from sync_pulls
where failures >= 3
group by partner_id
`,
}
