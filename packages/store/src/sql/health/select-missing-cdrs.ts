import type { Statement } from '../../database/index.js'
import { withoutCdr } from '../scorecards/without-cdr.js'

/** Completed sessions of each partner, last changed from $1 until $2, that have no CDR. */
export const selectMissingCdrs: Statement = {
  name: 'health/select-missing-cdrs',
  text: `
select l.received_from as "partnerId", count(*)::float8 as count, max(l.last_updated) as "latestAt",
  (array_agg(l.document ->> 'id' order by l.last_updated desc))[1] as example
from objects l
where l.kind = 'session' and l.last_updated >= $1 and l.last_updated < $2 and l.received_from is not null
  and l.deleted_at is null and ${withoutCdr}
group by l.received_from
`,
}
