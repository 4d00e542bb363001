import type { Statement } from '../../database/index.js'

/** Parameter: kinds. The newest committed change of these kinds, also one that readers of changes cannot see yet. */
export const selectNewestSeq: Statement = {
  name: 'select-newest-seq',
  text: `
select coalesce(max(newest.changed_seq), 0) as seq
from unnest($1::text[]) as wanted (kind)
cross join lateral (
  select o.changed_seq from objects o where o.kind = wanted.kind order by o.changed_seq desc limit 1
) newest
`,
}
