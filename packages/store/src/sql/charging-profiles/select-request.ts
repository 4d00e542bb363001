import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameter: id. */
export const selectRequest: Statement = {
  name: 'charging-profiles/select-request',
  text: `
select ${requestColumns}
from profile_requests
where id = $1
`,
}
