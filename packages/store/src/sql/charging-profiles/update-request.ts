import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/** Parameters: id, states it may be in, time its deadline must lie after or null, then the fields; null leaves one as it is. */
export const updateRequest: Statement = {
  name: 'charging-profiles/update-request',
  text: `
update profile_requests set
  state = coalesce($4, state), response = coalesce($5, response), result = coalesce($6, result),
  profile = coalesce($7, profile), message = coalesce($8, message), deadline = coalesce($9, deadline),
  finished_at = coalesce($10, finished_at)
where id = $1 and state = any($2) and ($3::timestamptz is null or deadline > $3)
returning ${requestColumns}
`,
}
