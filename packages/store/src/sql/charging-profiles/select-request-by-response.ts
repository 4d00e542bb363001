import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameter: hash of the secret part of the address. */
export const selectRequestByResponse: Statement = {
  name: 'charging-profiles/select-request-by-response',
  text: `
select ${requestColumns}
from profile_requests
where response_token_hash = $1
`,
}
