import type { Statement } from '../../database/index.js'
import { spreadOf } from './spread.js'

/**
 * How long CDRs of partner $1 that came since $2 took from the end of their session. A time that is none is left out; no CDR
 * changes after it came.
 */
export const selectCdrDelays: Statement = {
  name: 'scorecards/select-cdr-delays',
  text: `
select ${spreadOf('delay')}, count(*) filter (where delay <= 86400)::float8 as "withinDay"
from (
  select greatest(extract(epoch from changed_at - (document ->> 'end_date_time')::timestamptz), 0)::float8 as delay
  from objects
  where kind = 'cdr' and received_from = $1 and changed_at >= $2::timestamptz and deleted_at is null
    and left((document ->> 'end_date_time') collate "C", 10) >= to_char($2::timestamptz - interval '60 days', 'YYYY-MM-DD')
    and document ->> 'end_date_time' ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d'
) delays
`,
}
