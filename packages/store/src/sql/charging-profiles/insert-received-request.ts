import type { Statement } from '../../database/index.js'
import { requestColumns } from './request-columns.js'

/**
 * Parameters: the columns of a request, in their order, then a number. Inserts nothing when something with a higher number was received
 * for the session. Runs under the write lock, so that nobody else does so at the same moment.
 */
export const insertReceivedRequest: Statement = {
  name: 'charging-profiles/insert-received-request',
  text: `
insert into profile_requests (${requestColumns})
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14, $15, $16::jsonb, $17, $18::timestamptz, $19, $20::timestamptz,
  $21::timestamptz
where not exists (
  select from profile_requests
  where country_code = $6 and party_id = $7 and session_key = $8 and direction = 'received' and number > $22::bigint
)
`,
}
