import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameters: state, direction, id to go on after (each or null), limit. */
export const selectRequests: Statement = {
  name: 'charging-profiles/select-requests',
  text: `
select ${requestColumns}
from profile_requests
where ($1::text is null or state = $1)
  and ($2::text is null or direction = $2)
  and ($3::text is null or number < (select number from profile_requests where id = $3))
order by number desc
limit $4
`,
}
