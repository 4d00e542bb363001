import type { Statement } from '../../database/index.js'
import { settled } from './object-columns.js'

/** Newest sequence number of objects of kinds $1 and of events that readers can see. */
export const selectCurrentSeq: Statement = {
  name: 'select-current-seq',
  text: `
select coalesce(max(seq), 0) as seq
from (
  select newest.changed_seq as seq
  from unnest($1::text[]) as wanted (kind)
  cross join lateral (
    select o.changed_seq from objects o
    where o.kind = wanted.kind and ${settled('o.changed_xid')}
    order by o.changed_seq desc limit 1
  ) newest
  union all
  (select e.seq from events e where ${settled('e.xid')} order by e.seq desc limit 1)
) seqs`,
}
