import type { Statement } from '../../database/index.js'

/** Spans of a few seconds since $1 in which partners were asked, over all modules, the newest first. */
export const selectMoments: Statement = {
  name: 'exchanges/select-moments',
  text: `
select partner_id as "partnerId", direction, module, at, ok::float8 as ok, refused::float8 as refused,
  failed::float8 as failed, timed_out::float8 as "timedOut", buckets::float8[] as buckets, longest_ms as "longestMs",
  answered_at as "answeredAt", failed_at as "failedAt", failure, http_status as "httpStatus", skew_ms::float8 as "skewMs"
from partner_exchanges
where span = 'moment' and at >= $1 and direction = 'out'
order by at desc
limit 50000
`,
}
