import type { Statement } from '../../database/index.js'
import { withoutCdr } from './without-cdr.js'

/** Completed sessions of partner $1, last changed from $2 until $3, and how many of them have no CDR. */
export const countMissingCdrs: Statement = {
  name: 'scorecards/count-missing-cdrs',
  text: `
select count(*)::float8 as completed, count(*) filter (where ${withoutCdr})::float8 as missing
from objects l
where l.kind = 'session' and l.last_updated >= $2 and l.last_updated < $3 and l.received_from = $1
  and l.deleted_at is null and l.document ->> 'status' = 'COMPLETED'
`,
}
