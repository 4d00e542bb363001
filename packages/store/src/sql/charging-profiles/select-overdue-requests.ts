import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameters: time, limit. */
export const selectOverdueRequests: Statement = {
  name: 'charging-profiles/select-overdue-requests',
  text: `
select ${requestColumns}
from profile_requests
where state in ('PENDING', 'ACCEPTED') and deadline < $1
order by deadline
limit $2
`,
}
