import type { Statement } from '../../database/index.js'
import { spreadOf } from './spread.js'

/**
 * How long CDRs of partner $1 that came since $2 took from the end of their session; a time that is none is left out. CDRs are
 * found by their checks, which every one that comes has; none changes after it came.
 */
export const selectCdrDelays: Statement = {
  name: 'scorecards/select-cdr-delays',
  text: `
select ${spreadOf('delay')}, count(*) filter (where delay <= 86400)::float8 as "withinDay"
from (
  select greatest(extract(epoch from o.changed_at - (o.document ->> 'end_date_time')::timestamptz), 0)::float8 as delay
  from cdr_checks c
  join objects o on o.kind = 'cdr' and o.country_code = c.country_code and o.party_id = c.party_id and o.id = c.cdr_key
  where c.partner_id = $1 and c.checked_at >= $2::timestamptz and o.changed_at >= $2::timestamptz
    and o.deleted_at is null and o.document ->> 'end_date_time' ~ '^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-](0\\d|1[0-4]):\\d\\d)?$'
) delays
`,
}
