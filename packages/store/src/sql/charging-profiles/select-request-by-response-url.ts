import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameters: partner, response_url, time since. */
export const selectRequestByResponseUrl: Statement = {
  name: 'charging-profiles/select-request-by-response-url',
  text: `
select ${requestColumns}
from profile_requests
where direction = 'received' and partner_id = $1 and response_url = $2 and created_at > $3
order by number desc
limit 1
`,
}
