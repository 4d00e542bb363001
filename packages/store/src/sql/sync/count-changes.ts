import type { Statement } from '../../database/index.js'

/** Parameters: sequence number, kinds, limit. Own objects only; counts no further than the limit. */
export const countChanges: Statement = {
  name: 'count-changes',
  text: `
select count(*) as changes
from (
  select from objects
  where kind = any ($2::text[]) and changed_seq > $1 and received_from is null
  limit $3
) as above
`,
}
